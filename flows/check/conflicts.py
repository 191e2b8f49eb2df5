"""Conflicts: facts of one cell, or of one measure under two names, that disagree carry no claim."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from flows.check.inside import within
from flows.check.lexicon import Lexicon
from flows.check.sheet import Cell, MetricCard
from flows.check.twins import twins, two_measures
from schemas.checking import CheckMetric

#: Two unconditioned facts of one cell further apart than this are in conflict.
CONFLICT = Decimal("0.05")


def settled_cells(found: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Facts of one cell and one context that disagree are in conflict: none of them may carry a claim."""
    if len(found) < 2:
        return found
    settled: list[Cell] = []
    for cell in found:
        rivals = [other for other in found if other is not cell and other.context == cell.context]
        if any(_conflict(cell, other) for other in rivals):
            settled.append(_disputed(cell))
        else:
            settled.append(cell)
    return tuple(settled)


def disputed_twins(
    metrics: Sequence[CheckMetric],
    cards: Sequence[MetricCard],
    cells: dict[tuple[int, int], tuple[Cell, ...]],
    entities: int,
    lexicon: Lexicon,
) -> dict[tuple[int, int], tuple[Cell, ...]]:
    """`cells`, where what one entity has in metrics that are one measure under several names disagrees, disputed."""
    units = [card.unit if card.numeric else None for card in cards]
    for group in twins(metrics, units, lexicon.concept):
        for first, second in itertools.combinations(group, 2):
            if within(metrics[first].id, metrics[second].id):
                continue
            shared = [entity for entity in range(entities) if (entity, first) in cells and (entity, second) in cells]
            differ = [entity for entity in shared if _differ(cells[entity, first], cells[entity, second])]
            if not two_measures(len(shared), len(differ)):
                for key in itertools.product(differ, (first, second)):
                    cells[key] = tuple(map(_disputed, cells[key]))
    return cells


def _differ(found: Iterable[Cell], others: Sequence[Cell]) -> bool:
    return any(
        _conflict(one, other)
        for one in found
        for other in others
        if one.numeric or (one.truth is not None and other.truth is not None)
    )


def _disputed(cell: Cell) -> Cell:
    return replace(cell, disputed=True)


def _conflict(one: Cell, other: Cell) -> bool:
    if one.low is not None and other.low is not None and one.high is not None and other.high is not None:
        if one.unit != other.unit:
            return True
        largest = max(abs(one.high), abs(other.high))
        return largest > 0 and max(abs(one.low - other.low), abs(one.high - other.high)) / largest > CONFLICT
    if one.truth is not None and other.truth is not None:
        return one.truth is not other.truth
    return one.concepts != other.concepts and not (one.concepts <= other.concepts or other.concepts <= one.concepts)
