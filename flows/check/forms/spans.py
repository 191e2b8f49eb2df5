"""Spans: where a number with its hedge and its unit begins and ends in the sentence."""

from __future__ import annotations

from flows.check.items import Item


def span_of(items: list[Item], at: int) -> tuple[int, int]:
    """From the hedge to the end of the number with its unit."""
    first = items[at].hedge_from if items[at].hedge_from >= 0 else at
    last = max(at, min(items[at].hedge_to, len(items) - 1))
    return items[first].start, items[last].end


def start_of(items: list[Item], at: int) -> int:
    """The first item of a number with its hedge."""
    return items[at].hedge_from if items[at].hedge_from >= 0 else at
