"""What there is to say: the facts of a sheet as points, with a side and a weight, before any word is chosen."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from flows.references import lookup, referable
from schemas.catalogue import Direction, Entity, Metric, MetricKind
from schemas.facts import DerivationKind, Fact, FactSheet
from schemas.quantity import Bound, Kind

#: A ratio from which a gap decides by itself.
LARGE = 3.0
#: A ratio below which two values are close ("within 10 %" is what the checker calls similar).
CLOSE = 1.1


#: Words of a cell that say neither yes nor no.
_QUALIFIED = re.compile(
    r"\b(?:no|none|not|without|manual(?:ly)?|requires?|required|add-?ons?|extensions?|third|external|partial|limited|only|optional)\b",
    re.IGNORECASE,
)


class PointKind(StrEnum):
    """number: two figures; capability: yes against no; date: two dates; difference: two words, neither better."""

    NUMBER = "number"
    CAPABILITY = "capability"
    DATE = "date"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Point:
    """One metric on which both sides have a fact that prose may lean on.

    `winner` is the entity that is better by direction, None where nobody is; for a capability without a direction, the
    side that has it, since a reader who needs it chooses that one. `ratio` is larger over smaller, None where
    there is none; `larger` the entity with the larger value. `weight` orders points: the page's key metrics and wide
    gaps first.
    """

    metric: Metric
    kind: PointKind
    winner: str | None
    larger: str | None
    ratio: float | None
    weight: float
    key: bool


@dataclass(frozen=True, slots=True)
class Content:
    """The points of one sheet, heaviest first, and what is known for one side only."""

    sheet: FactSheet
    facts: dict[tuple[str, str], Fact]
    references: frozenset[str]
    points: tuple[Point, ...]
    alone: tuple[tuple[Entity, Metric], ...]
    #: Capabilities that both sides have, and those that neither has.
    both: tuple[Metric, ...]
    neither: tuple[Metric, ...]

    def of(self, entity: str) -> tuple[Point, ...]:
        """The points on which `entity` is better."""
        return tuple(point for point in self.points if point.winner == entity)

    def score(self, entity: str) -> float:
        """The weight of everything on which `entity` is better."""
        return sum(point.weight for point in self.of(entity))

    @property
    def level(self) -> tuple[Point, ...]:
        """Figures with a direction that are too close to call."""
        return tuple(
            p
            for p in self.points
            if p.winner is None and p.kind is PointKind.NUMBER and p.metric.direction is not Direction.NEUTRAL
        )

    @property
    def differences(self) -> tuple[Point, ...]:
        """Where the two differ in kind and neither is better by a direction."""
        return tuple(point for point in self.points if point.kind is PointKind.DIFFERENCE)


def content(sheet: FactSheet) -> Content:
    """Everything that may be said about `sheet`. Disputed, stale and ambiguous facts do not appear."""
    references = frozenset(lookup(sheet))
    facts = {pair: fact for pair, fact in referable(sheet).items() if f"{pair[0]}.{pair[1]}" in references}
    one, other = sheet.entities[0].id, sheet.entities[1].id
    points: list[Point] = []
    alone: list[tuple[Entity, Metric]] = []
    both: list[Metric] = []
    neither: list[Metric] = []
    for metric in sheet.metrics:
        left, right = facts.get((one, metric.id)), facts.get((other, metric.id))
        if metric.shared:
            continue
        if left is not None and right is not None:
            if left.context != right.context:
                continue
            answers = _boolean(left), _boolean(right)
            if answers == (True, True):
                both.append(metric)
            elif answers == (False, False):
                neither.append(metric)
            else:
                point = _point(sheet, metric, left, right)
                if point is not None:
                    points.append(point)
        elif left is not None or right is not None:
            alone.append((sheet.entities[0 if left is not None else 1], metric))
    points.sort(key=lambda point: -point.weight)
    return Content(sheet, facts, references, tuple(points), tuple(alone), tuple(both), tuple(neither))


def _boolean(fact: Fact) -> bool | None:
    return fact.quantity.boolean if fact.quantity is not None and fact.quantity.kind is Kind.BOOLEAN else None


def _point(sheet: FactSheet, metric: Metric, left: Fact, right: Fact) -> Point | None:
    """The point of one metric, or None where the two values do not stand beside each other in a sentence."""
    key = metric.id in sheet.comparison.key_metrics
    winner = sheet.better.get(metric.id)
    larger: str | None = None
    ratio: float | None = None
    a, b = left.quantity, right.quantity
    if a is None or b is None:
        return None
    answers = _answer(left), _answer(right)
    if None not in answers and answers[0] is not answers[1]:
        kind = PointKind.CAPABILITY
        if metric.direction is Direction.NEUTRAL and not key and not metric.wording.matters:
            return None
        larger = left.entity if answers[0] else right.entity
        if metric.direction is Direction.NEUTRAL and metric.wording.matters:
            winner = larger
        strength = 0.8
    elif metric.kind is MetricKind.DATE or a.kind is Kind.DATE:
        kind = PointKind.DATE
        if a.date is None or b.date is None or a.date == b.date:
            return None
        larger = left.entity if a.date > b.date else right.entity
        strength = 0.2
    elif a.is_numeric and b.is_numeric and a.unit == b.unit:
        kind = PointKind.NUMBER
        ratio, larger = _ratio(sheet, metric, left, right)
        strength = _strength(ratio)
    elif a.is_numeric or b.is_numeric or metric.kind is MetricKind.QUANTITY or left.display == right.display:
        return None
    else:
        kind = PointKind.DIFFERENCE
        strength = 0.3
    return Point(metric, kind, winner, larger, ratio, _importance(sheet, metric) * strength, key)


def _strength(ratio: float | None) -> float:
    """How much a gap says, from 0.25 (none) to 0.8 (four times): a quarter more tells most of it."""
    if ratio is None:
        return 0.3
    octaves = math.log2(ratio)
    return 0.25 + 0.3 * min(octaves / math.log2(1.25), 1) + 0.25 * min(octaves / 2, 1)


def _answer(fact: Fact) -> bool | None:
    """Yes or no, also where a yes is put in words ("Built in"); None where the words leave it open."""
    known = _boolean(fact)
    if known is not None or fact.quantity is None or fact.quantity.kind is not Kind.TEXT:
        return known
    return None if _QUALIFIED.search(fact.display or "") else True


def _ratio(sheet: FactSheet, metric: Metric, left: Fact, right: Fact) -> tuple[float | None, str | None]:
    for derivation in sheet.derivations:
        if derivation.metric == metric.id and derivation.kind is DerivationKind.RATIO:
            return max(float(derivation.value), 1.0), derivation.larger
    low, high = _middle(left), _middle(right)
    if low is None or high is None or low == high:
        return (1.0, None) if low is not None and low == high else (None, None)
    larger = left.entity if low > high else right.entity
    small, large = sorted((low, high))
    return (float(large / small) if small > 0 else None), larger


def _middle(fact: Fact) -> Decimal | None:
    quantity = fact.quantity
    if quantity is None or quantity.low is None or quantity.high is None:
        return None
    return (quantity.low + quantity.high) / 2


def _importance(sheet: FactSheet, metric: Metric) -> float:
    """3 for the first key metric, falling to 1.5 for the last, 1 for any other; less where no reader is known to need it."""
    keys = sheet.comparison.key_metrics
    needed = 1.0 if metric.wording.matters else 0.6
    if metric.id not in keys:
        return needed
    return needed * (3.0 - 1.5 * keys.index(metric.id) / len(keys))


def is_open(fact: Fact) -> bool:
    """Whether a figure is hedged or bounded ("~2,500", "75,000+"), so that close values cannot be told apart."""
    quantity = fact.quantity
    return quantity is not None and (
        quantity.approx or quantity.bound in (Bound.AT_LEAST, Bound.AT_MOST) or quantity.low != quantity.high
    )
