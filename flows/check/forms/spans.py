"""Spans: where a number with its hedge and its unit begins and ends in the sentence."""

from __future__ import annotations

from flows.check.items import Item, hedge_first, hedge_last


def span_of(items: list[Item], at: int) -> tuple[int, int]:
    """From the hedge to the end of the number with its unit."""
    first = hedge_first(items, at)
    return items[first].start, items[hedge_last(items, at)].end
