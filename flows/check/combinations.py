"""Combinations: every choice of linked entities and metric that a claim may be about, executed, roughly from the cheapest on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf
from operator import itemgetter

from flows.check import contexts
from flows.check.bands import VALUE_BAND
from flows.check.execute import any_of, between_metrics, execute, in_cells
from flows.check.outcome import Outcome, S, every
from flows.check.sheet import Cell, Compiled
from flows.check.typed import Choice, Form, TypedClaim
from flows.check.verdict import BY_COST, Tried

#: Two metrics that a change runs between: "from idle to load" names both, and neither as strongly as one alone would be.
CHANGE_BAND = 1.5
_MAX_COMBINATIONS = 400
#: Forms whose subject may be among those that it is set against.
_OVERLAPPING = frozenset({Form.SAME, Form.RANK})


def every_combination(claim: TypedClaim, compiled: Compiled, band: float = inf) -> Iterator[Tried]:
    """All of them; changes of one entity first, the rest from the cheapest links on, up to `band` beyond the cheapest that exists."""
    least = inf
    if claim.change:
        yield from _changes(claim, compiled)
    if claim.across:
        yield from _across(claim, compiled)
    comparands: tuple[Choice | None, ...] = claim.comparands or (None,)
    apart = claim.form not in _OVERLAPPING and not claim.against_metrics
    sides = [
        (subject, comparand)
        for subject in claim.subjects
        for comparand in comparands
        if comparand is None or not apart or set(comparand.entities).isdisjoint(subject.entities)
    ]
    combinations = [
        (metric.cost + subject.cost + (comparand.cost if comparand is not None else 0.0), subject, comparand, metric)
        for metric in claim.metrics
        for subject, comparand in sides
    ]
    if len(combinations) > 1:
        combinations.sort(key=itemgetter(0))
    for cost, subject, comparand, metric in combinations[:_MAX_COMBINATIONS]:
        if cost > least + band:
            return
        for outcome, extra in execute(claim, subject, comparand, metric, compiled):
            least = min(least, cost + extra)
            yield Tried(
                cost + extra,
                outcome,
                metric.metric,
                subject.entities,
                comparand.entities if comparand is not None else (),
            )


def _changes(claim: TypedClaim, compiled: Compiled) -> Iterator[Tried]:
    """One entity in two metrics of one unit: "slows down by 1 %" from one test to the next."""
    near = sorted((choice for choice in claim.metrics if choice.cost <= CHANGE_BAND), key=BY_COST)[:6]
    if claim.stated is not None:
        claim = replace(claim, stated=claim.stated.closely())
    for subject in claim.subjects[:2]:
        for one in near:
            for other in near:
                if one is other or min(one.cost, other.cost) > VALUE_BAND:
                    continue
                if claim.sign is not None and one.cost > other.cost:
                    # With a direction, what is nearer is what the phrase is about.
                    continue
                if not compiled.metrics[one.metric].goes_with(compiled.metrics[other.metric]):
                    continue
                outcome = every(subject.entities, between_metrics(claim, one.metric, other.metric, compiled))
                if outcome.label is S:
                    yield Tried(subject.cost + 0.1, outcome, one.metric, subject.entities, ())


def _across(claim: TypedClaim, compiled: Compiled) -> Iterator[Tried]:
    """One cell in two contexts: "four times as much as with ten tabs"."""
    for subject in claim.subjects[:3]:
        for metric in claim.metrics[:6]:
            found = [compiled.cell_in_all(entity, metric.metric) for entity in subject.entities]
            if not all(len(cells) > 1 for cells in found):
                continue
            outcome = every(range(len(found)), _contexts_of(claim, found, compiled, metric.metric))
            yield Tried(subject.cost + metric.cost, outcome, metric.metric, subject.entities, ())


def _contexts_of(
    claim: TypedClaim, found: list[tuple[Cell, ...]], compiled: Compiled, metric: int
) -> Callable[[int], Outcome]:
    return lambda k: any_of(
        in_cells(claim, x, y, compiled, metric) for x, y in contexts.apart(found[k], claim.here, claim.there)
    )
