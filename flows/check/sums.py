"""Sums: an amount of money made of several cells of one thing: "with ten people it comes to $99" is a base fee and ten seats.

The words say how many of something are paid for, and not which cells are added. So the few sums that there are get tried, and
one that gives the stated amount to the cent counts only where hardly any amount would have been met by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

from flows.check.amounts import plain
from flows.check.fitting import is_money
from flows.check.outcome import Outcome
from flows.check.sheet import Cell, Compiled
from flows.check.stated import Hedge, Stated
from flows.check.typed import TypedClaim
from schemas.checking import Label

#: How many of the sums tried may be expected to fit by chance.
CHANCE = Decimal("0.05")
#: Amounts that could be meant lie, taken evenly in their logarithm, over about a twentyfold range: ln 20 = 3.
_RANGE = 3
#: How far from the best link an owner may lie and still be whose prices are added.
_BAND = 0.5


class Sum(NamedTuple):
    outcome: Outcome
    metric: int
    entities: tuple[int, ...]
    factors: tuple[Decimal, ...]


def summed(
    claim: TypedClaim, stated: Stated, factors: Sequence[Decimal], lot: Callable[[Cell], int], compiled: Compiled
) -> Sum | None:
    """The first sum that gives the stated amount to the cent, or None."""
    unit = stated.quantity.unit
    if not factors or unit is None or not is_money(unit) or stated.hedge is not Hedge.PLAIN or stated.is_range:
        return None
    cent = stated.low != stated.low.to_integral_value()
    step = Decimal("0.01") if cent else Decimal(1)
    tried = 0
    near = claim.subjects[0].cost + _BAND
    for subject in claim.subjects:
        if subject.cost > near or len(subject.entities) != 1:
            continue
        for value, cells, used, shown in _sums(subject.entities[0], unit.split("/")[0], factors, lot, compiled):
            tried += 1
            if stated.low <= 0 or tried * step / stated.low / _RANGE >= CHANCE:
                return None
            if value == stated.low:
                facts = tuple(cell.fact for cell in cells)
                outcome = Outcome(Label.SUPPORTED, facts, f"{shown} = {plain(value)}")
                return Sum(outcome, cells[0].metric, subject.entities, used)
    return None


def _sums(
    entity: int, currency: str, factors: Sequence[Decimal], lot: Callable[[Cell], int], compiled: Compiled
) -> Iterator[tuple[Decimal, tuple[Cell, Cell], tuple[Decimal, ...], str]]:
    prices = [
        cell
        for card in compiled.metrics
        if card.numeric and (card.unit or "").split("/")[0] == currency
        for cell in compiled.cell(entity, card.number)[:1]
        if cell.low is not None and cell.low == cell.high and not cell.disputed
    ]
    for one, other in permutations(prices, 2):
        for factor in factors:
            value = (one.low or 0) * factor / lot(one) + (other.low or 0)
            yield value, (one, other), (factor,), f"{one.raw} x {plain(factor)} + {other.raw}"
        for first, second in permutations(factors, 2):
            value = (one.low or 0) * first / lot(one) + (other.low or 0) * second / lot(other)
            shown = f"{one.raw} x {plain(first)} + {other.raw} x {plain(second)}"
            yield value, (one, other), (first, second), shown
