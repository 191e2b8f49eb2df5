"""Moves: what became of a value since an earlier column, or against what is usual: "lost six seats", "up 7 per cent", "13 mm more than normal".

Only a sheet that has such columns is read so (`earlier`). A figure told by a word of rise or fall is the distance of the two
columns in the direction of the word, never a value that happens to be as large.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from flows.check.discourse import Scene
from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.forms.gains import LOSSES, MOVES, REACH, RISEN, greatest, now_metrics, than_before, turn
from flows.check.forms.since import when_at
from flows.check.forms.slants import slant_at
from flows.check.forms.spans import span_of
from flows.check.forms.values import absolute
from flows.check.items import cover, hedge_first, hedge_last
from flows.check.lexicon.model import Sign
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.stated import NOT_COUNTED, Stated
from flows.check.typed import Form, TypedClaim

_ADJECTIVES = frozenset("more higher greater larger fewer less lower smaller".split())
#: Between a word of change and its figure.
_BETWEEN = frozenset("by of a an the about around roughly some nearly almost only just another its their his her over under more than less fully exactly as much at least further".split())  # fmt: skip
_BE = frozenset("is are was were be been".split())


class Told(NamedTuple):
    """That a figure is a change: its direction, and the items that say so."""

    sign: Sign
    first: int
    last: int


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for the figures that tell a change, and for the verbs that tell one without a figure."""
    if not ctx.compiled.before:
        return
    items, line = scene.line.items, scene.line
    for at, item in enumerate(items):
        when = when_at(line, at, ctx)
        if when is not None:
            for k in range(when.first, when.last + 1):
                if items[k].kind == "n":
                    # The time of a column is no figure of its own, and what bounds it compares: "higher than a year ago".
                    for word in items[hedge_first(items, k) : k]:
                        word.covered = False
                    items[k].covered, items[k].stated = True, None
        if item.covered or item.stated is None or item.kind != "n":
            continue
        stated = item.stated
        if stated.quantity.kind in NOT_COUNTED or stated.quantity.unit == "ratio":
            continue
        if stated.is_range:
            yield from _from_to(scene, at, ctx, stated)
            continue
        told = _told(scene, at, ctx)
        claim = _change(scene, at, ctx, stated, told) if told is not None else None
        if claim is not None:
            yield claim
    if "than" in line.lows:
        for at, item in enumerate(items):
            slant = slant_at(items, at) if item.graded is not None and not item.covered else None
            if slant is not None and slant.degree == "comparative" and line.low(slant.last + 1) == "than":
                when = when_at(line, slant.last + 2, ctx) or when_at(line, slant.last + 1, ctx)
                if when is not None:
                    yield than_before(scene, slant, when, ctx)
    if line.lows.isdisjoint(MOVES):
        return
    for at, item in enumerate(items):
        if item.kind == "w" and not item.covered and item.low in MOVES:
            claim = greatest(scene, at, ctx) or turn(scene, at, ctx)
            if claim is not None:
                yield claim


