"""Extents: what is said of all at once, where nobody is named: "prices range from $12 to $149", "all five take under four hours".

Left to itself such a figure would be anybody's: any one cell inside the range would carry it.
"""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.items import hedge_first
from flows.check.lexicon.tenses import in_any_tense
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice

#: Verbs that say how far figures reach, and those that say where they begin and end.
_REACH = in_any_tense("range ranges run runs go goes span spans vary varies reach reaches extend extends stretch".split()) | {"ranging", "running", "going", "spanning", "varying", "stretches"}  # fmt: skip
_START = in_any_tense("start starts begin begins".split()) | {"starting", "beginning"}
_OF_ALL = frozenset("all every each everything everyone".split())
_OF_NONE = frozenset("no none nothing nobody neither few not".split())
_AFTER_ALL = frozenset("at in above of after".split())
_FROM = frozenset(["from", "between"])
_BOUNDS = frozenset({Hedge.OVER, Hedge.AT_LEAST, Hedge.UNDER, Hedge.AT_MOST, Hedge.UP_TO})
#: How far before a figure its clause may say that it is of all.
_BACK = 9


def extent(scene: Scene, at: int, stated: Stated, ctx: FormContext) -> str | None:
    """How the figure at item `at` is said of all: "every" of each of them, "range", "least" and "most" of their ends.

    None where somebody is spoken of, or where the figure is no range and no bound.
    """
    if (not stated.is_range and stated.hedge not in _BOUNDS) or len(scene.topic) == 1 or ctx.compiled.entity_count < 2:
        return None
    items = scene.line.items
    if scene.mentions or any(item.degree == "superlative" for item in items):
        return None
    first = hedge_first(items, at)
    before = [items[k].low for k in range(max(0, first - _BACK), at)]
    if not _OF_NONE.isdisjoint(before):
        return None
    reaches = not _REACH.isdisjoint(before)
    starts = not _START.isdisjoint(before)
    whole = any(
        items[k].low in _OF_ALL and (k == 0 or items[k - 1].low not in _AFTER_ALL)
        for k in range(max(0, first - _BACK), first)
    )
    if (scene.carried or scene.before) and not whole:
        # "It is small. Expect over 5 ms": of what was spoken of.
        return None
    if stated.is_range:
        between = scene.line.low(first - 1) in _FROM or scene.line.low(first - 1) in _REACH
        return "range" if reaches and between else "every"
    if starts and stated.hedge is Hedge.AT_LEAST:
        return "least"
    if stated.hedge is Hedge.UP_TO:
        return "most"
    return "every"


def everybody(ctx: FormContext) -> tuple[Choice, ...]:
    return (Choice(tuple(range(ctx.compiled.entity_count)), 0.0, "all of them"),)
