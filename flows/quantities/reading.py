"""How a quantity is being read and what has been read of it so far: the number, before its unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from flows.quantities.number_words import words_at
from flows.quantities.numerals import Numeral, digits_at, scaled
from flows.quantities.patterns import lazy
from flows.quantities.unit_table import FOLDED, ONE, Unit
from schemas.quantity import Bound

RATIO = FOLDED["ratio"]


@dataclass(slots=True)
class Measure:
    """What stands at one place: values in the unit as written, and the unit. `unit` None is a number without one."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: Unit | None
    written_low: Decimal
    written_high: Decimal
    resolution: Decimal
    number_end: int
    unit_start: int = 0
    unit_end: int = 0
    bound: Bound | None = None
    spelled: bool = False
    fraction: bool = False
    scaled: bool = False
    spread: bool = False
    compound: bool = False
    #: End of the currency sign before the number; 0 without one.
    sign_end: int = 0


@dataclass(slots=True)
class Reading:
    """How to read: in a cell or in prose, and under which column unit."""

    cell: bool
    column: Unit | None = None
    between: bool = False
    #: Whether K, M, G behind a number are sizes, K is a temperature, m is a minute: asked for every number.
    byte_letters: bool = field(init=False, default=False)
    kelvin: bool = field(init=False, default=False)
    minutes: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        if self.column is not None:
            self.byte_letters = self.column.id in ("byte", "byte/s")
            self.kelvin = self.column.dimension == "temperature"
            self.minutes = self.column.dimension in ("time", "calendar_time")


PROSE = Reading(cell=False)


_GOES_ON_IN_WORDS = lazy(
    r"[ -]and[ -]a[ -]|(?<![0-9]) and (?:one|two|three|four|five|six|seven|eight|nine) [a-z]+(?:th|ird|rd|ter)s?(?![a-z])|(?<=[0-9]) and (?:one|two|three|four|five|six|seven|eight|nine) (?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?(?![a-z])"
)


def numeral_at(text: str, position: int, money: bool, reading: Reading) -> Numeral | None:
    character = text[position : position + 1]
    if character.isalpha() and character.isascii():
        return words_at(text, position, conjunction=not reading.between)
    numeral = (_comma_decimal(text, position, money) if reading.cell else None) or digits_at(text, position)
    if numeral is None:
        return None
    numeral = scaled(numeral, text, money=money, byte_letters=reading.byte_letters, kelvin=reading.kelvin)
    if numeral.scale >= 100:
        # "4 thousand 3 hundred and 21", "3 million and a quarter"
        longer = (
            words_at(text, position)
            if text[numeral.end : numeral.end + 1] == " " and text[numeral.end - 1].islower()
            else None
        )
        if longer is not None and longer.end > numeral.end:
            return longer
    elif _GOES_ON_IN_WORDS.match(text, numeral.end):
        longer = words_at(text, position)
        if longer is not None and longer.end > numeral.end:
            return longer
    return numeral


_COMMA_DECIMAL = lazy(r"([0-9]{1,3}(?:\.[0-9]{3})*),([0-9]{1,2})(?![0-9])(?=[ \u00a0]?[A-Za-z%€µ])")


#: "€1.999,00", "€9,99": behind a currency sign two digits after the comma are cents, whatever follows.
_CENTS = lazy(r"([0-9]{1,3}(?:\.[0-9]{3})*),([0-9]{2})(?![0-9,.])")


def _comma_decimal(text: str, position: int, money: bool) -> Numeral | None:
    """ "1,5 GB", "1.234,56 €": a decimal comma, which only a unit behind two digits or fewer gives away."""
    match = _COMMA_DECIMAL.match(text, position) or (_CENTS.match(text, position) if money else None)
    if match is None:
        return None
    value = Decimal(f"{match.group(1).replace('.', '')}.{match.group(2)}")
    return Numeral(value, Decimal(1).scaleb(-len(match.group(2))), position, match.end())


def letter_follows(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return following.isalnum() or following == "_"


def in_canonical(value: Decimal, unit: Unit | None) -> Decimal:
    """`value`, written in `unit`, in the canonical unit. Equal values come out with equal digits ("20.0" as "20")."""
    if unit is not None and unit.factor is not ONE:
        value = value * unit.factor
    if unit is not None and unit.divisor is not ONE:
        value = value / unit.divisor
    value = value.normalize()
    # Only "2E+1" changes: a whole number without an exponent is quantized to itself.
    return value.quantize(ONE) if abs(value) < _MOST and value == value.to_integral_value() else value


#: Larger numbers keep their exponent: `quantize` would run out of digits.
_MOST = Decimal(10) ** 27


def written_unit(text: str, measure: Measure) -> tuple[str | None, tuple[int, int] | None]:
    """The unit as written beside the number ("min", "$/month", "$ per user"), and the span of its main part."""
    if not measure.unit_end or measure.unit is None:
        return None, None
    if measure.compound:
        return measure.unit.id, (measure.unit_start, measure.unit_end)
    if measure.sign_end:
        sign = text[measure.unit_start : measure.sign_end].strip()
        behind = text[measure.number_end : measure.end].lstrip("+ ") if measure.unit_end > measure.sign_end else ""
        joint = " " if behind[:1].isalpha() else ""
        return f"{sign}{joint}{behind}", (measure.unit_start, measure.sign_end)
    return text[measure.unit_start : measure.unit_end].strip(), (measure.unit_start, measure.unit_end)
