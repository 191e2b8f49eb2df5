"""One quantity that begins at a known place: number, scale, range, plus sign, unit, per-part. Cells and prose share it."""

from __future__ import annotations

from decimal import Decimal

from flows.quantities.money import currency_at, read_price
from flows.quantities.number_words import words_at
from flows.quantities.numerals import digits_at
from flows.quantities.patterns import lazy
from flows.quantities.ranges import read_range
from flows.quantities.reading import PROSE, Measure, Reading, in_canonical, letter_follows, numeral_at
from flows.quantities.unit_behind import GAP, as_ratio, inches_at, read_plus, read_unit
from flows.quantities.unit_reading import unit_at
from flows.quantities.unit_table import FOLDED, ONE, Unit

_SIGN = lazy(r"[-−–+±](?=[.$€£¥]?[0-9])")


_N_TO_ONE = lazy(
    r" ?: ?1(?![0-9:]|\.[0-9])|[- ]to[- ](?:1(?![0-9.,: ])|one(?![a-z]| (?:hundred|thousand|million|billion)))"
)


_COMPOUND_GAP = lazy(r" and |[ \u00a0]?")


def measure_at(text: str, start: int, reading: Reading = PROSE) -> Measure | None:
    """The quantity that begins exactly at `start`, or None."""
    position = start
    negative = False
    digits = text[start : start + 1].isdigit()
    sign = None if digits else _SIGN.match(text, position)
    if sign is not None:
        negative = sign.group() in "-−–"
        position = sign.end()
    money = None if digits else currency_at(text, position)
    if money is not None:
        position = money.end
        inner = _SIGN.match(text, position)
        if inner is not None:
            negative = negative or inner.group() in "-−–"
            position = inner.end()
    first = numeral_at(text, position, money is not None, reading)
    if first is None:
        return None
    if negative:
        first.value = -first.value
    measure = Measure(
        start,
        first.end,
        first.value,
        first.value,
        None,
        first.value,
        first.value,
        first.resolution,
        first.end,
        spelled=first.spelled,
        fraction=first.fraction,
        scaled=first.scale != 1,
    )
    if money is not None:
        measure.unit = money.unit
        measure.unit_start, measure.unit_end, measure.sign_end = money.start, money.end, money.end
    read_plus(text, measure)
    ratio = _N_TO_ONE.match(text, first.end) if money is None and not first.fraction else None
    if ratio is not None:
        return as_ratio(measure, ratio)
    if money is None:
        read_unit(text, measure, reading)
    if not first.fraction or measure.unit is None:
        read_range(text, measure, first, money, reading)
    if money is not None:
        read_price(text, measure)
    read_plus(text, measure)
    _read_compound(text, measure)
    if reading.cell:
        _read_points_as_groups(text, measure)
    return measure


_GROUPS_OF_THREE = lazy(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+$")


def _read_points_as_groups(text: str, measure: Measure) -> None:
    """ "42.990 €" is a price in thousands: nobody writes an amount of euros, per nothing, with three decimals."""
    if measure.unit is None or measure.unit.id != "EUR" or measure.low != measure.high or measure.scaled:
        return
    digits = text[measure.sign_end or measure.start : measure.number_end].strip(" ~-−")
    if _GROUPS_OF_THREE.match(digits) is None:
        return
    sign = -1 if measure.low < 0 else 1
    measure.low = measure.high = measure.written_low = measure.written_high = sign * Decimal(digits.replace(".", ""))
    measure.resolution = ONE


def _read_compound(text: str, measure: Measure) -> None:
    """ "2m23s", "1 h 20 min", "13 dollars 45 cents", "5 ft 11 in": parts of one quantity in falling units."""
    unit = measure.unit
    if unit is None or measure.low != measure.high or measure.bound is not None or measure.fraction:
        return
    written = text[measure.unit_start : measure.unit_end]
    if unit.id == "m" and written == "m":
        unit = FOLDED["min"]
    if unit.id not in ("s", "USD", "EUR", "year") and written not in ("ft", "feet", "foot", "'", "′", "lb", "lbs", "°"):
        return
    parts = in_canonical(measure.low, unit)
    last = unit
    end = measure.end
    for _ in range(4):
        part = _part_after(text, end, last)
        if part is None:
            break
        value, part_unit, end = part
        parts += in_canonical(value, part_unit) if part_unit.id == unit.id else value / 12  # months of a year
        last = part_unit
        measure.compound = True
    if measure.compound:
        measure.resolution = in_canonical(measure.resolution, last) if last.id == unit.id else measure.resolution / 12
        measure.unit = Unit(unit.id, ONE, unit.dimension)
        measure.low = measure.high = measure.written_low = measure.written_high = parts.normalize() + 0
        measure.end = end


def _part_after(text: str, end: int, larger: Unit) -> tuple[Decimal, Unit, int] | None:
    gap = _COMPOUND_GAP.match(text, end)
    position = gap.end() if gap is not None else end
    if text[position : position + 1].isdigit():
        number = digits_at(text, position, spaced=False)
    else:
        number = words_at(text, position) if text[position : position + 1].isalpha() else None
    if number is None or number.fraction or number.value >= 1000:
        return None
    space = GAP.match(text, number.end)
    match = unit_at(text, space.end() if space is not None else number.end)
    if match is None and larger is FOLDED["ft"]:
        match = inches_at(text, number.end, Reading(cell=True))
    if match is None or letter_follows(text, match.end):
        # "2m23s" ends the first part at a digit; "1h30" leaves the minutes out.
        return None
    unit = match.unit
    if text[match.start : match.end] == "m" and larger.id == "s":
        unit = FOLDED["min"]
    if (
        unit.id == larger.id
        and unit.factor < larger.factor
        and unit.divisor == larger.divisor
        and number.value * unit.factor < larger.factor
    ):
        return number.value, unit, match.end
    if larger.id == "year" and unit.id == "month" and larger.factor == 1 and number.value < 12:
        return number.value, unit, match.end
    return None
