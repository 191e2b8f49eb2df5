"""The visual comparison: a table of bars. The numbers stand beside the bars, so the chart is its own data table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flows.publish.figures import Cell, Figures, Row
from schemas.catalogue import MetricKind

#: More pairs of bars than this are a table, not a picture.
MOST_PAIRS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """Lengths in thousandths of the pair's largest value. `open_end` is what a range adds beyond its low end."""

    cell: Cell
    length: int
    open_end: int


@dataclass(frozen=True, slots=True)
class Pair:
    row: Row
    bars: tuple[Bar, ...]


def pairs(figures: Figures) -> tuple[Pair, ...]:
    """One pair of bars a metric, key metrics first, each drawn to its own scale.

    Only quantities above zero with a direction: a bar of a year, a version or a neutral count shows nothing. Rows
    whose values are equal are left out.
    """
    found = []
    candidates = [*figures.key, *(row for row in figures.rows if row.two_sided and row not in figures.key)]
    for row in candidates:
        if row.metric.kind is not MetricKind.QUANTITY or not row.direction or row.same or row.metric.shared:
            continue
        ends = [_ends(cell) for cell in row.cells]
        if any(end is None for end in ends):
            continue
        known = [end for end in ends if end is not None]
        largest = max(high for _, high in known)
        bars = []
        for cell, (low, high) in zip(row.cells, known, strict=True):
            length = _share(low, largest)
            bars.append(Bar(cell, length, max(0, _share(high, largest) - length)))
        found.append(Pair(row, tuple(bars)))
        if len(found) == MOST_PAIRS:
            break
    return tuple(found)


def _ends(cell: Cell) -> tuple[Decimal, Decimal] | None:
    quantity = cell.fact.quantity if cell.fact is not None else None
    if quantity is None or quantity.low is None or quantity.low <= 0:
        return None
    return quantity.low, quantity.high if quantity.high is not None else quantity.low


def _share(value: Decimal, largest: Decimal) -> int:
    """In thousandths, at least 6, so that a small value is still seen."""
    return max(6, int(value * 1000 / largest))
