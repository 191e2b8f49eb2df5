"""The figure beside an order: it says which metric is meant ("quickest: 0.4 ms", "the widest digest at 256 bits")."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.forms.slants import Slant
from flows.check.items import hedge_first
from flows.check.owners import APART
from flows.check.typed import MetricChoice

_BESIDE = frozenset(
    "with at than by of on in the a an only just about around roughly nearly almost some over under up to per its as even lasting".split()
)
_COUNTS = (None, "1")
_BE = frozenset("is are was were".split())
_LINKING = frozenset("at with , : ( — –".split())
_HERE = frozenset("here in this the comparison of all any test among these four three five six two".split())

#: Why the metric of a figure is meant where the words of the order name none.
BORNE = "the figure beside it"


def beside(scene: Scene, last: int) -> int | None:
    """The metric of the figure that follows an order: "quickest: 0.4 ms", "leads with 11 minutes", "cheapest (€25)"."""
    items = scene.line.items
    for position in range(last + 1, min(len(items), last + 9)):
        item = items[position]
        if item.low in (";", ".", "but", "while", "whereas", "though", "and") or (
            item.graded is not None
            and item.graded.degree != "positive"
            and all(position != place for place, _ in scene.linked)
        ):
            return None
        if item.kind == "n":
            return _linked(scene, position)
        if (
            item.kind == "w"
            and item.low not in _BESIDE
            and not (item.low == "'s" and scene.line.kind(position + 1) == "n")
        ):
            return None
    return None


def fronted(scene: Scene, first: int) -> int | None:
    """The metric of the figure that the subject of an order has before it: "at 980 Mbit/s X is ahead of Y", "X's 140 m² exceeds Y's"."""
    items = scene.line.items
    for position in range(first - 1, max(-1, first - _FRONTED), -1):
        item = items[position]
        if item.depth - items[first].depth > _SAME_CLAUSE or items[first].depth - item.depth > _SAME_CLAUSE:
            return None
        if item.kind == "n":
            before = hedge_first(items, position) - 1
            opens = before == 0 or (before > 0 and items[before - 1].kind == "p")
            owned = before > 0 and items[before].low == "'s"
            return _linked(scene, position) if owned or (opens and items[before].low in _OPENING) else None
        if (item.kind == "p" and item.low != ",") or (item.graded is not None and item.graded.degree != "positive"):
            return None
    return None


#: How far before an order the figure of its subject may stand, and how much deeper.
_FRONTED = 9
_SAME_CLAUSE = 0.3
_OPENING = frozenset(["at", "with"])


def _linked(scene: Scene, position: int) -> int | None:
    """The metric that the figure at the position was linked to."""
    item = scene.line.items[position]
    if item.unit in ("ratio", "percent", "pp"):
        return None
    linked = dict(scene.linked)
    return linked.get(position, linked.get(hedge_first(scene.line.items, position)))


def with_figure(found: tuple[MetricChoice, ...], metric: int | None) -> tuple[MetricChoice, ...]:
    """Where the figure beside an order is of a metric that the order can speak of, it says which is meant."""
    if metric is None or all(choice.metric != metric for choice in found):
        return found
    ordered = (
        MetricChoice(
            choice.metric, 0.0 if choice.metric == metric else max(choice.cost, APART), choice.why, choice.flip
        )
        for choice in found
    )
    return tuple(sorted(ordered, key=lambda choice: choice.cost))


def borne(scene: Scene, slant: Slant, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metric of the figure that bears a superlative no metric answers to by its words.

    "The widest digest at 256 bits", "biggest single battery, 725 Wh", "you may carry 10 kg, the highest allowance".
    A bare count bears none: "the smallest community, with 3,900 stars" infers the one from the other.
    """
    metric = _after(scene, slant.last)
    if metric is None:
        metric = before(scene, slant.first)
    if metric is None or not ctx.compiled.metrics[metric].numeric:
        return ()
    return (MetricChoice(metric, 0.0, BORNE),)


def told_by_figure(scene: Scene, last: int, ctx: FormContext) -> MetricChoice | None:
    """The metric of the figure behind a superlative that no lexicon knows: "the fullest reservoir, at 80 %", "dirtiest with 497 g/kWh"."""
    metric = _after(scene, last, shares=True)
    if metric is None or not ctx.compiled.metrics[metric].numeric:
        return None
    return MetricChoice(metric, 0.0, BORNE)


def _after(scene: Scene, last: int, *, shares: bool = False) -> int | None:
    """The figure after up to two words for the thing: "digest at 256 bits", "robot in this comparison with 18,000 Pa"."""
    items = scene.line.items
    nouns = 0
    for position in range(last + 1, min(len(items), last + 9)):
        item = items[position]
        if item.kind == "n":
            if items[hedge_first(items, position) - 1].low not in _LINKING or item.unit in _COUNTS:
                return None
            return dict(scene.linked).get(position) if shares and item.unit == "percent" else _linked(scene, position)
        if item.graded is not None and item.graded.degree != "positive":
            return None
        if item.kind == "w" and item.low not in _HERE and item.low not in ("at", "with"):
            nouns += 1
            if nouns > 2:
                return None
        elif item.kind not in ("w", "p") or (item.kind == "p" and item.low not in _LINKING):
            return None
    return None


def before(scene: Scene, first: int) -> int | None:
    """The figure in apposition or as the subject: "873 MB, the lowest figure", "its 653 hp are the highest output"."""
    items = scene.line.items
    at = first - 1
    if at < 1 or items[at].low not in ("the", "a"):
        return None
    at -= 1
    if items[at].low not in _BE and items[at].low != ",":
        return None
    for position in range(at - 1, max(-1, at - 5), -1):
        item = items[position]
        if item.kind == "n":
            return _linked(scene, position) if item.unit not in _COUNTS else None
        if item.kind != "w" or (item.graded is not None and item.graded.degree != "positive"):
            return None
    return None


__all__ = ["BORNE", "before", "beside", "borne", "fronted", "told_by_figure", "with_figure"]
