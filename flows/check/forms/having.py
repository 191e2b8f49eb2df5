"""Having: whether the words of a segment say that something is there or deny it, and who has it."""

from __future__ import annotations

from flows.check.discourse import OWNER, SUBJECT, TOPIC, Scene
from flows.check.forms.context import FormContext
from flows.check.items import Item
from flows.check.typed import Choice

BUILT_IN = frozenset(
    "built builtin built-in includes include included bundled bundles ships ship shipped native natively default automatic automatically box standard comes come integrated full fully complete completely".split()
)
_NO = frozenset(
    "forbidden banned prohibited disallowed excluded drops drop skips skip omit absent no without lacks lack lacking missing neither nor none misses omits forgoes".split()
)


def asserts(items: list[Item], first: int, last: int, ctx: FormContext) -> bool:
    """Whether the segment holds a verb of having or lacking, or a negation."""
    lexicon = ctx.compiled.lexicon
    if any(
        item.low in lexicon.capability_verbs
        or item.low in lexicon.lacking_verbs
        or item.low in _NO
        or item.low in BUILT_IN
        or item.low in _EXISTS
        or item.low in ("not", "n't")
        or item.low.endswith("n't")
        for item in items[first:last]
    ):
        return True
    # "Delta reads images": a verb right after the name.
    return any(
        items[at].kind == "e"
        and items[at + 1].kind == "w"
        and items[at + 1].low.endswith("s")
        and items[at + 1].graded is None
        and len(items[at + 1].low) > 3
        for at in range(first, last - 1)
    )


def has_verb(items: list[Item], first: int, last: int, ctx: FormContext) -> bool:
    lexicon = ctx.compiled.lexicon
    return any(
        item.low in lexicon.capability_verbs or item.low in lexicon.lacking_verbs or item.low in _NO
        for item in items[first:last]
    )


#: With no name beside it, all that are compared.
EVERYWHERE = frozenset(["everywhere", "universally"])
_SIZES = frozenset("two three four five six seven eight nine ten of".split())
_EXISTS = frozenset("available exist exists possible is are cannot can't present absent there via through".split())
_HAS = frozenset("is are 's has have offers supports includes comes with there".split())


def denied(items: list[Item], first: int, last: int, place: int, lacking: frozenset[str]) -> bool:
    """Whether what stands at item `place` is denied: negated verbs and verbs of lacking count once each, two cancel out.

    "no A and no B" denies each of the two once: of the articles of denial only the nearest before it counts.
    """
    count = 0
    article = False
    for at in range(first, last):
        low = items[at].low
        if low == "neither" and at > place and items[at - 1].low in _HAS:
            # "The italics are slanted and there's neither Greek nor Cyrillic": denies what follows.
            continue
        if low == "nor" and any(item.low == "neither" for item in items[first:at]):
            continue
        if low in ("no", "without", "none"):
            if (
                low == "no"
                and at + 1 < last
                and (
                    items[at + 1].degree not in ("", "positive")
                    or items[at + 1].low in ("longer", "more", "other", "one", ",", ":")
                )
            ):
                continue
            article = article or at < place or low == "none"
        elif (
            low in _NO
            or low == "cannot"
            or (low == "out" and items[at - 1].low in ("is", "are"))
            or (
                low in lacking
                and at < place
                and (at + 1 >= last or items[at + 1].low not in ("to", "by", "from", "below"))
            )
            or (low in ("leave", "leaves") and at < place and any(item.low == "to" for item in items[place:last]))
        ):
            count += 1
        elif low in ("not", "never", "n't") or low.endswith("n't"):
            if at + 1 < len(items) and items[at + 1].low in ("only", "just"):
                continue
            count += 1
    return (count + article) % 2 == 1


def subjects_of(
    scene: Scene, ctx: FormContext, first: int, last: int, places: list[int]
) -> tuple[tuple[Choice, ...], bool]:
    """Who has the capability: the subject, or who it is "available from"; and whether the set is "neither"."""
    found: dict[tuple[int, ...], Choice] = {}

    def add(entities: tuple[int, ...], cost: float, why: str) -> None:
        if entities and (entities not in found or found[entities].cost > cost):
            found[entities] = Choice(entities, cost, why)

    inside = [mention for mention in scene.mentions if first <= mention.at < last]
    neither = False
    subject = named = None
    for mention in inside:
        if mention.role in (SUBJECT, TOPIC) and mention.at < places[-1]:
            named = named if mention.how == "pronoun" else mention
            subject = mention
    if subject is None:
        owners = [mention for mention in inside if mention.role == OWNER]
        if owners:
            subject = next((mention for mention in reversed(owners) if mention.how == "list"), owners[-1])
        else:
            later = [mention for mention in inside if mention.role == SUBJECT]
            subject = later[0] if later else scene.subject_before(first)
    opening = [scene.line.low(k) for k in (first, first + 1)]
    if not inside and any(item.low in EVERYWHERE for item in scene.line.items[first:last]):
        add(tuple(range(ctx.compiled.entity_count)), 0.0, "everywhere")
    elif (subject is None and not inside and opening[0] == "all" and opening[1] in _SIZES) or (
        subject is not None and subject.at < first and opening[0] == "all" and opening[1] in _SIZES
    ):
        add(tuple(range(ctx.compiled.entity_count)), 0.0, "all of them")
        subject = None
    elif subject is not None:
        add(subject.entities, 0.05, "subject of the clause")
        if named is not None:
            # "Rabbet keeps them until they are consumed": the pronoun may stand for what the facts do not know.
            add(named.entities, 0.2, "named subject of the clause")
        add(subject.otherwise, 0.35, "the other subject before")
        neither = subject.how == "neither" and not denied(
            scene.line.items, first, subject.at + 1, subject.at, ctx.compiled.lexicon.lacking_verbs
        )
    else:
        if len(scene.topic) == 1:
            add(scene.topic, 0.1, "header")
        add(scene.carried, 0.25, "carried subject")
        add(scene.carried_too, 0.4, "the other subject before")
    return tuple(sorted(found.values(), key=lambda choice: choice.cost)), neither
