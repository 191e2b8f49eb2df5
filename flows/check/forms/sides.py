"""Sides: who an order, a ratio or a difference is about, and what it is set against."""

from __future__ import annotations

from flows.check.discourse import COMPARAND, OWNER, SUBJECT, TOPIC, Mention, Scene
from flows.check.forms.context import FormContext
from flows.check.items import Item, back_over
from flows.check.typed import Choice


def subjects_for(scene: Scene, at: int, ctx: FormContext, *, owned: bool = False) -> tuple[tuple[Choice, ...], bool]:
    """Who an order, ratio or difference at item `at` is about; and whether that is only carried over.

    `owned`: without a subject the name behind a preposition is meant, "lowest in X"; "40x the disk of X" is measured by it.
    """
    subject = scene.subject_before(at)
    found: dict[tuple[int, ...], Choice] = {}

    def add(entities: tuple[int, ...], cost: float, why: str) -> None:
        if entities and (entities not in found or found[entities].cost > cost):
            found[entities] = Choice(entities, cost, why)

    if subject is not None:
        add(subject.entities, 0.05, "subject of the clause")
        if subject.how != "noone":
            add(subject.otherwise, 0.35, "the other subject before")
        if subject.how == "pronoun":
            for mention in scene.mentions:
                if mention.at < at and mention.role == COMPARAND and mention.how in ("name", "part"):
                    add(mention.entities, 0.45, "named before the pronoun")
    else:
        later = scene.subject_after(at)
        if later is not None:
            add(later.entities, 0.15, "subject after the phrase")
        listed = scene.line.sentence.bullet and len(scene.topic) == 1
        owner = _owner(scene, at) if owned and later is None and not listed else None
        if owner is not None:
            return (Choice(owner.entities, 0.0, "where it is so"),), False
    if len(scene.topic) == 1 and (subject is None or scene.line.sentence.bullet):
        add(scene.topic, 0.05 if subject is None else 0.3, "header")
    if scene.carried:
        add(scene.carried, 0.2 if subject is None else 0.6, "carried subject")
        if subject is None:
            add(scene.carried_too, 0.4, "the other subject before")
    for mention in scene.mentions:
        if mention.role in (SUBJECT, TOPIC) and mention.how in ("name", "part"):
            add(
                mention.entities,
                0.55 + 0.15 * abs(scene.line.items[mention.at].depth - scene.line.items[at].depth),
                "named in the sentence",
            )
    if subject is not None and subject.how == "part" and len(subject.entities) > 1:
        for entity in subject.entities:
            add((entity,), 0.15, "one of the group")
    if subject is None and _described(scene, at):
        for entity in range(ctx.compiled.entity_count):
            add((entity,), 0.3, "the one described")
    if subject is None and not found:
        for entity in range(ctx.compiled.entity_count):
            add((entity,), 0.3, "no one is named")
    if subject is None:
        for entity in scene.before[-2:]:
            add((entity,), 0.5, "named before")
    nobody = subject is not None and subject.how in ("nobody", "noone")
    if nobody:
        found = {subject.entities: Choice(subject.entities, 0.0, "nobody else")} if subject is not None else found
    # A list item below the name of one thing is about that thing: nothing is carried on by chance.
    listed = scene.line.sentence.bullet and len(scene.topic) == 1
    return tuple(sorted(found.values(), key=lambda choice: choice.cost)), subject is None and not listed


def _owner(scene: Scene, at: int) -> Mention | None:
    """ "Memory peaks lowest in X", "you get more storage with X than with Y", "users of X wait longest": the one name, in a clause without a subject."""
    items = scene.line.items
    depth = items[at].depth
    if items[at].degree == "superlative" and scene.line.low(at - 1) == "the" and (at < 2 or items[at - 2].kind == "p"):
        # "The lowest night at X had ...": of the nights there.
        return None
    owners = [
        mention
        for mention in scene.mentions
        if mention.role == OWNER and not mention.possessive and abs(items[mention.at].depth - depth) < 0.3
    ]
    beside = [owner for owner in owners if owner.at > at and _runs_on(items[at + 1 : owner.at])]
    found = beside[0] if beside else owners[0] if len(owners) == 1 else None
    return found if found is not None and found.how in ("name", "part", "pronoun") else None


