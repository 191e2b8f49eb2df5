"""Which plan a page follows: decided by which metrics decide, not by chance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.draft.builtin.content import CLOSE, LARGE, Content, Point, PointKind
from schemas.catalogue import Metric

#: A gap that does not outweigh figures on which the two are level.
_SMALL = 1.25
_CURRENCIES = ("USD", "EUR", "GBP", "JPY", "$", "€", "£", "¥")


class Plan(StrEnum):
    """What the page is about, most telling first.

    sweep: one side has everything. gap: one figure is so far apart that it decides. price: one side is cheaper, the
    other better at something else. capability: one has what the other lacks. trade: the sides lead on different kinds
    of metrics. lean: one side has most, the other something. split: each side has a share of the same kind. words: no
    figure decides, a difference in kind does. tie: nothing decides. sparse: hardly anything can be compared.
    """

    SWEEP = "sweep"
    GAP = "gap"
    PRICE = "price"
    CAPABILITY = "capability"
    TRADE = "trade"
    LEAN = "lean"
    SPLIT = "split"
    WORDS = "words"
    TIE = "tie"
    SPARSE = "sparse"


@dataclass(frozen=True, slots=True)
class Shape:
    """The plan with its two sides: `first` is the entity that the page leans to, or the cheaper one for a price plan."""

    plan: Plan
    first: str
    second: str
    ours: tuple[Point, ...]
    theirs: tuple[Point, ...]


def shape(content: Content) -> Shape:
    """The plan for `content`, and who stands first in it."""
    one, other = (entity.id for entity in content.sheet.entities)
    first, second = (other, one) if content.score(other) > content.score(one) else (one, other)
    ours, theirs = content.of(first), content.of(second)
    plan = _plan(content, ours, theirs)
    if plan is Plan.PRICE and ours and not is_price(ours[0].metric):
        first, second, ours, theirs = second, first, theirs, ours
    return Shape(plan, first, second, ours, theirs)


def is_price(metric: Metric) -> bool:
    """Whether a figure of this metric is money."""
    return (metric.unit or "").upper().startswith(_CURRENCIES)


def _plan(content: Content, ours: tuple[Point, ...], theirs: tuple[Point, ...]) -> Plan:
    if not ours:
        if content.differences:
            return Plan.WORDS
        return Plan.TIE if content.level else Plan.SPARSE
    if len(content.points) < 3:
        return Plan.SPARSE
    widest = max((point.ratio or LARGE) for point in (*ours, *theirs))
    if widest < CLOSE or (widest < _SMALL and not theirs and len(content.level) >= 2):
        return Plan.TIE
    if not theirs:
        return Plan.SWEEP if len(ours) >= 3 else Plan.CAPABILITY if _capable(ours[0]) else Plan.GAP
    cheap, dear = (ours, theirs) if is_price(ours[0].metric) else (theirs, ours)
    if is_price(cheap[0].metric) and not any(is_price(point.metric) for point in dear):
        return Plan.PRICE
    if _capable(ours[0]):
        return Plan.CAPABILITY
    rest = max((point.weight for point in (*ours[1:], *theirs)), default=0.0)
    if (ours[0].ratio or 0) >= LARGE and ours[0].weight >= 1.25 * rest:
        return Plan.GAP
    if ours[0].metric.group != theirs[0].metric.group:
        return Plan.TRADE
    total = content.score(ours[0].winner or "") + content.score(theirs[0].winner or "")
    return Plan.LEAN if content.score(ours[0].winner or "") >= 0.65 * total else Plan.SPLIT


def _capable(point: Point) -> bool:
    return point.kind is PointKind.CAPABILITY