def _from_to(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> Iterator[TypedClaim]:
    """ "Slipped from 31 to 33 per cent": no range, but what it was and what it is."""
    items, line = scene.line.items, scene.line
    start = hedge_first(items, at)
    if line.low(start - 1) != "from" or not any(item.low in MOVES for item in items[max(0, start - REACH) : start]):
        return
    for value, then in ((stated.low, True), (stated.high, False)):
        items[at].stated = replace(stated, low=value, high=value)
        claim = absolute(scene, at, ctx, None)
        if claim is not None:
            side = ctx.compiled.then if then else ctx.compiled.before
            metrics = tuple(choice for choice in claim.metrics if choice.metric in side)
            yield replace(claim, metrics=metrics or claim.metrics)


def _told(scene: Scene, at: int, ctx: FormContext) -> Told | None:
    """What says that figure `at` is a change: its own sign, a comparison with an earlier time, or a word of rise or fall before it."""
    items, line = scene.line.items, scene.line
    text, unit = items[at].text, items[at].unit
    if text[:1] in "+-−–" and len(text) > 1 and line.low(at - 1) in ("(", ",", "at", ""):
        return Told("up" if text[0] == "+" else "down", at, at)
    after = hedge_last(items, at) + 1
    behind = when_at(line, after, ctx)
    for k in range(after, min(after + 4, len(items)) if behind is None else after):
        low = line.low(k)
        if items[k].kind != "w" or low in _BE:
            break
        slant = slant_at(items, k)
        sign: Sign | None = None
        if low in _ADJECTIVES:
            sign = "up" if low in RISEN else "down"
        elif slant is not None and slant.degree == "comparative" and slant.sign in ("up", "down"):
            sign = slant.sign
        elif low in ("above", "below", "over", "under", "up", "down"):
            sign = "up" if low in ("above", "over", "up") else "down"
        if sign is None:
            continue
        for place in range(k + 1, min(k + 5, len(items))):
            if items[place].kind in "ep":
                break
            if when_at(line, place, ctx) is not None:
                return Told(sign, at, place)
            if low in ("above", "below", "over", "under", "up", "down"):
                break
        earlier = scene.extra.get("gap")
        if isinstance(earlier, TypedClaim) and earlier.since and line.low(k + 1) in ("", ".", ",", ";", "and", ")"):
            # "13 mm more than normal, X two less"
            return Told(sign, at, k)
        break
    start = hedge_first(items, at)
    for k in range(start - 1, max(-1, start - REACH), -1):
        low = items[k].low
        if low in MOVES and low not in _ADJECTIVES and items[k].kind == "w":
            if low in LOSSES and any(ctx.compiled.metrics[number].unit == unit for number in ctx.compiled.below_zero):
                # Where profits go below zero, a loss is a value.
                return None
            if items[k].concept in ctx.compiled.by_concept and not _noun(scene, at, ctx):
                return None
            return Told("up" if low in RISEN else "down", k, at)
        if items[k].kind != "w":
            return None
        if low in _BETWEEN or items[k].concept in ctx.compiled.by_concept:
            continue
        return None
    return None


def _noun(scene: Scene, at: int, ctx: FormContext) -> bool:
    """Whether the noun of a figure is that of a metric with an earlier column: "climbed eleven places"."""
    compiled = ctx.compiled
    concept = scene.line.items[at + 1].concept if at + 1 < len(scene.line.items) else ""
    return any(compiled.then.get(number, number) in compiled.before for number in compiled.by_concept.get(concept, ()))


def _change(scene: Scene, at: int, ctx: FormContext, stated: Stated, told: Told) -> TypedClaim | None:
    items, compiled = scene.line.items, ctx.compiled
    unit = stated.quantity.unit
    share = unit == "percent"
    found, weak = owners(scene, at, compiled)
    choices = metrics_for(
        scene,
        at,
        compiled,
        stated=None if share or unit == "pp" else stated,
        owner=found[0].entities if found else None,
    )
    metrics = now_metrics(choices, ctx)
    if unit == "pp":
        metrics = tuple(choice for choice in metrics if compiled.metrics[choice.metric].unit == "percent")
    if not metrics or not found:
        return None
    if share and all(compiled.metrics[choice.metric].unit == "percent" for choice in metrics):
        form = Form.DIFFERENCE
    else:
        form = Form.PERCENT if share else Form.DIFFERENCE
    if form is Form.DIFFERENCE and stated.exact and unit in (None, "1"):
        stated = replace(stated, exact=False, step=stated.step or stated.low * 0 + 1)
    start, end = span_of(items, at)
    first, last = min(told.first, hedge_first(items, at)), max(told.last, at)
    cover(items, first, last)
    claim = TypedClaim(
        form,
        start,
        max(end, items[last].end if last > at else end),
        subjects=found,
        metrics=metrics,
        stated=stated if stated.low >= 0 else replace(stated, low=-stated.high, high=-stated.low),
        sign=told.sign,
        relation="signed" if form is Form.PERCENT else "",
        positive=not negated(items, first, 3),
        lenient=weak,
        since=True,
        items=(at, last + 1),
    )
    scene.extra["gap"] = claim
    return claim


__all__ = ["read"]
