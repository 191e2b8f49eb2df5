"""Sizes of sets that cannot be: "all seven" of four, "the other five" of three, "six of the four tests"."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.items import Item, cover
from flows.check.lexicon.verbs import VERBS
from flows.check.stated import Hedge
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_OTHER = frozenset(["other", "others", "remaining"])
_WHOLE = frozenset(["all"])
#: What several metrics of one table are called.
_MEASURED = frozenset(
    "test tests benchmark benchmarks metric metrics category categories column columns measure measures discipline disciplines timing timings".split()
)
_OF = frozenset(["of", "out"])
_SETS = {
    word: size for size, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A contradicted claim for each set that is said to be larger than what there is."""
    items = scene.line.items
    for at in scene.line.numbers:
        item = items[at]
        size = _count(item)
        if size is None or item.covered:
            continue
        found = _part_of(scene, at, size) or _too_many(scene, at, size, ctx)
        if found is None:
            continue
        first, last, reason = found
        cover(items, first, last - 1)
        yield TypedClaim(
            Form.COUNT,
            items[first].start,
            items[last - 1].end,
            fixed=Label.CONTRADICTED,
            reason=reason,
            items=(first, last),
        )


def _count(item: Item) -> int | None:
    stated = item.stated
    if (
        item.kind != "n"
        or stated is None
        or stated.hedge is not Hedge.PLAIN
        or stated.quantity.unit not in (None, "1")
        or stated.low != stated.high
        or stated.low != stated.low.to_integral_value()
        or not 2 <= stated.low <= 100
    ):
        return None
    return int(stated.low)


def _part_of(scene: Scene, at: int, size: int) -> tuple[int, int, str] | None:
    """ "Six of the four": more than there are."""
    line = scene.line
    if line.low(at + 1) not in _OF or line.low(at - 1) == "to":
        # "the quickest to 60 of the five": no part of them.
        return None
    position = at + 2
    while line.low(position) in ("of", "the", "these", "those", "its", "our"):
        position += 1
    whole = _whole(scene, position)
    if whole is None or size <= whole or position == at + 2:
        return None
    return at, position + 1, f"{size} of {whole} cannot be"


def _whole(scene: Scene, at: int) -> int | None:
    """How many "the four" at item `at` are: the number, or the set that it stands for."""
    if at >= len(scene.line.items):
        return None
    mention = scene.by_at.get(at)
    if mention is not None and mention.how in ("all", "both"):
        return len(mention.entities)
    # A set by itself ("six of the four.") is no quantity.
    return _count(scene.line.items[at]) or _SETS.get(scene.line.low(at))


def _too_many(scene: Scene, at: int, size: int, ctx: FormContext) -> tuple[int, int, str] | None:
    """ "All seven", "the other five" where there are fewer."""
    line = scene.line
    before = line.low(at - 1)
    if before not in _OTHER and before not in _WHOLE:
        return None
    after = line.low(at + 1)
    if after in _MEASURED:
        most, noun = len(ctx.compiled.metrics), "metrics"
    elif _things(scene, at + 1, ctx):
        most, noun = ctx.compiled.entity_count, "things compared"
    else:
        return None
    rest = 1 if before in _OTHER else 0
    if size <= most - rest:
        return None
    return at - 1, at + 1, f"there are {most} {noun}"


def _things(scene: Scene, at: int, ctx: FormContext) -> bool:
    """Whether what stands after the number leaves the things compared as what is counted: a verb, a mark, their noun."""
    line = scene.line
    low = line.low(at)
    if low == "of":
        # "All four of his shots" are his.
        return line.low(at + 1) not in _OWN and scene.by_at.get(at + 1) is None
    if at >= len(line.items) or line.kind(at) == "p" or low in VERBS or low in ctx.compiled.class_nouns:
        return True
    if low in _LEADING:
        return True
    # "All seven pick up", "the other five stop at": a word that is no plural, before one that opens what is said.
    return (
        line.kind(at) == "w"
        and not low.endswith("s")
        and low not in _PLURALS
        and (line.low(at + 1) in _LEADING or line.kind(at + 1) in ("n", "p", "e"))
    )


_OWN = frozenset("his her its their my your our whose".split())
_PLURALS = frozenset("people men women children feet teeth mice fish sheep crew staff".split())
#: Words that open what is said of a set.
_LEADING = frozenset(
    "of here on do don't can are had up at in to for with from by under over below above than as a an the no".split()
)


__all__ = ["read"]
