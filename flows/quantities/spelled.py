"""Numbers in words that are more than a number: "twice", "tenfold", "dozens of", "an hour and a half", "nine in ten"."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.quantities.hedges import hedge_before
from flows.quantities.patterns import lazy
from flows.quantities.reading import RATIO, Measure
from flows.quantities.unit_reading import UnitMatch, unit_at
from schemas.quantity import Bound

FOLDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
    "thousand": 1000,
}
_MULTIPLES = {"twice": "2", "thrice": "3", "doub": "2", "trip": "3", "treb": "3", "quad": "4", "halv": "0.5"}
VAGUE = {
    "tens": (10, 100),
    "dozens": (12, 100),
    "hundreds": (100, 1000),
    "thousands": (1000, 10**6),
    "millions": (10**6, 10**9),
    "billions": (10**9, 10**12),
    "trillions": (10**12, 10**15),
}
_VAGUE_OF = lazy(r"(?: of (?:thousands|millions|billions|hundreds))? of ")
SPANS = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
_AND_A_HALF = lazy(r" and a (half|quarter)(?![a-z])")
_OR_TWO = lazy(r" or two(?![a-z-])")
_OR_SO = lazy(r" or so(?![a-z-])")
_IN_EVERY = lazy(
    r" in (?:every )?(two|three|four|five|six|seven|eight|nine|ten|twenty|[2-9]|10|20|100)(?![\w.,%-])(?= [a-z])"
)
_SMALL = {
    word: number for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
} | {"twenty": 20}
_MAGNITUDE = lazy(r"(?:(an|one|two|three|several|[0-9]) )?orders? of magnitude", re.IGNORECASE)


def multiple_at(match: re.Match[str]) -> Measure | None:
    """ "twice", "halved", "tenfold"; None for "double-click"."""
    text, start, end = match.string, match.start(), match.end()
    word = match.group().lower()
    value: Decimal | None = None
    if word.endswith("fold"):
        stem = word[:-4]
        value = Decimal(FOLDS[stem]) if stem in FOLDS else None
    else:
        value = Decimal(_MULTIPLES[word if word in _MULTIPLES else word[:4]])
    if value is None or (
        text[end : end + 1] == "-" and word in ("double", "triple", "twice") and text[end : end + 4] != "-as-"
    ):
        return None
    resolution = Decimal(1) if value >= 1 else Decimal("0.1")
    return Measure(start, end, value, value, RATIO, value, value, resolution, end, start, end, spelled=True)


def magnitude_at(text: str, start: int) -> Measure | None:
    """ "two orders of magnitude" is a ratio of 100, "several" one of 100 or more."""
    match = _MAGNITUDE.match(text, start)
    if match is None:
        return None
    count = (match.group(1) or "several").lower()
    low = {"an": 1, "one": 1, "two": 2, "three": 3, "several": 2}.get(count) or int(count if count.isdigit() else 1)
    value, end = Decimal(10) ** low, match.end()
    measure = Measure(start, end, value, value, RATIO, value, value, value, end, start, end, spelled=True)
    if count == "several":
        measure.bound = Bound.AT_LEAST
    return measure


def vague_at(text: str, start: int, end: int) -> tuple[Measure | None, int]:
    """ "dozens of", "tens of thousands of": from the word's lower to its upper end. Also says where to go on."""
    of = _VAGUE_OF.match(text, end)
    if of is None:
        return None, end
    low, high = (Decimal(n) for n in VAGUE[text[start:end].lower()])
    inner = of.group().strip().split(" ")
    if len(inner) == 3:
        low *= VAGUE[inner[1]][0]
        high *= VAGUE[inner[1]][0]
    unit = unit_at(text, of.end())
    measure = Measure(
        start,
        unit.end if unit else end,
        low,
        high,
        unit.unit if unit else None,
        low,
        high,
        low,
        end,
        unit.start if unit else 0,
        unit.end if unit else 0,
        spelled=True,
    )
    return measure, max(measure.end, of.end() - 1)


def share_at(text: str, start: int, end: int) -> Measure | None:
    """ "nine in ten users", "1 in 5 requests", of a number word from `start` to `end`; None where it is no share."""
    part = _SMALL.get(text[start:end].lower())
    of = _IN_EVERY.match(text, end) if part is not None else None
    if part is None or of is None:
        return None
    whole = of.group(1)
    among = int(whole) if whole.isdigit() else _SMALL[whole]
    if part >= among:
        return None
    value, resolution = Decimal(part) / among, Decimal(1) / among
    return Measure(start, of.end(), value, value, RATIO, value, value, resolution, of.end(), spelled=True)


def span_at(text: str, start: int, end: int) -> tuple[Measure | None, int]:
    """ "an hour and a half", "a day or two", "about a minute"; a bare "a minute" measures nothing. Also says where to go on."""
    unit = unit_at(text, text.index(" ", start, end) + 1)
    if unit is None:
        return None, end
    if (more := _AND_A_HALF.match(text, unit.end)) is not None:
        value = Decimal("1.5") if more.group(1) == "half" else Decimal("1.25")
        return _in_words(start, more.end(), value, unit), more.end()
    if (two := _OR_TWO.match(text, unit.end)) is not None:
        measure = _in_words(start, two.end(), Decimal(1), unit)
        measure.high = measure.written_high = Decimal(2)
        return measure, two.end()
    if hedge_before(text, start) is None and _OR_SO.match(text, unit.end) is None:
        return None, end
    return _in_words(start, unit.end, Decimal(1), unit), unit.end


def _in_words(start: int, end: int, value: Decimal, unit: UnitMatch) -> Measure:
    """ "a minute", "an hour and a half": `value` of one unit, with its article as the number."""
    resolution = Decimal(1) if value == 1 else Decimal("0.1")
    return Measure(
        start, end, value, value, unit.unit, value, value, resolution, start + 1, unit.start, unit.end, spelled=True
    )
