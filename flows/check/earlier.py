"""Earlier: columns that hold what another column held before, or what is usual for it.

"Seats" and "Seats 2019", "Revenue" and "Revenue a year ago", "Rainfall" and "Normal rainfall": prose says what became of a
value ("lost six seats", "up 7 per cent", "13 mm more than normal") without naming the second column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from flows.check.words import known_tokens

if TYPE_CHECKING:
    from flows.check.sheet import MetricCard

#: What says in the name of a column that it was so before, and what it is before of.
_THEN = frozenset("previous previously prev prior last ago earlier before former past preceding then".split())
_SPAN = frozenset("year years season quarter month months week election time q1 q2 q3 q4 h1 h2 fy one".split())  # fmt: skip
_SMALL = frozenset("a an the in of for at on by to and".split())
_NOW = frozenset("this current now latest new today".split())
#: "Later run" beside "earlier run": two of a row, neither of which became the other.
_BESIDE = frozenset("later second after next".split())
_USUAL = frozenset("normal usual usually norm long term typical typically expected forecast target budget budgeted planned".split())  # fmt: skip
#: What a data sheet says of a value, which nothing rises above or falls below.
_SPECIFIED = frozenset("typical typically target planned expected".split())
_MARKED = _USUAL - {"long", "term"}
_PLACES = frozenset("place rank position standing".split())
_RUNNING = frozenset(["last", "past", "preceding", "previous"])
_YEAR = re.compile(r"(?:19|20)\d\d")


class Name:
    """One name of a metric, taken apart: what is measured, and when."""

    __slots__ = ("core", "marked", "usual", "whole", "year")

    def __init__(self, name: str) -> None:
        words = [token.low for token in known_tokens(name) if token.low[0].isalnum() and token.low not in _SMALL]
        years = [int(word) for word in words if _YEAR.fullmatch(word)]
        self.year = max(years, default=0)
        self.whole = frozenset(words)
        self.usual = bool(self.whole & _MARKED) or {"long", "term"} <= self.whole
        # "in the last 12 months" is a span that ends now; "last year" is over.
        running = {word for word, behind in itertools.pairwise(words) if word in _RUNNING and behind.isdigit()}
        self.marked = bool((self.whole - running) & _THEN)
        timed = self.marked or bool(years) or bool(self.whole & _NOW)
        self.core = frozenset(
            word
            for word in words
            if not _YEAR.fullmatch(word)
            and not (timed and word in _THEN | _NOW | _SPAN)
            and not (self.usual and word in _USUAL)
        )

    def precedes(self, other: Name) -> bool:
        """Whether this is what the other measures, at an earlier time or as it is usual."""
        if not self.core or other.usual or other.marked or other.whole & _BESIDE or not self.core <= other.whole:
            return False
        if self.usual:
            return not other.year and not self.whole & _SPECIFIED
        if self.year and other.year:
            return self.year < other.year
        # "Battery life" and "Battery life, PCMark 2019": a year alone says when only where the rest is the whole name.
        return self.marked or (bool(self.year) and self.core == other.whole)


def earlier_columns(metrics: Sequence[MetricCard]) -> Mapping[int, tuple[int, ...]]:
    """Metric -> those that hold its earlier or usual values, the latest first."""
    names = {
        card.number: [Name(name) for name in (card.metric.name, *card.metric.aliases)]
        for card in metrics
        if card.numeric and not card.is_date and not card.hidden
    }
    # What a column is by its first name: "the typical latency" may also be what a median is called.
    late = [number for number, its in names.items() if its[0].usual or its[0].marked or its[0].year]
    found: dict[int, list[tuple[int, int]]] = {}
    for then in late:
        fits: list[tuple[int, int]] = []
        for now, its in names.items():
            if now == then or metrics[now].unit != metrics[then].unit:
                continue
            rest = [len(other.whole - one.core) for one in names[then] for other in its if one.precedes(other)]
            if rest:
                fits.append((min(rest), now))
        # What it is the earlier value of is what its name says and hardly more.
        least = min((far for far, _ in fits), default=0)
        for far, now in fits:
            if far == least:
                found.setdefault(now, []).append((-max(name.year for name in names[then]), then))
    return {now: tuple(then for _, then in sorted(its)) for now, its in found.items()}


def years_of(metrics: Sequence[MetricCard], numbers: Iterable[int]) -> frozenset[int]:
    """The years in the names of these metrics."""
    return frozenset(
        int(year)
        for number in numbers
        for name in (metrics[number].metric.name, *metrics[number].metric.aliases)
        for year in _YEAR.findall(name)
    )


def is_usual(card: MetricCard) -> bool:
    """Whether a column holds what is usual, planned or expected instead of what was."""
    return Name(card.metric.name).usual


def is_place(card: MetricCard) -> bool:
    """Whether a column holds places in an order: whoever rises in it has a lower number."""
    names = (Name(name) for name in (card.metric.name, *card.metric.aliases))
    return card.unit in (None, "1") and any(name.whole & _PLACES for name in names)


__all__ = ["earlier_columns", "is_place", "is_usual", "years_of"]
