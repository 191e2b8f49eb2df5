"""Ranges and spreads: the second number, and how both ends share unit, scale and currency."""

from __future__ import annotations

from flows.quantities.money import currency_at
from flows.quantities.numerals import Numeral, digits_at, scaled
from flows.quantities.patterns import lazy
from flows.quantities.reading import Measure, Reading, in_canonical, letter_follows, numeral_at
from flows.quantities.unit_behind import read_plus, read_unit
from flows.quantities.unit_rates import is_currency
from flows.quantities.unit_reading import UnitMatch
from flows.quantities.unit_table import ONE, Unit

_JOINT = lazy(
    r"-to-(?=[0-9])|[ \u00a0]?(?:-|–|—|‒|−|~|\.\.\.?|…|〜)[ \u00a0]?|[ \u00a0]+(?:to|through|till|until|or|up to)[ \u00a0]+"
)


_AND = lazy(r"[ \u00a0]+(?:and|to|-)[ \u00a0]+|-")


_SPREAD = lazy(r" ?(?:±|\+/-|\+-|\+/−) ?")


#: Behind any of these, or the end of the text (""), no second number belongs to the first.
_ENDS = ",;:)!?"
_INNER_HEDGE = lazy(r"~ ?|about |around ")


def read_range(text: str, measure: Measure, first: Numeral, money: UnitMatch | None, reading: Reading) -> None:
    """Read "- 20 ms" behind "10", giving both ends one unit and one scale."""
    if text[measure.end : measure.end + 1] in _ENDS:
        return
    spread = _SPREAD.match(text, measure.end)
    if spread is not None and _read_spread(text, measure, spread.end(), reading):
        return
    joint = (_AND if reading.between else _JOINT).match(text, measure.end)
    if joint is None:
        return
    position = joint.end()
    word = joint.group().strip().strip("-") or joint.group().strip()
    if word == "-" and joint.group() == " -" and text[position : position + 1].isdigit() is False:
        return
    hedge = _INNER_HEDGE.match(text, position)
    if hedge is not None:
        position = hedge.end()
    second_money = currency_at(text, position)
    if second_money is not None:
        if money is not None and second_money.unit is not money.unit:
            return
        position = second_money.end
    if text[position : position + 1] in ("-", "−") and text[position + 1 : position + 2].isdigit():
        negative = True
        position += 1
    else:
        negative = False
    second = numeral_at(text, position, money is not None or second_money is not None, reading)
    if second is None or (word not in ("to", "or", "and", "through") and second.spelled != first.spelled):
        return
    if negative:
        second.value = -second.value
    if second_money is not None and money is None and (measure.unit is not None or word in ("or", "and")):
        return
    other = Measure(
        position,
        second.end,
        second.value,
        second.value,
        None,
        second.value,
        second.value,
        second.resolution,
        second.end,
        spelled=second.spelled,
        fraction=second.fraction,
    )
    read_plus(text, other)
    if money is None and second_money is None:
        read_unit(text, other, reading)
    elif second_money is not None:
        other.unit = second_money.unit
    else:
        other.unit = money.unit if money is not None else None
    _join(text, measure, first, other, second, word)


def _join(text: str, measure: Measure, first: Numeral, other: Measure, second: Numeral, word: str) -> None:
    if not _may_join(text, measure, first, other, second, word):
        return
    low, high = first.value, second.value
    low_resolution = first.resolution
    if first.scale == 1 and second.scale != 1 and low <= high / second.scale:
        low, low_resolution = low * second.scale, low_resolution * second.scale
    elif (
        second.scale == 1
        and first.scale != 1
        and measure.unit is None
        and first.value / first.scale < high < first.value
    ):
        high = high * first.scale
    if _degrees(measure, other):
        measure.unit = other.unit
    unit = other.unit or measure.unit
    if measure.unit is not None and other.unit is not None and measure.unit != other.unit:
        if measure.unit.id != other.unit.id:
            return
        # "1 day - 2 weeks": both ends in the canonical unit, where they are exact.
        low, high = in_canonical(low, measure.unit), in_canonical(high, other.unit)
        resolution = min(in_canonical(low_resolution, measure.unit), in_canonical(second.resolution, other.unit))
        low_resolution = second.resolution = resolution
        unit = Unit(other.unit.id, ONE, other.unit.dimension)
    if low > high:
        return
    measure.low, measure.high = low, high
    measure.written_low, measure.written_high = low, high
    measure.resolution = (
        max(low_resolution, second.resolution) if second.scale == 1 else min(low_resolution, second.resolution)
    )
    measure.unit = unit
    measure.number_end, measure.end = other.number_end, other.end
    measure.bound = other.bound
    measure.scaled = measure.scaled or second.scale != 1
    if other.unit_end:
        measure.unit_start, measure.unit_end = other.unit_start, other.unit_end


def _may_join(text: str, measure: Measure, first: Numeral, other: Measure, second: Numeral, word: str) -> bool:
    if measure.bound is not None:
        return False
    if letter_follows(text, other.end) and other.unit is None:
        return False
    if word == "or":
        # "1 or 2 weeks" is a range, "500 or 6000" names two things.
        return (
            measure.unit is None
            and first.value < second.value <= first.value * 3 + 1
            and second.value <= 100
            and first.scale == second.scale
        )
    if measure.unit is not None and other.unit is None:
        return word in ("-", "–", "—", "~", "−", "‒") and is_currency(measure.unit)
    if measure.unit is None or other.unit is None or measure.unit.id == other.unit.id:
        return True
    return _degrees(measure, other)


def _degrees(measure: Measure, other: Measure) -> bool:
    """Whether the first end has the bare sign of the second's temperature: "30°–95°C"."""
    if measure.unit is None or other.unit is None:
        return False
    return measure.unit.id == "degree" and other.unit.dimension == "temperature"


def _read_spread(text: str, measure: Measure, position: int, reading: Reading) -> bool:
    """ "12.3 ± 0.4 ms": in prose the interval, in a cell the middle."""
    second = digits_at(text, position)
    if second is None:
        return False
    second = scaled(second, text, byte_letters=reading.byte_letters, kelvin=reading.kelvin)
    other = Measure(
        position,
        second.end,
        second.value,
        second.value,
        None,
        second.value,
        second.value,
        second.resolution,
        second.end,
    )
    read_unit(text, other, reading)
    if measure.unit is not None and other.unit is not None and measure.unit.id != other.unit.id:
        return False
    if not reading.cell:
        width = second.value
        if measure.unit is not None and other.unit is not None and measure.unit != other.unit:
            width = width * other.unit.factor / measure.unit.factor
        measure.low, measure.high = measure.low - width, measure.high + width
        measure.written_low, measure.written_high = measure.low, measure.high
    measure.unit = measure.unit or other.unit
    measure.end = other.end
    measure.spread = True
    if other.unit_end:
        measure.unit_start, measure.unit_end = other.unit_start, other.unit_end
    return True
