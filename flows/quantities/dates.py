"""Dates in month-name and ISO forms, and bare years."""

from __future__ import annotations

import re
from typing import NamedTuple

from flows.quantities.patterns import lazy

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBERS = (
    {name: number for number, name in enumerate(_MONTHS, start=1)}
    | {name[:3]: number for number, name in enumerate(_MONTHS, start=1)}
    | {"sept": 9}
)
_MONTH = r"(?P<{0}>" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<{0}>(?:1[5-9]|20|21)[0-9]{{2}})(?![0-9]|[.,][0-9])"
_DAY = r"(?P<{0}>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9A-Za-z:]|[.,][0-9])"

DATE = lazy(
    r"(?:"
    + r"(?P<iso_year>(?:1[5-9]|20|21)[0-9]{2})-(?P<iso_month>0[1-9]|1[0-2])(?:-(?P<iso_day>0[1-9]|[12][0-9]|3[01])(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?(?![0-9-])"
    + "|" + _YEAR.format("y1") + r",? (?:of )?" + _MONTH.format("m1") + r"(?:,? " + _DAY.format("d1") + r")?(?![A-Za-z])"
    + "|" + _MONTH.format("m2") + r" " + _DAY.format("d2") + r"(?: ?,? (?:of )?" + _YEAR.format("y2") + r")?"
    + "|" + _DAY.format("d3") + r"[ -](?:of )?" + _MONTH.format("m3") + r"(?:[, -]{1,2}(?:of )?" + _YEAR.format("y3") + r")?(?![A-Za-z])"
    + "|" + _MONTH.format("m4") + r"(?:,? | of |/|-)" + _YEAR.format("y4")
    + r"|(?P<quarter>Q[1-4]|H[12])[ /-]?'?" + _YEAR.format("y5")
    + "|" + _YEAR.format("y6") + r"[ /-]?(?P<quarter2>Q[1-4]|H[12])(?![0-9A-Za-z])"
    + r")",
    re.IGNORECASE,
)  # fmt: skip
YEAR = lazy(r"(?:1[89]|20)[0-9]{2}(?![0-9A-Za-z%]|[.,:/][0-9]|-[A-Za-z])")


class FoundDate(NamedTuple):
    """An ISO date at the precision of the text, and its half-open span."""

    iso: str
    start: int
    end: int


def date_at(text: str, start: int) -> FoundDate | None:
    """The date with a month name, a quarter or in ISO form that begins at `start`."""
    match = DATE.match(text, start)
    return None if match is None else FoundDate(_iso(match), match.start(), match.end())


def _iso(match: re.Match[str]) -> str:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "iso_year" in groups:
        return "-".join(groups[name] for name in ("iso_year", "iso_month", "iso_day") if name in groups)
    year = next((value for name, value in groups.items() if name[0] == "y"), None)
    month = next((value for name, value in groups.items() if name[0] == "m"), None)
    day = next((value for name, value in groups.items() if name[0] == "d"), None)
    if month is None:
        return year or ""
    number = _NUMBERS[month.lower()]
    parts = [year or "-", f"{number:02}"]
    if day is not None:
        parts.append(f"{int(day):02}")
    # ISO 8601 writes a date without its year as "--12-02".
    return "-".join(parts)
