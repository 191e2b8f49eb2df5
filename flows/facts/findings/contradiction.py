"""Values of one metric for one entity, from sources of one tier, that cannot all hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from flows.facts.findings.view import View, ids, listed
from flows.facts.resolve import fact_id
from schemas.facts import Finding, FindingKind, Observation
from schemas.quantity import Bound


def contradictions(view: View) -> Iterator[Finding]:
    """One finding for each fact whose sources disagree, and for each count that one source gives both exactly and openly."""
    for (entity, metric_id, context, _), values in view.slots.items():
        metric = view.metrics[metric_id]
        found = [one for one in values if one.id in view.denied]
        if found:
            where = " and ".join(dict.fromkeys(view.source(one) for one in found))
            yield Finding(
                kind=FindingKind.CONTRADICTION,
                sentence=f"{metric.name} of {view.name(entity)}: the values do not agree: {listed(found)} ({where}).",
                observations=ids(found),
                facts=(fact_id(entity, metric_id, context),),
            )
        yield from _exact_and_open(view, entity, metric.name, [one for one in values if one.id not in view.denied])


def _exact_and_open(view: View, entity: str, name: str, values: list[Observation]) -> Iterator[Finding]:
    for one, other in combinations(values, 2):
        first, second = one.quantity, other.quantity
        if not first.is_numeric or one.source != other.source or (first.low, first.high) != (second.low, second.high):
            continue
        if first.bound is second.bound or Bound.AT_LEAST not in (first.bound, second.bound):
            continue
        pair = sorted((one, other), key=lambda reading: reading.quantity.bound is not None)
        yield Finding(
            kind=FindingKind.CONTRADICTION,
            sentence=(
                f"{name} of {view.name(entity)}: {view.source(one)} gives it as exact in one place and as a minimum in "
                f"another: {listed(pair)}."
            ),
            observations=ids(pair),
        )
