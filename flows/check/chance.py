"""Chance: how likely a calculated value meets a stated one though nothing ties the two together."""

from __future__ import annotations

from decimal import Decimal

from flows.check.stated import ABOUT, Hedge, Stated

#: Figures that are compared lie, taken evenly in their logarithm, over about a twentyfold range: ln 20 = 3.
_RANGE = 3
_ONE_SIDED = frozenset({Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST})
_LEAST_WIDTH = Decimal("0.0001")


def share_of(stated: Stated) -> Decimal:
    """The share of all values that would agree with the stated one: what one value tried may be expected to fit by chance."""
    return _width(stated) / _RANGE


def _width(stated: Stated) -> Decimal:
    """How wide the values are that the words allow, relative to the value itself."""
    if stated.hedge in _ONE_SIDED:
        return Decimal("0.5")
    if stated.hedge is Hedge.ABOUT:
        return 2 * ABOUT
    if stated.hedge in (Hedge.NEARLY, Hedge.JUST_OVER):
        return Decimal("0.15")
    if stated.word or not stated.low:
        # "Twice" and "half" are what tables are full of.
        return Decimal(1)
    return max(_grain(stated.quantity.written_low or stated.low), stated.step / abs(stated.low), _LEAST_WIDTH)


def _grain(written: Decimal) -> Decimal:
    """How coarse a round figure is, relative to itself: one unit of its last digit that is no zero, of 25 and 75 five."""
    _, digits, _ = written.normalize().as_tuple()
    least = Decimal(5 if len(digits) > 1 and digits[-1] == 5 else 1)
    return least / Decimal(int("".join(map(str, digits))) or 1)
