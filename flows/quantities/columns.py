"""The unit of a value under a column that has one: a bare number takes it, a stated unit wins and may be in conflict."""

from __future__ import annotations

from decimal import Decimal

from flows.quantities.patterns import lazy
from flows.quantities.reading import RATIO, Measure
from flows.quantities.unit_rates import is_currency
from flows.quantities.unit_reading import named_unit, unit_at
from flows.quantities.unit_table import COUNT, Unit

_UNIT_IN_BRACKETS = lazy(r" ?\(([^()0-9]{1,30})\)")
_PLURAL = lazy(r"\+? (?:[A-Za-z][\w.-]* ){0,2}([a-z]{3,}s)(?![a-z])")
_DIGITS = lazy(r"[~$€£]?[0-9.,]+")


def unit_of(text: str, measure: Measure, column: Unit | None) -> tuple[Unit | None, bool]:
    """The unit of the value, and whether it differs from the column's."""
    stated = measure.unit
    if stated is None:
        stated = _bracketed_unit(text, measure)
    if column is None:
        return stated, False
    if stated is None or (stated.id == "1" and stated.factor == 1):
        return _from_column(text, measure, stated, column)
    if stated.id == column.id:
        return stated, stated.factor * column.divisor != column.factor * stated.divisor and not is_currency(stated)
    if stated.id.startswith(column.id + "/") and stated.dimension == stated.id and not is_currency(column):
        # "4 KB/req" under KB: what it is per narrows the value and changes no unit.
        bare = Unit(column.id, stated.factor, column.dimension, stated.divisor)
        return bare, bare.factor * column.divisor != column.factor * bare.divisor
    if is_currency(stated) and column.id.startswith(stated.id + "/"):
        return column, False
    if stated is RATIO and column is COUNT:
        return stated, False
    return stated, True


def _from_column(text: str, measure: Measure, stated: Unit | None, column: Unit) -> tuple[Unit | None, bool]:
    """A bare or counted number under a column unit."""
    noun = stated is not None or _counted_noun(text, measure.end)
    if column.scale != 1:
        if measure.scaled:
            same = Unit(column.id, column.factor / column.scale, column.dimension, column.divisor)
            return same, _scale_of(measure, text) != column.scale
        if noun:
            return Unit(column.id, column.factor / column.scale, column.dimension, column.divisor), True
        return column, False
    if column.id == "1" or (stated is None):
        return column, False
    return stated, True


def _bracketed_unit(text: str, measure: Measure) -> Unit | None:
    """ "300 (seconds)"."""
    match = _UNIT_IN_BRACKETS.match(text, measure.end)
    if match is None:
        return None
    found = unit_at(match.group(1).strip(), 0)
    if found is None or found.end != len(match.group(1).strip()) or found.unit.id == "1":
        return None
    return found.unit


def _counted_noun(text: str, end: int) -> bool:
    """Whether the word behind a number is a plural noun that says what is counted."""
    match = _PLURAL.match(text, end)
    return match is not None and not match.group(1).endswith("ss") and named_unit(match.group(1)) in (None, COUNT)


def _scale_of(measure: Measure, text: str) -> Decimal:
    """The scale word that a number was written with."""
    bare = _DIGITS.match(text, measure.start)
    if bare is None or measure.written_low == 0:
        return Decimal(1)
    digits = bare.group().strip("~$€£,.").replace(",", "")
    try:
        return (measure.written_low / Decimal(digits)).normalize()
    except ArithmeticError:
        return Decimal(1)
