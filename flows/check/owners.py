"""Owners: whose value a figure may be, each with a cost and the reason for it.

Costs are graded: 0 is a grammatical tie ("Flask's 35 MB"), 0.1 the subject of the clause, 0.2 and more what is carried from
before, 0.7 and more what merely stands nearby. Nothing here looks at a value.
"""

from __future__ import annotations

from flows.check.discourse import COMPARAND, OWNER, SUBJECT, TOPIC, Scene
from flows.check.items import Item, back_over, hedge_first
from flows.check.sheet import Compiled
from flows.check.typed import Choice

_NEUTRAL_BETWEEN = frozenset(
    "at with is was of just only about around roughly some approximately nearly almost ( : – — - on "
    "to 's ' has had gets an a the = needs takes uses using scoring reaching hits costs under over".split()
)
_OWNER_WORDS = frozenset(["for", "of", "in", "on", "from", "with", "by", "at", "on"])
#: A grammatical tie between a figure and its owner; what may still compete with it; and how far the rest is put.
TIED, BESIDE, APART = 0.02, 0.12, 0.65


def owners(scene: Scene, at: int, compiled: Compiled) -> tuple[tuple[Choice, ...], bool]:
    """Whose value number `at` may be, nearest first; and whether the link is weak (carried without a pronoun)."""
    items = scene.line.items
    found: dict[tuple[int, ...], Choice] = {}
    tied = _tied(scene, at)

    def add(entities: tuple[int, ...], cost: float, why: str) -> None:
        if tied and entities != tied:
            # The clause says whose the number is: whoever is named elsewhere is farther than any doubt.
            cost += _ELSEWHERE
        if entities and (entities not in found or found[entities].cost > cost):
            found[entities] = Choice(entities, cost, why)

    add(tied, 0.0, "told beside the number")
    start = hedge_first(items, at)
    _possessor(scene, start, add)
    _named_after(scene, at, add)
    _told_by(scene, start, at, add)
    if not _both_sides(scene, start, at):
        _directly_before(scene, start, add)
    _against(scene, start, compiled, add)
    subject = scene.subject_before(at)
    asked = _asked(scene, at) if subject is None else ()
    if asked:
        add(asked, 0.02, "asked about")
    if subject is not None and subject.how == "noone":
        # "Nobody needs less, 0.28 MB": the figure is that of the one who leads.
        add(subject.otherwise, 0.1, "whom nobody passes")
    elif subject is not None:
        add(subject.entities, 0.1, "subject of the clause")
        add(subject.otherwise, 0.45, "the other subject before")
    elif (later := scene.subject_after(at)) is not None and items[later.at].depth - items[at].depth < 1.0:
        add(later.entities, 0.18, "subject after the number")
    if subject is not None and subject.how == "part" and len(subject.entities) > 1:
        # "the Corolla" for three model years: one of them is meant.
        for entity in subject.entities:
            add((entity,), 0.2, "one of the group")
    weak = subject is None and len(scene.topic) != 1
    if weak and _definite(scene, at):
        for entity in range(compiled.entity_count):
            add((entity,), 0.3, "the one described")
    if _of_change(items, at):
        weak = True
        for entity in range(compiled.entity_count):
            add((entity,), 0.4, "one state of a change")
    total = compiled.total
    if total is not None and subject is None and not any(mention.at < at for mention in scene.mentions):
        # "Orders came to $2.2 billion": nobody is named, and the sheet has a row for all together.
        add((total,), 0.2, "all together")
    if scene.topic:
        for entity in scene.topic:
            add((entity,), 0.15 if len(scene.topic) == 1 and subject is None else 0.35, "header")
    if subject is None and scene.carried:
        add(scene.carried, 0.25, "carried subject")
        add(scene.carried_too, 0.45, "the other subject before")
    elif scene.carried:
        add(scene.carried, 0.8, "carried subject")
    for mention in scene.mentions:
        if mention.how in ("name", "part", "pronoun"):
            near = abs(items[mention.at].depth - items[at].depth)
            add(
                mention.entities,
                0.7 + 0.2 * near + (0.1 if mention.role == COMPARAND else 0.0),
                "named in the sentence",
            )
    for entity in scene.before[-3:]:
        add((entity,), 0.8 if weak else 1.1, "named before")
    if len(found) == 0 or (weak and _only_compared(scene, at)):
        weak = True
        compared = {entity for mention in scene.mentions for entity in mention.entities} if found else set()
        for entity in range(compiled.entity_count):
            if entity not in compared:
                add((entity,), 0.3, "no one is named")
    ranked = tuple(sorted(found.values(), key=lambda choice: choice.cost))
    shared = any(mention.how == "part" and mention.entities == ranked[0].entities for mention in scene.mentions)
    if ranked and ranked[0].cost <= TIED and not (len(ranked[0].entities) > 1 and shared):
        # "35 MB for Flask": the figure's owner stands beside it; whoever else is about is no second reading.
        beside = BESIDE if ranked[0].cost else 0.0
        return tuple(
            choice if choice.cost <= beside else choice.at(max(choice.cost, APART)) for choice in ranked
        ), False
    return ranked, weak


