"""Derivations: which calculations the words around a figure ask for: so many months of a price, so much a frame, both together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from flows.check.fitting import is_money
from flows.check.forms.context import FormContext
from flows.check.items import Item
from flows.check.scene import Scene
from flows.check.stated import Stated
from flows.check.typed import Derivation
from flows.quantities.units import lookup
from schemas.quantity import Kind

_YEARLY = frozenset(["year", "yearly", "annually", "annual", "annum", "years"])
_MONTHLY = frozenset(["monthly", "month"])
_TOGETHER = frozenset(["plus", "together", "total", "combined", "altogether", "sum", "sums"])
_PER = frozenset(["per", "a", "an", "each", "every", "apiece", "head"])
_STEPS = frozenset(
    ["adds", "add", "adding", "step", "leap", "jump", "moving", "going", "upgrading", "upgrade", "surcharge", "costs", "saves", "save", "saving", "shaves", "drops", "gains", "gain", "loses", "lose", "extra", "climbs", "rises", "grows", "falls"]
)  # fmt: skip
#: Words by which a figure may be what lies between two others.
_GAPS = _STEPS | frozenset(
    ["than", "between", "from", "instead", "against", "versus", "vs", "over", "under", "above", "below", "behind", "ahead", "before", "after", "short", "gap", "difference", "differ", "differs", "lead", "leads", "margin", "apart", "further", "additional", "misses", "missing", "drop", "gets", "makes", "brings", "buys", "back", "closer", "top", "off", "outscored", "outscores", "beat", "beats", "won", "lost"]
)  # fmt: skip
#: Words that open a premise: the figures of that sentence are what the next one calculates with.
_PREMISE = frozenset(
    ["say", "suppose", "assume", "assuming", "imagine", "take", "if", "at", "with", "for", "given", "we", "you", "i", "a", "divide", "multiply", "over", "when", "paid", "keep", "storing", "running"]
)  # fmt: skip
_MOST = 3
_PERIODS = frozenset(["s", "min", "h", "hour", "day", "week", "month", "year"])


def derivations(scene: Scene, at: int, stated: Stated, ctx: FormContext) -> tuple[Derivation, ...]:
    """What the figure at item `at` may be calculated from, by the words of its sentence and of the premise before it."""
    if stated.is_range or stated.quantity.kind is not Kind.QUANTITY:
        return ()
    items = scene.line.items
    nearby = list(_sources(scene))
    words = {
        item.low
        for source in nearby
        for item, following in itertools.zip_longest(source, source[1:])
        if item.kind == "w" and not _leads_on(item, following)
    }
    words |= {word for source in nearby for item in source if item.kind == "n" for word in item.low.split()[1:]}
    found: list[Derivation] = list(_filled(scene, at, stated))
    for factor in _factors(nearby, items[at], words, stated):
        found.append(Derivation("times", factor))
    spoken = _spoken(nearby, ctx) | _per_unit(nearby, ctx)
    per = _each(items, at) or bool(words & {"per", "every", "each", "divide"})
    if per or "/" in (stated.quantity.unit or ""):
        found.append(Derivation("per", metrics=spoken))
        for factor in _factors(nearby, items[at], set(), stated, any_unit=True):
            found.append(Derivation("part", factor))
    if words & _TOGETHER or _joint(scene, at):
        found.append(Derivation("sum", metrics=frozenset(card.number for card in ctx.compiled.metrics if card.numeric)))
    if words & _STEPS:
        found.append(Derivation("step", metrics=spoken))
    if words & _GAPS or any(item.degree in ("comparative", "verb") for item in items):
        found.append(Derivation("apart"))
    return tuple(found)


def _leads_on(item: Item, following: Item | None) -> bool:
    """ "drops to 9 ms", "from cold": where something goes to is no step, and where no figure or name begins is no gap."""
    if following is None:
        return False
    if item.low == "from":
        return following.kind == "w" and following.low not in _DETERMINERS
    return item.low in _STEPS and following.low == "to"


_DETERMINERS = frozenset(["the", "its", "their", "a", "an", "one", "those", "that"])


def _each(items: list[Item], at: int) -> bool:
    """ "$3 a frame", "12 minutes of wear per day": not "7.8 s, a long time"."""
    return any(
        items[k].low in _PER
        and all(item.kind == "w" for item in items[at + 1 : k])
        and not (items[k].low in _ARTICLES and items[k - 1].low in _NOT_EACH)
        for k in range(at + 1, min(len(items), at + 3))
    )


#: "$12 for a wire" is the price of one, no division.
_ARTICLES = frozenset(["a", "an"])
_NOT_EACH = frozenset(["for", "in", "on", "with", "at", "as", "from", "by", "to", "of"])
#: How many sentences back an amount may have been set.
_BACK = 4


def _filled(scene: Scene, at: int, stated: Stated) -> Iterator[Derivation]:
    """ "A 100 TB archive needs six LTO-9 tapes, nine of LTO-8": how many of the thing hold an amount that the text sets."""
    line = scene.line
    after = at + 2 if line.low(at + 1) == "of" else at + 1
    mention = scene.by_at.get(after)
    if stated.quantity.unit not in (None, "1") or mention is None or mention.how not in ("name", "part"):
        return
    earlier: Scene | None = scene
    for _ in range(_BACK):
        if earlier is None or (
            earlier is not scene.question and earlier.line.sentence.paragraph != line.sentence.paragraph
        ):
            return
        for item in earlier.line.items:
            set_to = item.stated
            if (
                set_to is not None
                and set_to.low == set_to.high
                and set_to.quantity.unit not in (None, "1", "ratio", "percent", "pp")
            ):
                yield Derivation("fill", set_to.low, set_to.quantity.unit)
        earlier = earlier.previous


def _joint(scene: Scene, at: int) -> bool:
    """ "720 litres front and rear", "what do tokens in and out cost": two things are named as one, and nothing else is said."""
    items = scene.line.items
    after = items[at + 1 : at + 6]
    mark = next((k for k, item in enumerate(after) if item.kind != "w"), len(after))
    asked = scene.question.line.items if scene.question is not None and scene.question is not scene else []
    return any(item.low == "and" for item in asked) or (mark > 2 and after[mark - 2].low == "and")


def _sources(scene: Scene) -> Iterator[list[Item]]:
    """The items of the sentence, of the question it answers, and of a premise before it."""
    yield scene.line.items
    if scene.question is not None and scene.question is not scene:
        yield scene.question.line.items
    previous = scene.previous
    if (
        previous is not None
        and previous is not scene.question
        and previous.line.sentence.paragraph == scene.line.sentence.paragraph
        and previous.line.items
        and previous.line.items[0].low in _PREMISE
    ):
        yield previous.line.items


def _factors(
    sources: list[list[Item]], here: Item, words: set[str], stated: Stated, *, any_unit: bool = False
) -> Iterator[Decimal]:
    """The numbers to multiply with: amounts of the text for a price, twelve for a year of months."""
    if not any_unit and not (stated.quantity.unit is not None and is_money(stated.quantity.unit)):
        return
    seen: set[Decimal] = set()
    # "$230 a month" for ten terabytes is a product, for ten months it is none.
    timed = "/" not in (stated.quantity.unit or "")
    if timed and (words & _YEARLY or (words & _MONTHLY and not any_unit)):
        seen.add(Decimal(12))
    for source in sources:
        for item in source:
            if item is here or item.stated is None or item.stated.is_range or len(seen) > _MOST:
                continue
            quantity = item.stated.quantity
            written = quantity.written_low
            if quantity.kind is not Kind.QUANTITY or written is None or written < 2:
                continue
            if not timed and quantity.unit in _PERIODS:
                continue
            if quantity.unit is not None and (is_money(quantity.unit) or quantity.unit in ("percent", "ratio")):
                continue
            seen.add(written * 12 if quantity.unit == "year" else written)
    yield from sorted(seen)


def _per_unit(sources: list[list[Item]], ctx: FormContext) -> frozenset[int]:
    """ "For every watt it delivers 0.83 fps", "per gigabyte stored": the metrics in the unit that the words divide by."""
    found: set[int] = set()
    for items in sources:
        for before, item in itertools.pairwise(items):
            if before.low not in _DIVIDING or item.kind != "w":
                continue
            unit = lookup(item.low)
            if unit is not None and unit.dimension != "count":
                found.update(card.number for card in ctx.compiled.metrics if card.unit == unit.id and card.numeric)
    return frozenset(found)


_DIVIDING = frozenset(["per", "every", "each", "a"])


def _spoken(sources: list[list[Item]], ctx: FormContext) -> frozenset[int]:
    """The numeric metrics that any of the words name."""
    return frozenset(
        metric
        for source in sources
        for item in source
        if item.concept
        for metric in ctx.compiled.by_concept.get(item.concept, ())
        if ctx.compiled.metrics[metric].numeric
    )
