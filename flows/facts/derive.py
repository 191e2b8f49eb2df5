"""Arithmetic over quantities: difference, ratio, percent, rank, age, better. The page, the references and the checker all
call these, so that a derived figure cannot be right in one place and wrong in another.

Rules (CHECKING.md, "Execute over intervals"): arithmetic runs on the numbers as displayed, the low end of one range with
the low end of the other and high with high, an open bound as written; the hedges of the cells do not add up. Order takes
"~N" and "N+" as N; ranges that overlap have no order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from flows.quantities.show import show_number
from flows.quantities.units import convert
from schemas.catalogue import Direction, Metric, MetricKind
from schemas.quantity import Bound, Kind, Quantity

#: The first or the second of the two quantities given.
Side = Literal[0, 1]

#: Units whose zero is a convention: twice as many of them means nothing.
WITHOUT_ZERO = frozenset({"degC", "degF", "dB"})

_PERCENT = "percent"
_POINTS = "pp"


@dataclass(frozen=True, slots=True)
class Derived:
    """The outcome of one piece of arithmetic, in the canonical `unit`.

    `low` and `high` differ where ranges leave more than one answer. `larger` is the side with the larger value.
    `bound` is AT_LEAST where an open cell makes the outcome a minimum ("75,000+" over 68,000); `open` where open cells
    leave nothing certain, not even the order. `computation` is one line that a person can repeat.
    """

    low: Decimal
    high: Decimal
    unit: str | None
    larger: Side
    computation: str
    bound: Bound | None = None
    open: bool = False


def difference(a: Quantity, b: Quantity, unit: str | None = None) -> Derived | None:
    """Larger minus smaller; None when they are equal, of different units, or ranges that cross. Dates differ in whole years.

    `unit`: the one in which the computation is written (the metric's); the outcome is canonical. Percentages differ in points.
    """
    if a.kind is Kind.DATE and b.kind is Kind.DATE:
        return _between_dates(a, b)
    pair = _Pair.of(a, b, unit)
    if pair is None:
        return None
    ends = [large - small for large, small in pair.ends]
    lines = [
        f"{show_number(large)} - {show_number(small)} = {show_number(large - small)}" for large, small in pair.shown
    ]
    canonical = _POINTS if a.unit == _PERCENT else a.unit
    return pair.derived(ends, canonical, lines)


def ratio(a: Quantity, b: Quantity, unit: str | None = None) -> Derived | None:
    """Larger over smaller, so never below 1; None also where the smaller is not above zero or the unit has no zero."""
    pair = _Pair.of(a, b, unit)
    if pair is None or not pair.divisible:
        return None
    ends = [large / small for large, small in pair.ends]
    lines = [
        f"{show_number(large)} / {show_number(small)} = {show_number(_short(large / small))}"
        for large, small in pair.shown
    ]
    return pair.derived(ends, "ratio", lines)


def percent(a: Quantity, b: Quantity, base: Side, unit: str | None = None) -> Derived | None:
    """How far the other lies from the base, in percent of the base, without a sign; None as for `ratio`.

    Base = the larger: "58 % less than"; base = the smaller: "140 % more than".
    """
    pair = _Pair.of(a, b, unit)
    if pair is None or not pair.divisible:
        return None

    def share(large: Decimal, small: Decimal) -> Decimal:
        return (large - small) / (large if base == pair.larger else small) * 100

    lines = [
        f"({show_number(large)} - {show_number(small)}) / {show_number(large if base == pair.larger else small)}"
        f" = {show_number(_short(share(large, small)))}%"
        for large, small in pair.shown
    ]
    return pair.derived([share(large, small) for large, small in pair.ends], _PERCENT, lines)


def rank(values: Sequence[Quantity], direction: Direction) -> tuple[int, ...] | None:
    """The place of each value, 1 = best; equal values share a place and the next one is left out (1, 1, 3).

    None on a neutral metric, on values that are no numbers of one unit, and where ranges cross.
    """
    if direction is Direction.NEUTRAL or not values:
        return None
    if any(not value.is_numeric or value.unit != values[0].unit for value in values):
        return None
    places = [
        _places([_low(value) for value in values], direction),
        _places([_high(value) for value in values], direction),
    ]
    return places[0] if places[0] == places[1] else None


def age(value: Quantity, today: date) -> Derived | None:
    """Whole years from a date to `today` ("year"), or whole months below one year ("month"); None for what is no past date.

    Of a bare year the difference of the years is taken: "2018" is 8 years before any day of 2026.
    """
    if value.kind is not Kind.DATE or not value.date:
        return None
    return _elapsed(value.date, today.isoformat(), larger=1)


def order(a: Quantity, b: Quantity) -> Side | None:
    """The side whose value is larger for certain; None where they are equal, overlap, or cannot be compared.

    Numbers of one unit, booleans (yes above no) and dates (later above earlier) have an order.
    """
    if a.is_numeric and b.is_numeric:
        if a.unit != b.unit:
            return None
        if _low(a) > _high(b):
            return 0
        return 1 if _low(b) > _high(a) else None
    if a.kind is Kind.BOOLEAN and b.kind is Kind.BOOLEAN and a.boolean is not None and b.boolean is not None:
        return None if a.boolean == b.boolean else 0 if a.boolean else 1
    if a.kind is Kind.DATE and b.kind is Kind.DATE and a.date and b.date:
        precision = min(len(a.date), len(b.date))
        one, other = a.date[:precision], b.date[:precision]
        return None if one == other else 0 if one > other else 1
    return None


def better(a: Quantity, b: Quantity, metric: Metric) -> Side | None:
    """The side that is better by the metric's direction, beyond its noise band.

    None where the metric is neutral or shared, where the values overlap, and where they differ by no more than
    `metric.noise` of the larger. Only for values of one context; the caller sees to that.
    """
    if metric.direction is Direction.NEUTRAL or metric.shared or metric.kind in (MetricKind.TEXT, MetricKind.CATEGORY):
        return None
    larger = order(a, b)
    if larger is None:
        return None
    if a.is_numeric:
        middles = [(_low(value) + _high(value)) / 2 for value in (a, b)]
        if abs(middles[0] - middles[1]) <= metric.noise * max(abs(middle) for middle in middles):
            return None
    if metric.direction is Direction.HIGHER:
        return larger
    return 1 if larger == 0 else 0


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two quantities that arithmetic can be done with: (larger, smaller) at both ends, canonical and as shown."""

    ends: tuple[tuple[Decimal, Decimal], ...]
    shown: tuple[tuple[Decimal, Decimal], ...]
    larger: Side
    unit: str | None
    bound: Bound | None
    open: bool

    @classmethod
    def of(cls, a: Quantity, b: Quantity, unit: str | None) -> _Pair | None:
        if not a.is_numeric or not b.is_numeric or a.unit != b.unit:
            return None
        ends = [(_low(a), _low(b))]
        if (_high(a), _high(b)) != ends[0]:
            ends.append((_high(a), _high(b)))
        signs = {(one > other) - (one < other) for one, other in ends} - {0}
        if len(signs) != 1:
            return None
        larger: Side = 0 if signs == {1} else 1
        sided = tuple(pair if larger == 0 else (pair[1], pair[0]) for pair in ends)
        shown = tuple((_shown(large, a.unit, unit), _shown(small, a.unit, unit)) for large, small in sided)
        large, small = (a, b) if larger == 0 else (b, a)
        bound, unknown = _certainty(large.bound, small.bound)
        return cls(sided, shown, larger, a.unit, bound, unknown)

    @property
    def divisible(self) -> bool:
        return self.unit not in WITHOUT_ZERO and all(small > 0 for _, small in self.ends)

    def derived(self, ends: Sequence[Decimal], unit: str | None, lines: Sequence[str]) -> Derived:
        return Derived(min(ends), max(ends), unit, self.larger, "; ".join(lines), self.bound, self.open)


def _certainty(large: Bound | None, small: Bound | None) -> tuple[Bound | None, bool]:
    """What open cells leave of "larger against smaller": a minimum where they can only move apart, else nothing certain."""
    if large is None and small is None:
        return None, False
    if large is not Bound.AT_MOST and small is not Bound.AT_LEAST:
        return Bound.AT_LEAST, False
    return None, True


def _between_dates(a: Quantity, b: Quantity) -> Derived | None:
    later = order(a, b)
    if later is None or not a.date or not b.date:
        return None
    first, last = (b.date, a.date) if later == 0 else (a.date, b.date)
    return _elapsed(first, last, larger=later)


def _elapsed(first: str, last: str, larger: Side) -> Derived | None:
    """Completed years (or months, below one year) from one ISO date to a later one, at the coarser precision."""
    precision = min(len(first), len(last))
    start, end = ([int(part) for part in text[:precision].split("-")] for text in (first, last))
    if end < start:
        return None
    years, unit = end[0] - start[0] - (end[1:] < start[1:]), "year"
    if years == 0 and precision > len("2018"):
        years, unit = (end[0] - start[0]) * 12 + end[1] - start[1] - (end[2:] < start[2:]), "month"
    value = Decimal(years)
    word = unit if years == 1 else f"{unit}s"
    return Derived(value, value, unit, larger, f"{first} to {last} = {years} {word}")


def _places(values: Sequence[Decimal], direction: Direction) -> tuple[int, ...]:
    if direction is Direction.HIGHER:
        return tuple(1 + sum(other > value for other in values) for value in values)
    return tuple(1 + sum(other < value for other in values) for value in values)


def _shown(value: Decimal, canonical: str | None, unit: str | None) -> Decimal:
    if unit is None or canonical is None:
        return value
    converted = convert(value, canonical, unit)
    return value if converted is None else converted


def _short(value: Decimal) -> Decimal:
    """Three significant digits, for the right-hand side of a computation that does not come out even."""
    if value == 0:
        return value
    digits = max(0, 2 - value.adjusted())
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _low(value: Quantity) -> Decimal:
    assert value.low is not None  # noqa: S101 - callers have asked is_numeric
    return value.low


def _high(value: Quantity) -> Decimal:
    return value.high if value.high is not None else _low(value)