def _runs_on(between: list[Item]) -> bool:
    """Whether nothing but a word or two for the measure, and no other order, stands between: "shortest at X", "more storage with X"."""
    return len(between) <= _BESIDE and all(item.kind == "w" and item.degree in ("", "positive") for item in between)


#: How many words may stand between an order and the name behind its preposition.
_BESIDE = 4


def _described(scene: Scene, at: int) -> bool:
    items = scene.line.items
    return any(items[k].degree == "superlative" and scene.line.low(k - 1) == "the" for k in range(1, at))


def agent(scene: Scene, at: int) -> Mention | None:
    """ "is beaten by X", "was only edged out by X": who does it, where the subject suffers it."""
    items, line = scene.line.items, scene.line
    if line.low(back_over(items, at, _ADVERBS)) not in _SUFFERING or scene.subject_before(at) is None:
        # "The test is won by X": what is won is none of the things compared.
        return None
    by = next((k for k in range(at + 1, min(len(items), at + 4)) if items[k].low == "by"), -1)
    if by < 0 or any(items[k].low not in _ADVERBS for k in range(at + 1, by)):
        return None
    return next((whole_list(scene, mention) for mention in scene.mentions if by < mention.at <= by + 3), None)


_SUFFERING = frozenset("is are was were be been being gets get got 's 're".split())
_ADVERBS = frozenset("only narrowly easily just clearly comfortably slightly out also not n't still often".split())


def beaten_by(scene: Scene, at: int) -> Mention | None:
    """Who does what the subject suffers, by the verb of order before item `at`: "is beaten by X by 3 ms"."""
    items = scene.line.items
    for position in range(at - 1, max(-1, at - _AWAY), -1):
        if items[position].low in (";", "—", "while", "but") or items[position].kind == "n":
            return None
        if items[position].degree == "verb":
            doer = agent(scene, position)
            return doer if doer is not None and doer.at < at else None
    return None


#: How far behind a verb of order the figure may stand that says by how much.
_AWAY = 12


def comparand_after(scene: Scene, at: int, *, stop_at_number: bool = False) -> Mention | None:
    """The thing compared with, named after item `at`: "than X", "as X", "over X", before the next clause."""
    items = scene.line.items
    for mention in scene.mentions:
        if mention.at <= at:
            continue
        if stop_at_number and any(items[k].kind == "n" for k in range(at + 1, mention.at)):
            return None
        between = [items[k].low for k in range(at + 1, mention.at)]
        if any(word in (";", "but", "while", "whereas", "—") for word in between):
            return None
        if any(
            (figure := items[k].stated) is not None and figure.quantity.unit in ("ratio", "percent")
            for k in range(at + 1, mention.at)
        ):
            return None
        if items[mention.at].depth - items[at].depth > 0.45 and not any(
            items[k].low in ("than", "as")
            and items[k].depth - items[at].depth <= 0.6
            and items[mention.at].depth - items[k].depth <= 0.6
            and not items[k].covered
            for k in range(at + 1, mention.at)
        ):
            return None
        if mention.role == COMPARAND or mention.how == "other":
            return whole_list(scene, mention)
    return None


def whole_list(scene: Scene, first: Mention) -> Mention:
    """ "A, B and C" where A is the mention that begins such a list; else the mention itself."""
    for whole in scene.mentions:
        if whole.how == "list" and whole.at >= first.at and whole.entities[: len(first.entities)] == first.entities:
            return whole
    return first


