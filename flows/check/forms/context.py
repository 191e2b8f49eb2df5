"""What every form is given, and the questions that several forms ask about a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flows.check.discourse import COMPARAND, SUBJECT, TOPIC, Mention, Scene
from flows.check.items import Item, cover
from flows.check.lexicon.model import OPPOSITE, Sign
from flows.check.sheet import Compiled
from flows.check.typed import Choice, Form, TypedClaim
from schemas.checking import Label

NEGATIONS = frozenset(
    [
        "not",
        "n't",
        "no",
        "never",
        "neither",
        "nor",
        "isn't",
        "aren't",
        "doesn't",
        "don't",
        "didn't",
        "wasn't",
        "weren't",
        "cannot",
        "can't",
        "won't",
        "hardly",
        "without",
        "nobody",
        "nothing",
        "none",
        "no-one",
    ]
)
_NOT_NEGATING = frozenset({"only", "just", "merely", "necessarily"})
_SLIGHT = frozenset(
    [
        "slightly",
        "marginally",
        "barely",
        "bit",
        "hair",
        "narrowly",
        "fractionally",
        "little",
        "touch",
        "shade",
        "tad",
        "somewhat",
        "modestly",
        "smidge",
        "whisker",
        "narrow",
        "small",
        "edges",
    ]
)
_MUCH = frozenset(
    [
        "much",
        "far",
        "well",
        "significantly",
        "considerably",
        "substantially",
        "way",
        "clearly",
        "markedly",
        "noticeably",
        "comfortably",
        "easily",
        "wide",
        "hugely",
        "handily",
    ]
)
_DRAMATIC = frozenset(["dramatically", "drastically", "vastly", "massively", "enormously"])
#: Words that say how far one value lies from another, in place of a figure.
DEGREES = (_SLIGHT | _MUCH | _DRAMATIC) - {"way", "well", "small", "narrow", "wide", "edges"}
ADVICE_OPENERS = frozenset(
    [
        "if",
        "choose",
        "pick",
        "when",
        "whether",
        "should",
        "unless",
        "opt",
        "consider",
        "use",
        "want",
        "need",
        "prefer",
        "whenever",
    ]
)


@dataclass(frozen=True, slots=True)
class FormContext:
    """`today` is the page's date; None makes ages unverifiable."""

    compiled: Compiled
    today: date | None = None


class Slant(NamedTuple):
    """A graded phrase found beside a number or on its own: its items, sign, classes and degree of comparison."""

    first: int
    last: int
    sign: Sign
    classes: frozenset[str]
    degree: str
    base: str
    main: str = ""


adverbs: dict[str, Sign] = {"slowly": "worse", "quickly": "better", "rapidly": "better", "swiftly": "better"}


def slant_at(items: list[Item], at: int) -> Slant | None:
    """The graded phrase that begins at item `at`: "faster", "more expensive", "less memory", "fewer"."""
    if not 0 <= at < len(items):
        return None
    graded = items[at].graded
    if graded is None or graded.degree == "verb":
        return None
    low = items[at].low
    if low in ("more", "less", "most", "least") and at + 1 < len(items):
        following = items[at + 1].graded
        if following is not None and following.degree == "positive" and items[at + 1].low not in ("high",):
            sign = following.meaning.sign if low in ("more", "most") else OPPOSITE[following.meaning.sign]
            return Slant(
                at, at + 1, sign, following.meaning.classes, graded.degree, following.base, following.meaning.main
            )
        if (
            low in ("more", "less")
            and items[at + 1].low.endswith("ly")
            and (base := adverbs.get(items[at + 1].low)) is not None
        ):
            # "more slowly"
            sign = base if low == "more" else OPPOSITE[base]
            return Slant(at, at + 1, sign, frozenset({"speed"}), graded.degree, "fast", "speed")
    return Slant(at, at, graded.meaning.sign, graded.meaning.classes, graded.degree, graded.base, graded.meaning.main)


def degree_before(items: list[Item], at: int) -> str:
    """How far apart the words before a comparative say the values are."""
    for back in range(at - 1, max(-1, at - 4), -1):
        low = items[back].low
        if low in _SLIGHT:
            return "slightly"
        if low in _DRAMATIC:
            return "dramatically"
        if low in _MUCH:
            return "much"
        if low not in ("the", "a", "even", "still", "by", "only", "very", "not", "is", "also"):
            return ""
    return ""


