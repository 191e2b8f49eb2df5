"""One quantity that begins at a known place: number, scale, range, plus sign, unit, per-part. Cells and prose share it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.quantities.numerals import Numeral, digits_at, scaled, words_at
from flows.quantities.patterns import lazy
from flows.quantities.unit_table import COUNT, FOLDED, ONE, PERIODS, Unit
from flows.quantities.units import UnitMatch, is_currency, named_unit, rate, unit_at
from schemas.quantity import Bound

RATIO = FOLDED["ratio"]
PERCENT = FOLDED["percent"]

_CURRENCY = lazy(
    r"(?P<sign>(?:[A-Z]{1,3}|[a-z]{1,3}|U\.S\. ?)? ?[$€£¥₹₩₽₺₪฿₫₱₴₦₿]|\$(?:US|AU|CA|NZ)|(?P<code>USD|EUR|GBP|CHF|INR|CAD|AUD|NZD|HKD|SGD|JPY|CNY|RMB|KRW|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR|Rs\.?|eur|usd))[ \u00a0]?(?=[0-9.+-])"
)
_LETTERED = {
    "us$",
    "u.s.$",
    "a$",
    "au$",
    "c$",
    "ca$",
    "cdn$",
    "hk$",
    "nz$",
    "s$",
    "r$",
    "nt$",
    "mx$",
    "mxn$",
    "mex$",
    "gb£",
    "cn¥",
    "jp¥",
    "us $",
    "u.s. $",
}
_SIGN = lazy(r"[-−–+±](?=[.$€£¥]?[0-9])")
_JOINT = lazy(
    r"[ \u00a0]?(?:-|–|—|‒|−|~|\.\.\.?|…|〜)[ \u00a0]?|[ \u00a0]+(?:to|through|till|until|or|up to)[ \u00a0]+|-to-(?=[0-9])"
)
_AND = lazy(r"[ \u00a0]+(?:and|to|-)[ \u00a0]+|-")
_GAP = lazy(r"[ \u00a0\u202f]{0,2}")
_PLUS = lazy(r"[ \u00a0]?\+(?![0-9\w+]|/ ?[-−]|-[0-9])")
_RATIO = lazy(
    r"[ \u00a0]?[x×X✕](?![A-Za-z0-9×]|[ \u00a0][0-9])|[ -]?fold(?![a-z])|[ -]times(?![a-z])(?! ?(?:/|per |a day|a week|a month|a year|a minute|an hour|a second|each|every|since|in \b))"
)
_N_TO_ONE = lazy(
    r" ?: ?1(?![0-9:]|\.[0-9])|[- ]to[- ](?:1(?![0-9.,: ])|one(?![a-z]| (?:hundred|thousand|million|billion)))"
)
_SPREAD = lazy(r" ?(?:±|\+/-|\+-|\+/−) ?")
_OF_UNIT = lazy(r" (?:of )?an? |[ -]")
_COMPOUND_GAP = lazy(r" and |[ \u00a0]?")
#: "2m23s", "1h30m", "5'11": a unit that the next part of a compound follows at once.
_SMALLER_FOLLOWS = lazy(r" [0-9]{1,2} ?(?:h|hr|m|min|s|sec)(?![A-Za-z])")
_PART_FOLLOWS = lazy(r"(?:[dhm]|hr?s?|min|'|′|ft)[0-9]{1,2}(?:\.[0-9]+)? ?(?:h|m|s|ms|min|sec|in|\"|″)(?![A-Za-z])")
_INNER_HEDGE = lazy(r"~ ?|about |around ")
_WORD_PART_LETTERS = {"m": "60", "M": "60"}


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


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: in a cell or in prose, and under which column unit."""

    cell: bool
    column: Unit | None = None
    between: bool = False

    @property
    def byte_letters(self) -> bool:
        """Whether K, M, G behind a number are sizes."""
        return self.column is not None and self.column.id in ("byte", "byte/s")

    @property
    def kelvin(self) -> bool:
        """Whether K is a temperature."""
        return self.column is not None and self.column.dimension == "temperature"

    @property
    def minutes(self) -> bool:
        """Whether m is a minute."""
        return self.column is not None and self.column.dimension in ("time", "calendar_time")


PROSE = Reading(cell=False)


def currency_at(text: str, start: int) -> UnitMatch | None:
    """The currency sign or code at `start` that a number follows."""
    match = _CURRENCY.match(text, start)
    if match is None:
        return None
    sign = match["sign"]
    name = sign.replace(" ", "")
    if sign[:2].lower() in ("a ", "s "):
        return None  # the article, a genitive
    unit = named_unit(name)
    if unit is None and name.lower() in _LETTERED:
        unit = named_unit(name.lower())
    if unit is None and name[0] == "$":
        unit = named_unit(f"{name[1:]}$")
    if unit is None or not is_currency(unit):
        return None
    return UnitMatch(unit, start, match.end())