def comparands_for(
    scene: Scene,
    at: int,
    ctx: FormContext,
    subjects: tuple[Choice, ...],
    *,
    after: int | None = None,
    of: bool = False,
    pick: bool = False,
) -> tuple[Choice, ...]:
    """What a comparison at item `at` is measured against, nearest first; a missing comparand is the other entity, or all others."""
    found: dict[tuple[int, ...], Choice] = {}
    base = subjects[0].entities if subjects else ()

    def add(entities: tuple[int, ...], cost: float, why: str) -> None:
        if entities and (entities not in found or found[entities].cost > cost):
            found[entities] = Choice(entities, cost, why)

    named = next_in_clause(scene, after if after is not None else at) if of else None
    if named is None:
        named = comparand_after(scene, after if after is not None else at)
    elif of:
        named = next_in_clause(scene, after if after is not None else at)
        if named is not None and named.how == "pronoun" and set(named.entities) == set(base):
            # "smaller than turbo but a quarter of its speed": what was compared with before.
            named = next(
                (mention for mention in reversed(scene.mentions) if mention.at < at and mention.role == COMPARAND), None
            )
    if named is not None and (set(named.entities) != set(base) or named.how != "pronoun"):
        add(named.entities, 0.0, "named after the phrase")
        if named.how == "part" and len(named.entities) > 1:
            for entity in named.entities:
                add((entity,), 0.1, "one of the group")
        return tuple(found.values())
    for mention in reversed(scene.mentions):
        if mention.at < at and mention.role == COMPARAND and not set(mention.entities) & set(base):
            add(mention.entities, 0.1, "named before the phrase")
            break
    if scene.comparand and not set(scene.comparand) & set(base):
        add(scene.comparand, 0.12, "compared with just before")
    everyone = (
        ctx.compiled.peers(base[0]) if base[:1] >= (ctx.compiled.entity_count,) else range(ctx.compiled.entity_count)
    )
    others = tuple(entity for entity in everyone if entity not in base)
    if ctx.compiled.entity_count == 2:
        add(others, 0.1, "the other one")
        for choice in subjects[1:]:
            add(tuple(entity for entity in range(2) if entity not in choice.entities), 0.1, "the other one")
    else:
        for mention in reversed(scene.mentions):
            if mention.at < at and not set(mention.entities) & set(base):
                add(mention.entities, 0.25, "named in the sentence")
        if scene.previous is not None:
            if scene.previous.comparand:
                add(scene.previous.comparand, 0.25, "compared with in the sentence before")
            for mention in scene.previous.mentions:
                if not set(mention.entities) & set(base):
                    add(mention.entities, 0.3 if mention.role != COMPARAND else 0.35, "named in the sentence before")
        if len(scene.topic) == 2:
            add(tuple(entity for entity in scene.topic if entity not in base), 0.1, "header")
        unnamed = _unnamed_comparand(scene, after if after is not None else at)
        add(others, 0.3, "all others")
        if pick:
            # A figure that fits one of the others exactly is hardly chance; the nearest are tried first.
            told = min((choice.cost for choice in found.values()), default=1.0) <= 0.1
            for entity in others:
                add((entity,), 0.25 if unnamed else 0.8 if told else 0.48, "one of the others")
    return tuple(sorted(found.values(), key=lambda choice: choice.cost))


def _unnamed_comparand(scene: Scene, at: int) -> bool:
    """ "4x as fast as C++ streams": something is named after "than" or "as", in words that are no name."""
    items = scene.line.items
    for position in range(at + 1, min(len(items) - 1, at + 6)):
        if items[position].low in ("than", "as") and position > at + 1:
            return items[position + 1].kind == "w"
        if items[position].kind == "p":
            return False
    return False


def next_in_clause(scene: Scene, at: int) -> Mention | None:
    """ "half the speed of memcpy", "within 1 % of zlib's", "five times Express": the next thing named, of any role."""
    items = scene.line.items
    for mention in scene.mentions:
        if mention.at > at:
            between = items[at + 1 : mention.at]
            if len(between) > 7 or any(
                (item.kind == "p" and item.low in ",;:—(")
                or (item.kind == "n" and item.stated is not None and item.stated.quantity.unit in ("ratio", "percent"))
                for item in between
            ):
                return None
            if any(item.low in ("while", "and", "but", "for", "when", "which") for item in between):
                return None
            return mention
    return None