def negated(items: list[Item], at: int, reach: int = 6) -> bool:
    """Whether a negation before item `at`, in its clause, flips it. "Not only" and "rarely" do not."""
    depth = items[at].depth if at < len(items) else 0.0
    for back in range(at - 1, max(-1, at - reach - 1), -1):
        item = items[back]
        if item.kind == "p" and item.low in ",;:—(":
            return False
        if abs(item.depth - depth) > 0.3:
            return False
        if (
            item.low == "no"
            and back + 1 < len(items)
            and items[back + 1].low not in ("other", "tool", "one")
            and at - back > 3
        ):
            return False
        if item.low in NEGATIONS or item.low.endswith("n't") or item.low == "no":
            return not (back + 1 < len(items) and items[back + 1].low in _NOT_NEGATING)
        if item.kind == "w" and item.low == "t" and back > 0 and items[back - 1].low == "'":
            return True
    return False


def denied(scene: Scene, at: int) -> bool:
    """Whether what item `at` says is denied: by a negation before it, or because its subject is "nobody", "no train"."""
    subject = scene.subject_before(at)
    items = scene.line.items
    if subject is not None and subject.how in ("nobody", "noone") and items[at].depth - items[subject.at].depth < 0.5:
        return not any(items[k].low == "not" or items[k].low.endswith("n't") for k in range(subject.at + 1, at))
    return negated(items, at)


def beyond(scene: Scene, first: int, last: int, reason: str, form: Form = Form.UNSUPPORTED) -> TypedClaim:
    """The words from item `first` to `last`, which no fact can decide: read, and unverifiable."""
    items = scene.line.items
    cover(items, first, last)
    return TypedClaim(
        form,
        items[first].start,
        items[last].end,
        fixed=Label.UNVERIFIABLE,
        reason=reason,
        items=(first, last + 1),
    )


def clause_of(items: list[Item], at: int) -> tuple[int, int]:
    """The items of the clause around `at`: up to a boundary of weight 0.5 or more on either side."""
    first = last = at
    while (
        first > 0
        and items[first - 1].low not in (";", ":", "—", "–")
        and abs(items[first - 1].depth - items[at].depth) < 0.5
    ):
        first -= 1
    while last + 1 < len(items) and abs(items[last + 1].depth - items[at].depth) < 0.5:
        last += 1
    return first, last + 1


def subjects_for(scene: Scene, at: int, ctx: FormContext) -> tuple[tuple[Choice, ...], bool]:
    """Who an order, ratio or difference at item `at` is about; and whether that is only carried over."""
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


def _described(scene: Scene, at: int) -> bool:
    items = scene.line.items
    return any(items[k].degree == "superlative" and scene.line.low(k - 1) == "the" for k in range(1, at))


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
            for whole in scene.mentions:
                if (
                    whole.how == "list"
                    and whole.at >= mention.at
                    and whole.entities[: len(mention.entities)] == mention.entities
                ):
                    return whole
            return mention
    return None


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
    others = tuple(entity for entity in range(ctx.compiled.entity_count) if entity not in base)
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


_CHANGES = frozenset(
    [
        "gets",
        "get",
        "got",
        "getting",
        "becomes",
        "become",
        "became",
        "slows",
        "slow",
        "speeds",
        "goes",
        "went",
        "turns",
        "makes",
        "made",
        "making",
        "drops",
        "climbs",
        "rises",
        "falls",
        "grows",
        "shrinks",
        "improves",
        "degrades",
    ]
)


def changing(items: list[Item], at: int) -> bool:
    """Whether a verb of change stands shortly before item `at`: "gets slightly faster", "makes X 3 times slower"."""
    return any(
        items[k].low in _CHANGES for k in range(max(0, at - 8), at) if abs(items[k].depth - items[at].depth) < 0.5
    )


_OF_READERS = ADVICE_OPENERS.union(
    "you your you're we someone anyone teams users readers people developers buyers".split()
)


def _of_the_thing(items: list[Item], at: int) -> bool:
    """ "X does not need more memory": what a thing needs or uses, where "if you need more memory" is about the reader."""
    return (
        at > 0
        and items[at].low in ("need", "use", "want", "prefer")
        and items[at - 1].low in ("not", "does", "doesn't", "did", "didn't")
    )


def advice_clause(scene: Scene, at: int) -> bool:
    """Whether item `at` stands in a clause that describes the reader ("if you need ..."), not a thing compared."""
    items = scene.line.items
    if _OF_READERS.isdisjoint(scene.line.lows):
        return False
    first, _ = clause_of(items, at)
    saw_reader = False
    for position in range(max(0, first - 1), at):
        low = items[position].low
        if low in _OF_READERS and not _of_the_thing(items, position):
            saw_reader = True
        elif (
            items[position].kind == "e"
            and saw_reader
            and scene.by_at.get(position) is not None
            and scene.by_at[position].role == SUBJECT
            and position + 1 < at
            and items[position + 1].low not in (",", "if", "when", "for")
        ):
            saw_reader = False
    return saw_reader
