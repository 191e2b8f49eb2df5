"""Absolute: whether a cell has the stated value, over its interval and within the words' own tolerance."""

from __future__ import annotations

from decimal import Decimal

from flows.check.amounts import calendar, in_unit, said_of
from flows.check.outcome import ABSENT, DISPUTED, C, Outcome, S, U
from flows.check.sheet import Cell
from flows.check.stated import Hedge, Stated
from flows.check.wording import key_of
from schemas.checking import Label
from schemas.quantity import Bound, Quantity

_D = Decimal

_BOUNDS = frozenset({Hedge.OVER, Hedge.AT_LEAST, Hedge.UNDER, Hedge.AT_MOST, Hedge.UP_TO})

#: How far days are from the months or years that they are called.
_UNEVEN = _D("0.04")

_VERBS = {S: "is", C: "is not", U: "may or may not be"}


def absolute(stated: Stated, cell: Cell) -> Outcome:
    """Whether the cell has the stated value, within the words' own tolerance."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    if cell.low is None or cell.high is None or cell.least is None or cell.most is None:
        return _inside(stated, cell)
    unit = stated.quantity.unit
    if (
        unit in (None, "1")
        and stated.fallen is None
        and cell.unit not in (None, "1", "ratio", "percent", "year-date")
        and cell.quantity.written_low is not None
        and cell.quantity.written_high is not None
    ):
        # The unit is left out: the number as the cell writes it.
        low, high = cell.quantity.written_low, cell.quantity.written_high
        if stated.holds(low) and stated.holds(high):
            return Outcome(S, (cell.fact,), f"{cell.raw} is {said_of(stated)}", right=cell.raw)
        if low == high and stated.hedge in _BOUNDS:
            # In bytes or seconds nearly every figure would be over any.
            return Outcome(C, (cell.fact,), f"{cell.raw} is not {said_of(stated)}", right=cell.raw)
    low, high, least, most = cell.low, cell.high, cell.least, cell.most
    if stated.fallen is not None:
        if high <= 0 and stated.fallen:
            # "Revenue fell 7.9 %" of -7.9 %.
            low, high, least, most = -high, -low, -most, -least
        elif stated.fallen and cell.raw[:1] == "+":
            return Outcome(C, (cell.fact,), f"{cell.raw} is no fall", right=cell.raw)
    if unit != cell.unit:
        low, high = in_unit(low, cell.unit, unit), in_unit(high, cell.unit, unit)
        least, most = in_unit(least, cell.unit, unit), in_unit(most, cell.unit, unit)
        if low == high and calendar(cell.unit, unit) and abs(low - stated.low) <= _UNEVEN * stated.low:
            low = high = least = most = stated.low
    label = _value_label(stated, cell, low, high, least, most)
    return Outcome(label, (cell.fact,), f"{cell.raw} {_VERBS[label]} {said_of(stated)}", right=cell.raw)


def verbatim(key: str, cell: Cell) -> Outcome:
    """Whether the cell's own text holds the words that the text repeats."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    return Outcome(
        S if key in key_of(cell.raw) else C, (cell.fact,), f"the fact says: {cell.raw[:80]}", right=cell.raw[:80]
    )


def _inside(stated: Stated, cell: Cell) -> Outcome:
    """A number inside a text cell: one of its numbers must be the stated one."""
    unit = stated.quantity.unit
    comparable = [
        quantity
        for quantity in cell.numbers
        if quantity.low is not None and (quantity.unit or "1").split("/")[0] == (unit or "1").split("/")[0]
    ]
    if stated.is_range and {stated.low, stated.high} <= {quantity.low for quantity in comparable}:
        return Outcome(S, (cell.fact,), f"{cell.raw[:80]} holds {said_of(stated)}")
    for quantity in comparable:
        low, high = quantity.low or _D(0), quantity.high or quantity.low or _D(0)
        if (stated.is_range and low == stated.low and high == stated.high) or (
            not stated.is_range and (stated.holds(low) or stated.holds(high) or _above(stated, quantity, low))
        ):
            return Outcome(S, (cell.fact,), f"{cell.raw[:80]} holds {said_of(stated)}")
    if not comparable:
        return ABSENT
    return Outcome(C, (cell.fact,), f"{cell.raw[:80]} does not hold {said_of(stated)}", right=cell.raw[:80])


def _above(stated: Stated, quantity: Quantity, low: Decimal) -> bool:
    """ "Over 2,000" of "2,000+ models"."""
    return quantity.bound is Bound.AT_LEAST and stated.hedge in (Hedge.OVER, Hedge.AT_LEAST) and low >= stated.low


def _value_label(stated: Stated, cell: Cell, low: Decimal, high: Decimal, least: Decimal, most: Decimal) -> Label:
    point = low == high
    if cell.unit == "year-date":
        year = low.to_integral_value(rounding="ROUND_FLOOR")
        low = high = least = most = year
    if stated.is_range:
        half = stated.step / 2
        if stated.low - half <= low and high <= stated.high + half:
            return S
        if point or high < stated.low - half or low > stated.high + half:
            return C
        near = abs(low - stated.low) <= max(half, abs(stated.low) * _D("0.1")) and abs(high - stated.high) <= max(
            half, abs(stated.high) * _D("0.1")
        )
        return S if near and stated.hedge is Hedge.ABOUT else C
    if stated.hedge is not Hedge.PLAIN:
        match stated.hedge:
            case Hedge.UNDER | Hedge.AT_MOST:
                return S if stated.holds(high) and not cell.open_above else (C if not stated.holds(low) else U)
            case Hedge.UP_TO:
                return S if stated.holds(high) else C
            case Hedge.OVER if cell.open_above:
                return S if low >= stated.low else U
            case Hedge.OVER | Hedge.AT_LEAST:
                return S if stated.holds(low) else (C if not stated.holds(high) or point else U)
            case _:
                pass
    if point:
        if stated.holds(low):
            return S
        if cell.quantity.approx and least <= stated.low <= most:
            return U
        return C
    if stated.holds(low) and stated.holds(high):
        return S
    if low <= stated.low <= high:
        return S if stated.hedge is Hedge.ABOUT else U
    return C
