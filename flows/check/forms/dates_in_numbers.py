"""Dates in numbers: years, dates, ages, and differences of two dates."""

from __future__ import annotations

from decimal import Decimal

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.forms.sides import comparands_for, subjects_for
from flows.check.forms.spans import span_of
from flows.check.items import Item, cover
from flows.check.lexicon.model import Sign
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.stated import Hedge, Stated
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label
from schemas.quantity import Kind


def is_year(stated: Stated, item: Item) -> bool:
    return (
        stated.quantity.unit in (None, "1")
        and stated.low == stated.high
        and 1900 <= stated.low <= 2100
        and stated.low == stated.low.to_integral_value()
        and "," not in item.text
        and len(item.text) == 4
    )


def read_date(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    if stated is None:
        return None
    year = (stated.quantity.date or "")[:4]
    value = Decimal(year) if year.isdigit() else stated.low
    hedge = stated.hedge
    for back in range(at - 1, max(-1, at - 4), -1):
        if items[back].low in ("since", "in", "from"):
            hedge = Hedge.PLAIN
        elif items[back].low == "before":
            hedge = Hedge.UNDER
        elif items[back].low == "after":
            hedge = Hedge.OVER
    found, weak = owners(scene, at, ctx.compiled)
    if year and any(
        year in f"{cell.raw} {cell.context}"
        for choice in found[:2]
        for entity in choice.entities
        for _, metric in scene.linked
        for cell in ctx.compiled.cell(entity, metric)
    ):
        # "23,500 positions in 2025" where the cell itself says 2025: part of that claim.
        items[at].covered = True
        return None
    metrics = metrics_for(scene, at, ctx.compiled, stated=None, dates=True)
    if not metrics:
        if stated.quantity.kind is not Kind.DATE:
            return None
        return TypedClaim(
            Form.DATE, *span_of(items, at), fixed=Label.UNVERIFIABLE, reason="no fact holds a date", items=(at, at + 1)
        )
    items[at].covered = True
    exact = Stated(
        stated.quantity, value, value, Decimal(1) if hedge is not Hedge.PLAIN else Decimal(0), hedge, exact=True
    )
    return TypedClaim(
        Form.DATE, *span_of(items, at), subjects=found, metrics=metrics, stated=exact, lenient=weak, items=(at, at + 1)
    )


def tells_age(scene: Scene, at: int) -> bool:
    """ "is two years old", "less than three months old"."""
    text = scene.line.items[at].low
    return text.endswith(" old") or "old" in (scene.line.low(at + 1), scene.line.low(at + 2))


def read_age(scene: Scene, at: int, ctx: FormContext, stated: Stated, start: int) -> TypedClaim:
    """An age is the page's date minus the fact's date."""
    items = scene.line.items
    found, weak = owners(scene, at, ctx.compiled)
    last = next((k for k in (at + 1, at + 2) if scene.line.low(k) == "old"), at)
    cover(items, at, last)
    return TypedClaim(
        Form.AGE,
        start,
        items[last].end,
        subjects=found,
        metrics=metrics_for(scene, at, ctx.compiled, dates=True),
        stated=stated,
        today=ctx.today,
        lenient=weak,
        items=(at, last + 1),
    )


YEAR_WORDS = {
    "after": "up",
    "later": "up",
    "newer": "up",
    "younger": "up",
    "before": "down",
    "earlier": "down",
    "older": "down",
    "ahead": "down",
}


def read_years(scene: Scene, at: int, ctx: FormContext, stated: Stated, start: int, word: int) -> TypedClaim:
    """ "five years after Nimbo", "two years older": the difference of two dates."""
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    comparands = comparands_for(scene, at, ctx, subjects, after=at, of=True)
    last = max(at, word)
    cover(items, at, last)
    metrics = metrics_for(scene, at, ctx.compiled, dates=True)
    sign: Sign | None = None if word < 0 else ("up" if YEAR_WORDS[items[word].low] == "up" else "down")
    return TypedClaim(
        Form.DIFFERENCE,
        start,
        items[last].end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        stated=stated,
        sign=sign,
        lenient=weak,
        items=(at, last + 1),
    )