def _only_compared(scene: Scene, at: int) -> bool:
    """ "Allocations: 102, five times those of pg": the only thing named is what the figure is set against."""
    items = scene.line.items
    if scene.topic or scene.carried or not scene.mentions or any(mention.at < at for mention in scene.mentions):
        return False
    gap = next((k for k in range(at + 1, scene.mentions[0].at) if items[k].kind == "n"), None)
    return gap is not None and items[gap].unit in ("ratio", "percent") and len(scene.mentions[0].entities) < 3


def _asked(scene: Scene, at: int) -> tuple[int, ...]:
    """ "How heavy is the Halo? 1.2 kg.": what opens an answer is of the one thing that was asked about."""
    question = scene.question
    if question is None or scene.previous is not question or any(mention.at < at for mention in scene.mentions):
        return ()
    named = {mention.entities for mention in question.mentions if mention.entities}
    found = next(iter(named)) if len(named) == 1 else ()
    return found if len(found) == 1 else ()


def _definite(scene: Scene, at: int) -> bool:
    """ "The fastest router only needs 13 µs": somebody is described instead of named."""
    items = scene.line.items
    return any(items[k].degree == "superlative" and scene.line.low(k - 1) == "the" for k in range(1, at))


def _of_change(items: list[Item], at: int) -> bool:
    """ "from 80 s to 42 s": two states, whose owners the sentence need not name."""
    start = hedge_first(items, at)
    before = items[start - 1].low if start > 0 else ""
    if before == "from":
        return any(items[k].low == "to" and k + 1 < len(items) for k in range(at + 1, min(len(items), at + 5)))
    return before == "to" and any(items[k].low == "from" for k in range(max(0, start - 7), start))


