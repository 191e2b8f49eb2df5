"""What counts as a change of a page: materiality classes, and the changes between two sheets in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from flows.facts.registry import normalise
from schemas.catalogue import Metric
from schemas.facts import Fact, FactSheet, FactStatus
from schemas.quantity import Quantity

_USABLE = (FactStatus.AGREED, FactStatus.SINGLE)


def materiality_class(value: Decimal, materiality: Decimal) -> str:
    """The class of a value: numbers of one class differ by less than the factor 1 + `materiality`.

    Classes are steps of a logarithmic scale, so 10 % of a big number weighs as much as 10 % of a small one. Two values
    that differ by less may still fall on two sides of a step; that costs a review, never a wrong page. With a
    materiality of 0 every value is its own class.
    """
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    size = abs(value)
    if materiality == 0:
        return sign + format(size.normalize(), "f")
    with localcontext() as context:
        # Twelve digits of the logarithm decide the step; fewer would let 1.1 ** n slip below it.
        context.prec = 20
        steps = (size.ln() / (1 + materiality).ln() + Decimal("1e-12")).to_integral_value(rounding="ROUND_FLOOR")
    return f"{sign}c{int(steps)}"


class ChangeKind(StrEnum):
    APPEARED = "appeared"
    DISAPPEARED = "disappeared"
    VALUE = "value"
    STATUS = "status"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Change:
    """One material change. `what` is a line of a page's history; `fact` is empty for a change of order."""

    kind: ChangeKind
    metric: str
    entity: str | None
    fact: str
    before: str | None
    after: str | None
    what: str


def changed(before: FactSheet, after: FactSheet) -> tuple[Change, ...]:
    """What changed materially from one sheet of a comparison to another, in the order of the metrics.

    A value must move by more than its metric's materiality. A fact that was disputed, stale or missing and still is one
    of these, is no change; nor is a second source that agrees.
    """
    names = {entity.id: entity.name for entity in (*before.entities, *after.entities)}
    metrics = {metric.id: metric for metric in (*before.metrics, *after.metrics)}
    old, new = ({fact.id: fact for fact in sheet.facts} for sheet in (before, after))
    found = []
    for fact_id in dict.fromkeys((*new, *old)):
        fact = new.get(fact_id) or old[fact_id]
        change = fact_change(old.get(fact_id), new.get(fact_id), metrics[fact.metric], names[fact.entity])
        if change is not None:
            found.append(change)
    for metric in metrics.values():
        winner, other = after.better.get(metric.id), before.better.get(metric.id)
        if winner != other:
            who = f"{names[winner]} is now better" if winner else "neither side is better any more"
            was = f" (it was {names[other]})" if other else ""
            found.append(Change(ChangeKind.ORDER, metric.id, None, "", other, winner, f"{metric.name}: {who}{was}"))
    position = {metric_id: number for number, metric_id in enumerate(metrics)}
    return tuple(sorted(found, key=lambda change: position[change.metric]))


def fact_change(before: Fact | None, after: Fact | None, metric: Metric, name: str) -> Change | None:
    """The material change of one fact, or None. `name` is its entity's, for the sentence."""
    fact = after or before
    if fact is None:
        return None
    was, now = (one is not None and one.status in _USABLE for one in (before, after))
    old, new = (one.display if one is not None else None for one in (before, after))
    subject = f"{metric.name} of {name}"
    if not was and not now:
        return None

    def change(kind: ChangeKind, what: str) -> Change:
        return Change(kind, metric.id, fact.entity, fact.id, old, new, what)

    if was != now:
        there = (after if was else before) or None
        if there is None or there.status is FactStatus.MISSING:
            kind = ChangeKind.APPEARED if now else ChangeKind.DISAPPEARED
            return change(kind, f"{subject}: {new} is new" if now else f"{subject}: {old} is gone")
        if now:
            return change(ChangeKind.STATUS, f"{subject}: {new}, no longer {there.status.value}")
        return change(ChangeKind.STATUS, f"{subject}: {old} is now {there.status.value}")
    if before is None or after is None or before.quantity is None or after.quantity is None:
        return None
    if is_material(before.quantity, after.quantity, metric):
        return change(ChangeKind.VALUE, f"{subject}: {old} became {new}")
    return None


def is_material(before: Quantity, after: Quantity, metric: Metric) -> bool:
    """Whether a value moved by more than the metric's materiality, in percent of the old one, at either end.

    Text is material when its words changed: prose may rest on any of them, as the fingerprint says too.
    """
    if before.low is not None and after.low is not None and before.high is not None and after.high is not None:
        if before.unit != after.unit or before.bound is not after.bound:
            return True
        ends = ((before.low, after.low), (before.high, after.high))
        return any(abs(new - old) > metric.materiality * abs(old) for old, new in ends)
    if before.date or after.date:
        return before.date != after.date
    return normalise(before.raw) != normalise(after.raw)
