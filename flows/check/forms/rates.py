"""Rates: a figure of one metric for each unit of another ("2.25 TFLOPS per watt"), recomputed from the two cells."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.amounts import plain, written
from flows.check.discourse import Scene
from flows.check.fitting import is_money
from flows.check.forms.context import FormContext
from flows.check.items import hedge_first
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.sheet import Cell
from flows.check.stated import Stated
from flows.check.typed import Form, TypedClaim
from flows.quantities.units import lookup
from schemas.checking import Label

#: What a sentence must hold for this form.
WORDS = frozenset(["per"])
_NEAR = 0.3


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each figure that the sentence puts "per" a unit which a metric of its own has."""
    items = scene.line.items
    places = [at for at, item in enumerate(items[:-1]) if item.low == "per" and _divisors(ctx, items[at + 1].low)]
    if not places:
        return
    for at in scene.line.numbers:
        item = items[at]
        if item.covered or item.stated is None or item.unit in ("percent", "ratio", "pp"):
            continue
        after = next(
            (
                k
                for k in places
                if at < k <= at + 4
                and all(items[j].kind == "w" and items[j].degree != "comparative" for j in range(at + 1, k))
            ),
            None,
        )
        # "Per watt, A delivers 2 and B 3": what opens the sentence holds for all its figures.
        place = after if after is not None else places[0] if places[0] == 0 else None
        if place is None:
            continue
        claim = _claim(scene, ctx, at, item.stated, items[place + 1].low)
        if claim is not None:
            yield claim


def _divisors(ctx: FormContext, word: str) -> tuple[int, ...]:
    """The metrics in the unit that `word` names, unless a metric is itself such a rate."""
    unit = lookup(word)
    if (
        unit is None
        or unit.dimension in ("count", "time")
        or any(f"per {word}" in card.metric.name.lower() for card in ctx.compiled.metrics)
    ):
        return ()
    return tuple(
        card.number
        for card in ctx.compiled.metrics
        if card.numeric
        and card.unit is not None
        and (card.unit == unit.id or (is_money(unit.id) and card.unit.split("/")[0] == unit.id))
    )


def _claim(scene: Scene, ctx: FormContext, at: int, stated: Stated, word: str) -> TypedClaim | None:
    divisors = _divisors(ctx, word)
    found, _ = owners(scene, at, ctx.compiled)
    if not found or len(found[0].entities) != 1:
        return None
    entity = found[0].entities[0]
    unit = lookup(word)
    tried: list[tuple[Cell, Cell, bool, str]] = []
    for choice in metrics_for(scene, at, ctx.compiled, stated=stated, reach=(at + 1, at + 4)):
        if choice.metric in divisors or choice.cost > _NEAR or not ctx.compiled.metrics[choice.metric].numeric:
            continue
        for over in ctx.compiled.cell(entity, choice.metric):
            for under in (cell for metric in divisors for cell in ctx.compiled.cell(entity, metric)):
                if not over.low or not under.low or unit is None:
                    continue
                scale = written(over) if stated.quantity.unit in (None, "1") else 1
                value = over.low * scale * unit.factor / under.low
                shown = f"{over.raw} / {under.raw} = {plain(round(value, 4))}"
                tried.append((over, under, stated.holds(value), shown))
    if not tried:
        return None
    over, under, holds, shown = next((entry for entry in tried if entry[2]), tried[0])
    items = scene.line.items
    items[at].covered = True
    first = hedge_first(items, at)
    return TypedClaim(
        Form.RATIO,
        items[first].start,
        items[at].end,
        fixed=Label.SUPPORTED if holds else Label.CONTRADICTED,
        facts=(over.fact, under.fact),
        shown=shown,
        reason="" if holds else f"per {word} it is another figure",
        items=(at, at + 1),
    )


__all__ = ["read"]
