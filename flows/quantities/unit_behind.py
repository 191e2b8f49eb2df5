"""The unit behind a number, and the plus sign: which of the names that stand there really is its unit."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.quantities.patterns import lazy
from flows.quantities.reading import RATIO, Measure, Reading, letter_follows
from flows.quantities.unit_rates import rate
from flows.quantities.unit_reading import UnitMatch, unit_at
from flows.quantities.unit_table import COUNT, FOLDED, PERIODS
from schemas.quantity import Bound

GAP = lazy(r"[ \u00a0\u202f]{0,2}")


_PLUS = lazy(r"[ \u00a0]?\+(?![0-9\w+]|/ ?[-−]|-[0-9])")


_RATIO = lazy(
    r"[ \u00a0]?[x×X✕](?![A-Za-z0-9×]|[ \u00a0][0-9])|[ -]?fold(?![a-z])|[ -]times(?![a-z])(?! ?(?:/|per |a day|a week|a month|a year|a minute|an hour|a second|each|every|since|in \b))"
)


_OF_UNIT = lazy(r" (?:of )?an? |[ -]")


#: "2m23s", "1h30m", "5'11": a unit that the next part of a compound follows at once.
_SMALLER_FOLLOWS = lazy(r" [0-9]{1,2} ?(?:h|hr|m|min|s|sec)(?![A-Za-z])")


_PART_FOLLOWS = lazy(r"(?:[dhm]|hr?s?|min|'|′|ft)[0-9]{1,2}(?:\.[0-9]+)? ?(?:h|m|s|ms|min|sec|in|\"|″)(?![A-Za-z])")


_WORD_PART_LETTERS = {"m": "60", "M": "60"}


def read_plus(text: str, measure: Measure) -> None:
    if "+" not in text[measure.end : measure.end + 2]:
        return
    plus = _PLUS.match(text, measure.end)
    if plus is not None and measure.bound is None and not _sum_follows(text, plus.end()):
        measure.bound = Bound.AT_LEAST
        measure.end = plus.end()


def _sum_follows(text: str, position: int) -> bool:
    """Whether the plus sign adds something: "128 GB + 64 GB"."""
    following = text[position : position + 2].strip()[:1]
    return following.isdigit() or following in tuple("$€£")


def as_ratio(measure: Measure, match: re.Match[str]) -> Measure:
    measure.unit = RATIO
    measure.unit_start, measure.unit_end, measure.end = match.start(), match.end(), match.end()
    return measure


def read_unit(text: str, measure: Measure, reading: Reading) -> None:
    """Read the unit behind the number, if one stands there."""
    if measure.fraction:
        _unit_of_fraction(text, measure)
        return
    ratio = _RATIO.match(text, measure.end)
    if ratio is not None and ratio.group() == "X" and measure.low >= 1000:
        return  # "Ryzen 9 7950X"
    if ratio is not None:
        as_ratio(measure, ratio)
        return
    letter = _COLUMN_LETTER.match(text, measure.end) if reading.byte_letters or reading.kelvin else None
    if letter is not None and (reading.byte_letters or letter.group(1) == "K"):
        measure.unit = FOLDED[f"{letter.group(1).lower()}b" if reading.byte_letters else "kelvin"]
        measure.unit_start, measure.unit_end, measure.end = letter.start(1), letter.end(), letter.end()
        return
    gap = GAP.match(text, measure.end)
    position = gap.end() if gap is not None else measure.end
    hyphen = text[position : position + 1] == "-" and text[position + 1 : position + 2].isalpha()
    if hyphen:
        position += 1
    match = unit_at(text, position)
    if match is None or not _fits(text, measure, match, position - measure.end, hyphen, reading):
        match = (
            _bare_rate(text, measure.end)
            or inches_at(text, measure.end, reading)
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


_BARE_RATE = lazy(
    r"(?: ?/ ?| per | an? (?!\w+ (?:ago|earlier|before|previously|prior|later)\b))([A-Za-z]+)(?![A-Za-z-])"
)


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


def inches_at(text: str, end: int, reading: Reading) -> UnitMatch | None:
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
    if match is None or match.unit.dimension in ("ratio",) or match.unit is COUNT or letter_follows(text, match.end):
        return
    if match.end - match.start < 2 or (
        joint.group() in (" ", "-")
        and match.unit.dimension not in ("time", "calendar_time", "length", "mass", "volume", "percent", "points")
    ):
        return
    measure.unit = match.unit
    measure.unit_start, measure.unit_end, measure.end = match.start, match.end, match.end


#: Letters that are units only right behind the digits, or in a cell.
_DECADE = lazy(r"(?:1[0-9]|20)[0-9]0$")


_CLOSE_SIZES = {"Ki", "Mi", "Gi", "Ti", "Pi"}


_CLOSE_ONLY = {"d", "h", "t", "l", "N", "J", "T", "R", "y", "S", "H", "B", "x", "PS", "cv", "CV", "L", "Ma"}


def _fits(text: str, measure: Measure, match: UnitMatch, distance: int, hyphen: bool, reading: Reading) -> bool:
    """Whether the name found behind a number really is its unit there."""
    word = text[match.start : match.end]
    if (
        letter_follows(text, match.end)
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
        return (match.unit.id != "1" or not reading.cell) and measure.low != 0  # a 0-day lasts no days
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
    if (
        word in "NJR"
        and distance == 0
        and reading.column is None
        and text[measure.start : measure.number_end].isdigit()
    ):
        return False  # "4N" is a name; newtons stand apart or have a column
    if word == "H" and distance == 0 and measure.low >= 100:
        return False  # "Core Ultra 7 155H"
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
