"""Streaks and days: what a sheet of one game, race or quarter cannot tell ("four in a row", "a season-high 31"), and the day that it tells.

A series needs the games before, a best of the season the whole of it; only a sheet whose own words speak of such things may carry
them. A day of the week is held against the column that holds days of the week, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext, beyond
from flows.check.forms.places import ORDINALS
from flows.check.items import Line, cover
from flows.check.sheet import Cell, Compiled
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_RUNNING = frozenset("straight consecutive successive".split())
_ROWS = frozenset("row trot bounce spin".split())
_STREAKS = frozenset("streak streaks".split())
_SPANS = frozenset("season career year club".split())
_EXTREMES = frozenset("high highs best bests low worst".split())
_OWN = frozenset("its his her their the our".split())
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
#: What a sentence must hold one of for this form.
WORDS = _RUNNING | _ROWS | _STREAKS | _EXTREMES | DAYS | {"last"}
_REACH = 6


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Unverifiable claims for series and bests, and a claim with its label for each day of the week."""
    items, line, compiled = scene.line.items, scene.line, ctx.compiled
    for at, item in enumerate(items):
        if item.covered or item.kind == "e":
            continue
        if item.low in DAYS:
            claim = _day(scene, at, compiled)
            if claim is not None:
                yield claim
            continue
        series = _series(line, at)
        if series is not None and not _told_of(items[at].low, compiled):
            yield beyond(scene, *series, "no fact tells a series")
            continue
        best = _best(line, at)
        if best is not None and not _told_of(items[best[0]].low, compiled):
            yield beyond(scene, *best, "no fact tells what was before")


def _told_of(word: str, compiled: Compiled) -> bool:
    return compiled.lexicon.concept(word) in compiled.vocabulary


def _counts(line: Line, at: int) -> bool:
    return line.kind(at) == "n" or line.low(at) in ORDINALS


def _series(line: Line, at: int) -> tuple[int, int] | None:
    """ "Three straight games", "the third consecutive win", "four in a row", "five of its last six", "a winning streak"."""
    low = line.low(at)
    if low in _RUNNING and _counts(line, at - 1):
        return at - 1, at
    if low in _ROWS and line.low(at - 1) in ("a", "the") and line.low(at - 2) in ("in", "on"):
        first = next((k for k in range(at - 3, max(-1, at - 3 - _REACH), -1) if _counts(line, k)), None)
        return (first, at) if first is not None else None
    if low in _STREAKS and line.low(at - 1) in (
        "winning",
        "losing",
        "unbeaten",
        "win",
        "scoring",
        "hitting",
        "game",
        "match",
    ):
        return at - 1, at
    if low == "last" and line.low(at - 1) in _OWN and line.low(at - 2) == "of" and line.kind(at + 1) == "n":
        return (at - 3, at + 1) if line.kind(at - 3) == "n" else None
    return None


def _best(line: Line, at: int) -> tuple[int, int] | None:
    """ "A season-high 31", "his career best"."""
    if line.low(at) not in _EXTREMES:
        return None
    if line.low(at - 1) == "-" and line.low(at - 2) in _SPANS:
        return at - 2, at
    if line.low(at - 1) in ("season", "career") and line.kind(at + 1) != "e":
        return at - 1, at
    return None


def _day(scene: Scene, at: int, compiled: Compiled) -> TypedClaim | None:
    """ "on Friday" beside a column of days: that of whom the sentence speaks, or of anybody where it speaks of nobody."""
    items = scene.line.items
    cells = _days(compiled)
    if not cells or not items[at].text[:1].isupper():
        return None
    named = {entity for mention in scene.mentions for entity in mention.entities} | set(scene.carried)
    own = [cell for cell in cells if cell.entity in named] or list(cells)
    held = [cell for cell in own if items[at].low in cell.raw.lower()]
    cover(items, at, at)
    return TypedClaim(
        Form.DATE,
        items[at].start,
        items[at].end,
        fixed=Label.SUPPORTED if held else Label.CONTRADICTED,
        facts=tuple(cell.fact for cell in (held or own)[:2]),
        shown=f"the fact says {(held or own)[0].raw}",
        items=(at, at + 1),
    )


def _days(compiled: Compiled) -> tuple[Cell, ...]:
    """The cells of the columns that hold days of the week."""
    return tuple(
        cell
        for cells in compiled.cells.values()
        for cell in cells
        if not cell.numeric and not cell.disputed and cell.raw.strip().lower() in DAYS
    )
