"""Periods: the days that a written date may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a date may mean, both ends included."""

    first: date
    last: date

    @property
    def whole_year(self) -> bool:
        return (self.last - self.first).days > 200


def period(text: str | None) -> Period | None:
    """The period of an ISO date at any precision ("2018", "2018-12", "2018-12-05"); None where there is no year."""
    if not text or text.startswith("-"):
        return None
    parts = text.split("-")
    if not all(part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    try:
        if len(numbers) == 1:
            return Period(date(numbers[0], 1, 1), date(numbers[0], 12, 31))
        if len(numbers) == 2:
            return Period(date(numbers[0], numbers[1], 1), month_end(numbers[0], numbers[1]))
        return Period(date(*numbers[:3]), date(*numbers[:3]))
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return (date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date.max) - timedelta(days=1)