def _possessor(scene: Scene, start: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "Flask's approximate 2,500", "Koa's throughput of 54,272"."""
    items = scene.line.items
    back = start - 1
    steps = 0
    while back >= 0 and steps < 7:
        item = items[back]
        if item.kind == "n" or (item.kind == "p" and item.low not in "'\"()"):
            return
        if item.kind == "e":
            mention = scene.by_at.get(back)
            if mention is not None and mention.possessive:
                # "slower than OpenAI's version at 12 s", "the size of webpack's (715 KB ...": as likely the subject's.
                loose = mention.role == COMPARAND and any(each.low in ("at", "(", "with") for each in items[back:start])
                add(mention.entities, 0.1 if loose else 0.0, "possessive")
            return
        back -= 1
        steps += 1


def _named_after(scene: Scene, at: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "65,189 for GoJson", "8,500 related packages for Flask", "2,500 (Flask)"."""
    items = scene.line.items
    position = at + 1
    owner_word = ""
    while position < len(items) and position - at < 8:
        item = items[position]
        if item.kind == "n" or (item.kind == "p" and item.low not in ("(", "/", "-", "*", "`", '"')):
            return
        if item.kind == "e":
            mention = scene.by_at.get(position)
            if mention is None:
                return
            if item.low == "them" and owner_word == "of":
                # "264 of them at Elmfield"
                position += 1
                continue
            if owner_word in ("for", "of", "in", "on", "from", "with", "by", "at", "(") and mention.role in (
                OWNER,
                TOPIC,
                SUBJECT,
                COMPARAND,
            ):
                strong = owner_word in ("for", "(") or (
                    owner_word in ("on", "in", "from", "of", "with") and position - at <= 4
                )
                entities = mention.entities
                following = scene.mentions
                for later in following:
                    if (
                        later.how == "list"
                        and later.at >= position
                        and entities[0] in later.entities
                        and later.entities[0] == entities[0]
                    ):
                        entities = later.entities
                add(entities, 0.02 if strong else 0.3, f"named after with '{owner_word}'")
            return
        if item.low in _OWNER_WORDS or item.low == "(":
            owner_word = item.low
        elif item.low in (
            "than",
            "while",
            "whereas",
            "but",
            "and",
            "as",
            "to",
            "against",
            "versus",
            "which",
            "compared",
            "instead",
            "ahead",
            "short",
        ):
            return
        position += 1


#: What is added to the cost of everyone else where the clause ties a number to one name.
_ELSEWHERE = 0.6


def _tied(scene: Scene, at: int) -> tuple[int, ...]:
    """ "the 1,675 MB that X uses", "more than X delivers (28 GB/s)", "12 s in 4.0": the one whose number it can only be."""
    items = scene.line.items
    start = hedge_first(items, at)
    after = at + 1
    while after < len(items) and after - at < 3 and items[after].kind == "w" and items[after].low not in _LINKING:
        after += 1
    if scene.line.low(after) in ("that", "which"):
        after += 2 if scene.line.low(after + 1) == "the" else 1
        mention = scene.by_at.get(after)
        if mention is not None and mention.how in ("name", "part"):
            return mention.entities
    against = scene.line.low(at + 1) in ("vs", "versus", "against") and scene.line.kind(at + 2) == "n"
    if scene.line.low(start - 1) == "(" and not against:
        for back in range(start - 2, max(-1, start - 6), -1):
            if items[back].kind in ("n", "p"):
                break
            named = scene.by_at.get(back)
            if named is not None:
                return named.entities if back < start - 2 else ()
    placed = scene.by_at.get(after + 1)
    if scene.line.low(after) == "in" and placed is not None and placed.how == "part" and len(placed.entities) == 1:
        return placed.entities
    return ()


def _both_sides(scene: Scene, start: int, at: int) -> bool:
    """ "A is slower than B (48 vs 39 s)": the figures behind the thing compared are of both, in the order of the sentence."""
    against = scene.line.low(at + 1) in ("vs", "versus", "against") and scene.line.kind(at + 2) == "n"
    named = scene.by_at.get(start - 2)
    return against and scene.line.low(start - 1) == "(" and named is not None and named.role == COMPARAND


def _told_by(scene: Scene, start: int, at: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "13.5 kB Zod, 4.3 typia": the name stands right after the number."""
    after = at + 2 if scene.line.low(at + 1) == "the" else at + 1
    mention = scene.by_at.get(after)
    if mention is not None and mention.how in ("name", "part") and scene.line.kind(start - 1) != "e":
        add(mention.entities, 0.04, "told after the number")


_LINKING = frozenset(["that", "which", "than", "and", "or", "for", "of", "in", "on", "at", "to", "with", "from", "by", "while", "but", "as", "when", "the", "is", "are"])  # fmt: skip


def _directly_before(scene: Scene, start: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "Koa at 54,272", "Flask (35 MB)", "zlib: 100 MB/s", "zlib's 2.743" has its own rule."""
    items = scene.line.items
    back = start - 1
    steps = 0
    commas = 0
    while back >= 0 and steps < 4 and items[back].kind != "e":
        if items[back].low == ",":
            commas += 1
        elif items[back].low not in _NEUTRAL_BETWEEN:
            return
        back -= 1
        steps += 1
    if back < 0 or items[back].kind != "e" or commas > 1:
        return
    mention = scene.by_at.get(back)
    if mention is None or mention.how in ("neither", "team"):
        return
    if commas and not mention.possessive and not any(items[k].low in ("at", "with", "on") for k in range(back, start)):
        return
    entities = mention.entities
    if mention.how in ("name", "part"):
        for whole in scene.mentions:
            if whole.how == "list" and whole.at == mention.at:
                entities = whole.entities
                add(mention.entities, 0.05, "last of the list before the number")
                add(entities, 0.12, "list before the number")
                return
    words = {items[k].low for k in range(back + 1, start)}
    loose = (
        mention.how in ("other", "all", "both")
        or (mention.role == COMPARAND and words & {"at", ":", "with"})
        or ("to" in words and _of_change(items, start))
    )
    # "thicker than any Pixel at 9.6 mm", "from 6 GB with A to 1 GB": the figure may as well be the subject's.
    add(entities, 0.1 if loose else 0.02, "directly before the number")


_BEFORE_FIGURES = frozenset("the a only just about around roughly some its mere".split())


#: "brings X down to 12 ms": where it ends, no other side.
_MOVED = frozenset(["down", "up", "back"])


def _against(scene: Scene, start: int, compiled: Compiled, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "1,889 ops/s to json's 453", "12,000 against 2,500": the bare number after it belongs to the other side."""
    items = scene.line.items
    back = back_over(items, start, _BEFORE_FIGURES)
    if back > 0 and items[back].low == "of" and items[back - 1].low == "instead":
        back -= 1
    if back < 0 or (
        items[back].low not in ("against", "versus", "vs", "to", "compared", "than", ".", "instead")
        and not (items[back].low in ("with", "to") and back > 0 and items[back - 1].low == "compared")
    ):
        return
    if items[back - 1].kind == "e":
        return
    if items[back].low == "to" and (
        items[back - 1].low in _MOVED or not any(items[k].kind == "n" for k in range(max(0, back - 6), back))
    ):
        return
    subject = scene.subject_before(start)
    base = subject.entities if subject is not None else scene.carried
    if not base:
        # "Compared with Y: 475 against 7,553": whoever answers is not named, whom it is compared with is.
        for mention in scene.mentions:
            if mention.role == COMPARAND and mention.at < start:
                add(mention.entities, 0.05, "the side compared with")
        return
    others = tuple(entity for entity in range(compiled.entity_count) if entity not in base)
    if compiled.entity_count == 2:
        add(others, 0.03, "the other side")
    else:
        for mention in scene.mentions:
            if mention.role == COMPARAND and mention.at < start and not set(mention.entities) & set(base):
                add(mention.entities, 0.05, "the side compared with")
        for entity in others:
            add((entity,), 0.45, "one of the others")