def measure_at(text: str, start: int, reading: Reading = PROSE) -> Measure | None:
    """The quantity that begins exactly at `start`, or None."""
    position = start
    negative = False
    sign = _SIGN.match(text, position)
    if sign is not None:
        negative = sign.group() in "-−–"
        position = sign.end()
    money = currency_at(text, position)
    if money is not None:
        position = money.end
        inner = _SIGN.match(text, position)
        if inner is not None:
            negative = negative or inner.group() in "-−–"
            position = inner.end()
    first = _numeral(text, position, money is not None, reading)
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
    _read_plus(text, measure)
    ratio = _N_TO_ONE.match(text, first.end) if money is None and not first.fraction else None
    if ratio is not None:
        return _as_ratio(measure, ratio)
    if money is None:
        _read_unit(text, measure, reading)
    if not first.fraction or measure.unit is None:
        _read_range(text, measure, first, money, reading)
    if money is not None:
        _read_price(text, measure)
    _read_plus(text, measure)
    _read_compound(text, measure)
    return measure


_GOES_ON_IN_WORDS = lazy(
    r"[ -]and[ -]a[ -]|(?<![0-9]) and (?:one|two|three|four|five|six|seven|eight|nine) [a-z]+(?:th|ird|rd|ter)s?(?![a-z])|(?<=[0-9]) and (?:one|two|three|four|five|six|seven|eight|nine) (?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?(?![a-z])"
)


def _numeral(text: str, position: int, money: bool, reading: Reading) -> Numeral | None:
    character = text[position : position + 1]
    if character.isalpha() and character.isascii():
        return words_at(text, position, conjunction=not reading.between)
    numeral = (_comma_decimal(text, position) if reading.cell else None) or digits_at(text, position)
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


def _comma_decimal(text: str, position: int) -> Numeral | None:
    """ "1,5 GB", "1.234,56 €": a decimal comma, which only a unit behind two digits or fewer gives away."""
    match = _COMMA_DECIMAL.match(text, position)
    if match is None:
        return None
    value = Decimal(f"{match.group(1).replace('.', '')}.{match.group(2)}")
    return Numeral(value, Decimal(1).scaleb(-len(match.group(2))), position, match.end())


def _read_plus(text: str, measure: Measure) -> None:
    plus = _PLUS.match(text, measure.end)
    if plus is not None and measure.bound is None and not _sum_follows(text, plus.end()):
        measure.bound = Bound.AT_LEAST
        measure.end = plus.end()


def _sum_follows(text: str, position: int) -> bool:
    """Whether the plus sign adds something: "128 GB + 64 GB"."""
    following = text[position : position + 2].strip()[:1]
    return following.isdigit() or following in tuple("$€£")


def _as_ratio(measure: Measure, match: re.Match[str]) -> Measure:
    measure.unit = RATIO
    measure.unit_start, measure.unit_end, measure.end = match.start(), match.end(), match.end()
    return measure


def _read_unit(text: str, measure: Measure, reading: Reading) -> None:
    """Read the unit behind the number, if one stands there."""
    if measure.fraction:
        _unit_of_fraction(text, measure)
        return
    ratio = _RATIO.match(text, measure.end)
    if ratio is not None:
        _as_ratio(measure, ratio)
        return
    letter = _COLUMN_LETTER.match(text, measure.end) if reading.byte_letters or reading.kelvin else None
    if letter is not None and (reading.byte_letters or letter.group(1) == "K"):
        measure.unit = FOLDED[f"{letter.group(1).lower()}b" if reading.byte_letters else "kelvin"]
        measure.unit_start, measure.unit_end, measure.end = letter.start(1), letter.end(), letter.end()
        return
    gap = _GAP.match(text, measure.end)
    position = gap.end() if gap is not None else measure.end
    hyphen = text[position : position + 1] == "-" and text[position + 1 : position + 2].isalpha()
    if hyphen:
        position += 1
    match = unit_at(text, position)
    if match is None or not _fits(text, measure, match, position - measure.end, hyphen, reading):
        match = (
            _bare_rate(text, measure.end)
            or _inches(text, measure.end, reading)
            or _small_degrees(text, measure, reading)
        )
        if match is None:
            return
    unit = match.unit
    word = text[match.start : match.end]
    if word == "m" and not reading.cell and _counted_follows(text, match.end):
        _in_millions(measure, match.end)
        return
    if reading.minutes and word in _WORD_PART_LETTERS:
        unit = FOLDED["min"]
    measure.unit = unit
    measure.unit_start, measure.unit_end, measure.end = match.start, match.end, match.end


