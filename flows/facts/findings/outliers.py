"""A value far from everything else that is said about the same thing, and values in an impossible order."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from flows.facts.agreement import interval
from flows.facts.findings.view import View, ids, listed
from schemas.facts import Finding, FindingKind, Observation
from schemas.quantity import Kind

#: How many times larger or smaller than the median of the others a value must be.
FAR = 3


def outliers(view: View) -> Iterator[Finding]:
    """Values of one slot that lie a factor away from the median of the others; of two so far apart, both are named."""
    for (entity, metric_id, _, _), values in view.slots.items():
        metric = view.metrics[metric_id]
        # A row that a source prints twice is one voice.
        said: dict[tuple[str, str, str], list[Observation]] = {}
        for one in values:
            if (middle := _middle(one)) is not None and middle > 0:
                said.setdefault((one.source, view.label(one), one.raw), []).append(one)
        for voice in said.values():
            one = voice[0]
            others = [other[0] for other in said.values() if other is not voice]
            if not others:
                continue
            usual, own = median(_sure(other) for other in others), _sure(one)
            times = max(own / usual, usual / own)
            if times > FAR and (len(others) > 1 or own > usual):
                word = "above" if own > usual else "below"
                yield Finding(
                    kind=FindingKind.IMPLAUSIBLE,
                    sentence=(
                        f"{metric.name} of {view.name(entity)}: {listed([one])} is {times:.0f} times {word} what else is "
                        f"said: {listed(others)}."
                    ),
                    observations=ids([*voice, *others]),
                    withholds=True,
                )


def impossible_orders(view: View) -> Iterator[Finding]:
    """Pairs that break a rule of the catalogue: a p99 below the mean, a first release after the latest."""
    for rule in view.rules:
        for low in (one for one in view.observations if one.metric == rule.lower):
            for high in (one for one in view.observations if one.metric == rule.upper):
                if (low.entity, low.context, low.tier) == (high.entity, high.context, high.tier) and _above(low, high):
                    yield Finding(
                        kind=FindingKind.IMPLAUSIBLE,
                        sentence=(
                            f"{view.label(low)} of {view.name(low.entity)} is {listed([low])}, {view.label(high)} "
                            f"{listed([high])}: {rule.because}."
                        ),
                        observations=ids([low, high]),
                        withholds=True,
                    )


def _above(low: Observation, high: Observation) -> bool:
    """Whether the one that must not be larger is larger for certain."""
    one, other = low.quantity, high.quantity
    if one.is_numeric and other.is_numeric and one.unit == other.unit:
        return interval(one)[0] > interval(other)[1]
    if one.kind is Kind.DATE and other.kind is Kind.DATE and one.date and other.date:
        precision = min(len(one.date), len(other.date))
        return one.date[:precision] > other.date[:precision]
    return False


def _middle(one: Observation) -> Decimal | None:
    low, high = one.quantity.low, one.quantity.high
    return None if low is None or high is None else (low + high) / 2


def _sure(one: Observation) -> Decimal:
    middle = _middle(one)
    return Decimal(0) if middle is None else middle
