"""Since: phrases for an earlier time or for what is usual ("in 2019", "a year ago", "than normal"), and the figures told by them."""

from __future__ import annotations

from typing import NamedTuple

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.items import Line, hedge_first, hedge_last
from flows.check.lexicon.rise_and_fall import DOWN, UP

_AGO = frozenset("ago earlier before previously prior".split())
_SPANS = frozenset("year quarter season month week election time summer winter spring autumn term decade".split())
_USUAL = frozenset(
    "normal usual average norm typical expected forecast target budget plan planned expectations".split()
)
_LED = frozenset("in on of from than since over against with to for at after the its their a".split())

_BOUNDS = frozenset("above below beyond under".split())


class When(NamedTuple):
    """A phrase for an earlier time, or for what is usual: its first and last item."""

    first: int
    last: int
    usual: bool


def when_at(line: Line, at: int, ctx: FormContext) -> When | None:
    """The phrase for the time of an earlier column that begins at item `at`: "in 2019", "a year ago", "last season", "than normal"."""
    first = at
    while line.low(at) in _LED and at < first + 3:
        at += 1
    low = line.low(at)
    compiled = ctx.compiled
    if compiled.past_years and low.isdigit() and int(low) in compiled.past_years:
        return When(first, at, usual=False)
    if compiled.usual and low in _USUAL | {"long"} and line.low(at - 1) in _LED | _BOUNDS:
        last = at
        while line.low(last + 1) in ("-", "term", "figure", "average", "mean", "norm", "normal", "level", "value"):
            last += 1
        return When(first, last, usual=True)
    past = len(compiled.usual) < len(compiled.then)
    if not past:
        return None
    if line.kind(at) == "n" and low.split()[-1].rstrip("s") in _SPANS and line.low(at + 1) in _AGO:
        return When(first, at + 1, usual=False)
    if line.low(at - 1) in ("a", "one") and low in _SPANS and line.low(at + 1) in _AGO:
        return When(first, at + 1, usual=False)
    if low in ("last", "previous", "prior", "preceding") and line.low(at + 1) in _SPANS:
        return When(first, at + 1, usual=False)
    if low in _SPANS and line.low(at + 1) in ("before", "earlier") and line.low(at - 1) in ("the", "a"):
        return When(first, at + 1, usual=False)
    if low in ("before", "then") and at > first and line.low(at + 1) in ("", ".", ",", ")", ";"):
        return When(first, at, usual=False)
    return None


def told_of_then(scene: Scene, at: int, ctx: FormContext) -> bool:
    """Whether figure `at` is told as an earlier one: "from 23", "55 in 2019", "$14 million a year earlier"."""
    items, line = scene.line.items, scene.line
    start, after = hedge_first(items, at), hedge_last(items, at) + 1
    before = line.low(start - 1)
    if before == "from" or (before in ("of", "a", "an", "the") and "from" in (line.low(start - k) for k in (2, 3, 4))):
        return (
            any(
                item.low in UP or item.low in DOWN or item.low in ("to", "swung", "went", "moved")
                for item in items[max(0, start - 12) : start]
            )
            or line.low(after) == "to"
            or line.low(after + 1) == "to"
        )
    if before in ("to", "at", "now"):
        return False
    for place in range(after, min(after + 3, len(items))):
        if items[place].kind in "ne" and place > after:
            break
        found = when_at(line, place, ctx)
        if found is not None and not found.usual:
            return True
        if items[place].kind == "p" and items[place].low not in "(":
            break
    if dated_now(line, after, ctx):
        return False
    for place in range(start - 1, max(-1, start - 8), -1):
        if items[place].stated is not None or (items[place].kind == "p" and items[place].low != "-"):
            break
        if line.low(place) == "than":
            return False
        if (ctx.compiled.usual and line.low(place) in _USUAL) or when_at(line, place, ctx) is not None:
            return True
    return False


def dated_now(line: Line, after: int, ctx: FormContext) -> bool:
    """Whether the year behind a figure is that of the later column: "55 in 2023"."""
    low = line.low(after + 1) if line.low(after) in _LED | {"("} else ""
    return low.isdigit() and int(low) in ctx.compiled.own_years


def speaks_of_then(line: Line, ctx: FormContext) -> bool:
    """Whether a sentence speaks of an earlier time at all, apart from what it compares with: "than a year ago"."""
    for at in range(len(line.items)):
        if line.low(at) != "than" and line.low(at - 1) != "than" and when_at(line, at, ctx) is not None:
            return True
    return False


__all__ = ["dated_now", "speaks_of_then", "told_of_then", "when_at"]