#: "512M" under a column of sizes, "300 K" under one of temperatures.
_COLUMN_LETTER = lazy(r"[ \u00a0]?([KMGTk])(?![A-Za-z0-9/])")
_BARE_RATE = lazy(r"(?: ?/ ?| per | an? )([A-Za-z]+)(?![A-Za-z-])")
_INCHES_IN_PROSE = lazy(r"(in)(?![A-Za-z0-9-])|[ \u00a0](in\.)(?=$| [a-z]|,)")
_SMALL_DEGREES = lazy(r"[ \u00a0]([cf])(?=$|[ ]?[,.;!?)])")
_INCHES = lazy(r"[ \u00a0]?(in)(?=$|[ \u00a0]?[(,;/])")


def _small_degrees(text: str, measure: Measure, reading: Reading) -> UnitMatch | None:
    """ "115 f." """
    match = _SMALL_DEGREES.match(text, measure.end) if not reading.cell and not measure.spelled else None
    return (
        None
        if match is None
        else UnitMatch(FOLDED["degc" if match.group(1) == "c" else "degf"], match.start(1), match.end())
    )


def _bare_rate(text: str, end: int) -> UnitMatch | None:
    """ "5/month", "3 per week": a count over a period that names nothing."""
    match = _BARE_RATE.match(text, end)
    if match is None:
        return None
    unit = rate(COUNT, (match.group(1).lower(),)) if match.group(1).lower() in PERIODS else None
    return None if unit is None else UnitMatch(unit, match.start(), match.end())


def _inches(text: str, end: int, reading: Reading) -> UnitMatch | None:
    """ "in" is an inch in a cell, and in prose where it touches the number or is abbreviated with a dot."""
    match = (_INCHES if reading.cell else _INCHES_IN_PROSE).match(text, end)
    return None if match is None else UnitMatch(FOLDED["inch"], match.start(1), match.end())


_NEXT_NOUN = lazy(r" ([a-z]+)")
_PEOPLE = {
    "people",
    "workers",
    "households",
    "jobs",
    "homes",
    "barrels",
    "passengers",
    "vehicles",
    "cars",
    "units",
    "copies",
    "viewers",
    "visitors",
    "subscribers",
    "residents",
    "voters",
    "students",
    "children",
    "women",
    "men",
}


def _counted_follows(text: str, end: int) -> bool:
    """Whether the letter m stands for million: "1.5m people"."""
    noun = _NEXT_NOUN.match(text, end)
    return noun is not None and (
        noun.group(1) in _PEOPLE or (noun.group(1).endswith("s") and FOLDED.get(noun.group(1)) is COUNT)
    )


def _in_millions(measure: Measure, end: int) -> None:
    million = Decimal(10**6)
    measure.low = measure.high = measure.written_low = measure.written_high = measure.low * million
    measure.resolution *= million
    measure.end = measure.number_end = end
    measure.scaled = True


def _unit_of_fraction(text: str, measure: Measure) -> None:
    """ "half a second", "two thirds of a millisecond", "half-second", "a quarter mile": a share of one unit."""
    joint = _OF_UNIT.match(text, measure.end)
    if joint is None:
        return
    match = unit_at(text, joint.end())
    if match is None or match.unit.dimension in ("ratio",) or match.unit is COUNT or _letter_follows(text, match.end):
        return
    if match.end - match.start < 2 or (
        joint.group() in (" ", "-")
        and match.unit.dimension not in ("time", "calendar_time", "length", "mass", "volume", "percent", "points")
    ):
        return
    measure.unit = match.unit
    measure.unit_start, measure.unit_end, measure.end = match.start, match.end, match.end


