"""Amounts: two values in one unit, and a value as the line of a computation writes it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from flows.check.sheet import Cell
from flows.check.stated import Hedge, Stated
from flows.quantities.units import convert, lookup, same_dimension

_D = Decimal
_PLAIN = Hedge.PLAIN


#: The seconds of a year and of a month.
_CALENDAR = {"year": _D(86400) * _D("365.25"), "month": _D(86400) * _D("365.25") / 12}


def calendar(unit: str | None, want: str | None) -> bool:
    """Whether one unit counts days and the other months: "three months" for 90 days is right, and no exact conversion."""
    return (unit == "s" and want in _CALENDAR) or (unit in _CALENDAR and want == "s")


@lru_cache(maxsize=4096)
def _factor(unit: str, want: str) -> Decimal | None:
    if unit == want or "1" in (unit, want):
        return _D(1)
    if {unit, want} == {"percent", "pp"}:
        return _D(1)
    if unit == "year-date" or want == "year-date":
        return _D(12) if "month" in (unit, want) else _D(1)
    if calendar(unit, want):
        return _CALENDAR[unit] if want == "s" else 1 / _CALENDAR[want]
    head, other = unit.split("/")[0], want.split("/")[0]
    if head == other and "/" in unit + want and ("/" not in unit or "/" not in want):
        return _D(1)
    return convert(_D(1), unit, want) if same_dimension(unit, want) else None


def in_unit(value: Decimal, unit: str | None, want: str | None) -> Decimal:
    """`value` in another unit; unchanged where one of the units is unknown or left out."""
    if unit is None or want is None or unit == want:
        return value
    factor = _factor(unit, want)
    return value if factor is None else value * factor


def plain(value: Decimal) -> str:
    """A number for a computation line: at most four significant decimals, thousands grouped."""
    if value.is_infinite():
        return "infinity"
    rounded = round(value, 4) if abs(value) < 1 else round(value, 2)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(cell: Cell) -> Decimal:
    """What turns a canonical value into the unit that the cell writes: 1,000 for "20 ms", whose canonical unit is the second."""
    unit = cell.quantity.written_unit
    if unit is not None:
        return scale_of(unit)
    value, shown = cell.low, cell.quantity.written_low
    bare = cell.raw.strip("~<>=+ ").replace(",", "").replace(".", "").isdigit()
    return shown / value if bare and value and shown else _D(1)


@lru_cache(maxsize=1024)
def scale_of(unit: str) -> Decimal:
    found = lookup(unit)
    return 1 / found.factor if found is not None and found.factor else _D(1)


def said_of(stated: Stated) -> str:
    return stated.quantity.raw[:60] if stated.hedge is _PLAIN else f"{stated.hedge} {stated.quantity.raw[:60]}"


def larger_over_smaller(one: Decimal, other: Decimal) -> Decimal | None:
    small, large = sorted((abs(one), abs(other)))
    return large / small if small else None