def _letter_follows(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return following.isalnum() or following == "_"


#: Letters that are units only right behind the digits, or in a cell.
_DECADE = lazy(r"(?:1[0-9]|20)[0-9]0$")
_CLOSE_SIZES = {"Ki", "Mi", "Gi", "Ti", "Pi"}
_CLOSE_ONLY = {"d", "h", "t", "l", "N", "J", "T", "R", "y", "S", "H", "B", "x", "PS", "cv", "CV", "L", "Ma"}


def _fits(text: str, measure: Measure, match: UnitMatch, distance: int, hyphen: bool, reading: Reading) -> bool:
    """Whether the name found behind a number really is its unit there."""
    word = text[match.start : match.end]
    if (
        _letter_follows(text, match.end)
        and word[-1] not in "%°"
        and not (distance <= 1 and _PART_FOLLOWS.match(text, match.start))
    ):
        return False
    if word in _CLOSE_SIZES and distance:
        return False  # "GTX 1080 Ti"
    if word in "\"″”'′":
        return _is_inch_mark(text, measure, word, distance, reading)
    if word in ("$", "£", "€", "¥"):
        return distance <= 1 and (reading.cell or not text[match.end : match.end + 2].strip()[:1].isdigit())
    if len(word) == 1 and word.isalpha():
        return _letter_fits(text, measure, match, word, distance, hyphen, reading)
    if hyphen:
        # "3-second", "256-bit", but not "4-core" or "8-speed": those name a thing.
        return match.unit.id != "1" or not reading.cell
    return True


def _letter_fits(
    text: str, measure: Measure, match: UnitMatch, word: str, distance: int, hyphen: bool, reading: Reading
) -> bool:
    if measure.spelled or hyphen:
        return False
    if (
        word in _CLOSE_ONLY
        and distance
        and not reading.cell
        and not (word in "dhH" and _SMALLER_FOLLOWS.match(text, match.end))
    ):
        return False
    if word in "CFAVWKNJTR" and distance and not reading.cell and text[match.end : match.end + 2][1:2].isupper():
        return False
    if word == "s" and _DECADE.match(text[measure.start : measure.number_end]):
        return False  # "the 1990s"
    return not (word == "d" and text[measure.start : measure.number_end] in ("2", "3"))


def _is_inch_mark(text: str, measure: Measure, word: str, distance: int, reading: Reading) -> bool:
    if distance > 1 or measure.scaled:
        return False
    if reading.cell:
        return True
    if word in "'′" and _PART_FOLLOWS.match(text, measure.end):
        return True
    if word in "'′":
        return (
            distance == 0
            and not text[measure.end + 1 : measure.end + 2].isalnum()
            and text[max(0, measure.start - 200) : measure.start].count("'") % 2 == 0
        )
    # A quotation that ends with a number is no length.
    return text[max(0, measure.start - 200) : measure.start].count('"') % 2 == 0


def _read_range(text: str, measure: Measure, first: Numeral, money: UnitMatch | None, reading: Reading) -> None:
    """Read "- 20 ms" behind "10", giving both ends one unit and one scale."""
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
    second = _numeral(text, position, money is not None or second_money is not None, reading)
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
    _read_plus(text, other)
    if money is None and second_money is None:
        _read_unit(text, other, reading)
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
    unit = other.unit or measure.unit
    if measure.unit is not None and other.unit is not None and measure.unit != other.unit:
        if measure.unit.id != other.unit.id:
            return
        low = low * measure.unit.factor * other.unit.divisor / (measure.unit.divisor * other.unit.factor)
        low_resolution = (
            low_resolution * measure.unit.factor * other.unit.divisor / (measure.unit.divisor * other.unit.factor)
        )
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
    if _letter_follows(text, other.end) and other.unit is None:
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
    return not (measure.unit is not None and other.unit is not None and measure.unit.id != other.unit.id)


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
    _read_unit(text, other, reading)
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


_SECOND_PRICE = lazy(r"(?: in| input)? ?/ ?[$€£¥][0-9]+(?:\.[0-9]+)?(?: out| output)?")
_CODE_BEHIND = lazy(r"[ \u00a0]?(USD|EUR|GBP|CAD|AUD|NZD|SGD|HKD|MXN|U\.S\.|US)(?![A-Za-z])")


def _read_price(text: str, measure: Measure) -> None:
    """What follows an amount of money: its code, "+", and what it is per."""
    unit = measure.unit
    if unit is None:
        return
    code = _CODE_BEHIND.match(text, measure.end)
    if code is not None:
        named = named_unit(
            code.group(1).replace("U.S.", "USD").replace("US", "USD") if "USD" not in code.group(1) else "USD"
        )
        unit = named or unit
        measure.unit = unit
        measure.end = code.end()
    _read_plus(text, measure)
    match = unit_at(text, measure.end, money=unit)
    if match is None:
        # "$3 / $15 per 1M tokens": the second price says what the first is per.
        second = _SECOND_PRICE.match(text, measure.end)
        shared = unit_at(text, second.end(), money=unit) if second is not None else None
        if shared is not None:
            measure.unit = shared.unit
    else:
        measure.unit = match.unit
        measure.unit_end = match.end
        measure.end = match.end


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
    space = _GAP.match(text, number.end)
    match = unit_at(text, space.end() if space is not None else number.end)
    if match is None and larger is FOLDED["ft"]:
        match = _inches(text, number.end, Reading(cell=True))
    if match is None or _letter_follows(text, match.end):
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


def in_canonical(value: Decimal, unit: Unit | None) -> Decimal:
    """`value`, written in `unit`, in the canonical unit. Equal values come out with equal digits ("20.0" as "20")."""
    if unit is not None and unit.factor is not ONE:
        value = value * unit.factor
    if unit is not None and unit.divisor is not ONE:
        value = value / unit.divisor
    value = value.normalize()
    return value.quantize(ONE) if _tens(value) and abs(value) < _MOST else value


#: Larger numbers keep their exponent: `quantize` would run out of digits.
_MOST = Decimal(10) ** 27


def _tens(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent > 0


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
