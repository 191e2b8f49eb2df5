"""Totals: sums, averages and spreads of a set: "together they cost $27", "all within 3 % of each other"."""

from __future__ import annotations

from decimal import Decimal

from flows.check.discourse import Scene
from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.forms.sides import subjects_for
from flows.check.forms.slants import slant_at
from flows.check.forms.spans import span_of
from flows.check.items import Item, cover, hedge_first
from flows.check.link import metrics_for
from flows.check.stated import Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from flows.check.words import SIZE_WORDS

_NEAR = frozenset(["close", "closer", "closely", "near", "nearer", "bunched", "packed", "tightly"])
_SUM = frozenset(["together", "combined", "altogether"])
_MEAN = frozenset(["average", "averages", "averaging", "mean"])
_CUES = _SUM | _MEAN | {"total"}
_NUMBERS = SIZE_WORDS | {str(size): size for size in range(2, 7)}


def numeric_metrics(scene: Scene, at: int, ctx: FormContext, stated: Stated | None) -> tuple[MetricChoice, ...]:
    """The metrics with figures that a phrase may be about, nearest first."""
    found = metrics_for(scene, at, ctx.compiled, stated=stated)
    return tuple(choice for choice in found if ctx.compiled.metrics[choice.metric].numeric)


def within(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "all within $7 of each other": the spread of a set is no more than that."""
    items, line = scene.line.items, scene.line
    if "other" not in line.lows and "another" not in line.lows:
        return None
    after = max(at, items[at].hedge_to) + 1
    if line.words(after, after + 3) not in ("of each other", "of one another"):
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    sets = tuple(choice for choice in subjects if len(choice.entities) > 1)
    if not sets:
        sets = (Choice(tuple(range(ctx.compiled.entity_count)), 0.3, "all of them"),)
    percent = stated.quantity.unit == "percent" and not any(card.unit == "percent" for card in ctx.compiled.metrics)
    metrics = numeric_metrics(scene, at, ctx, None if percent else stated)
    start, end = span_of(items, at)
    cover(items, at, after + 2)
    return TypedClaim(
        Form.AGGREGATE,
        start,
        max(end, items[min(after + 2, len(items) - 1)].end),
        subjects=sets,
        metrics=metrics,
        stated=stated,
        relation="spread",
        lenient=weak,
        positive=not negated(items, hedge_first(items, at), 3),
        items=(at, after + 3),
    )


def aggregate(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "together they cost $27", "the three cheapest cost $9 on average": recomputed over the set that is named, or all."""
    items, line = scene.line.items, scene.line
    if _CUES.isdisjoint(line.lows) or any(line.low(k) == "than" for k in range(max(0, at - 4), at)):
        # "more than the other three put together" compares.
        return None
    if _counts(items, at, ctx) and any(item.kind == "n" for item in items[at + 1 :]):
        return None
    relation, cue = "", -1
    for position in range(max(0, at - 12), min(len(items), at + 5)):
        if items[position].low not in _CUES:
            continue
        if (abs(items[position].depth - items[at].depth) >= 1 and position > 1) or items[
            position
        ].concept in _named_concepts(ctx, items[position].low):
            continue
        low = items[position].low
        if low == "together" and line.low(position - 1) in _NEAR:
            # "The three are so close together: 61 to 66" adds nothing up.
            continue
        if low in _SUM or (low == "total" and line.low(position - 1) == "in"):
            relation, cue = "sum", position
        elif low in _MEAN and (
            line.low(position - 1) in ("on", "an")
            or low in ("averages", "averaging")
            or (low == "average" and line.kind(position + 1) == "n")
        ):
            relation, cue = "mean", position
    if not relation or any(
        items[k].kind == "n" and not _counts(items, k, ctx) for k in range(min(cue, at) + 1, max(cue, at))
    ):
        return None
    metrics = numeric_metrics(scene, at, ctx, stated)
    if not metrics:
        return None
    chosen = _ranked_set(scene, at, ctx, metrics[0].metric)
    if chosen is not None:
        subjects: tuple[Choice, ...] = (chosen,)
        metrics = metrics[:1]
        weak = False
    else:
        found, weak = subjects_for(scene, at, ctx)
        subjects = tuple(choice for choice in found if len(choice.entities) > 1)
        named = tuple(
            dict.fromkeys(entity for mention in scene.mentions if mention.at < at for entity in mention.entities)
        )
        if not subjects and len(named) > 1:
            subjects = (Choice(named, 0.0, "those named"),)
        if not subjects and relation == "mean" and not named:
            subjects = (Choice(tuple(range(ctx.compiled.entity_count)), 0.0, "all of them"),)
        if not subjects:
            return None
    start, end = span_of(items, at)
    for position in range(max(0, min(cue, at)), max(cue, at) + 1):
        if items[position].kind == "n":
            items[position].covered = True
    for position in range(at):
        if items[position].kind == "n" and _counts(items, position, ctx) and items[position].depth == items[at].depth:
            items[position].covered = True
    items[at].covered = True
    return TypedClaim(
        Form.AGGREGATE,
        start,
        end,
        subjects=subjects,
        metrics=metrics,
        stated=stated,
        relation=relation,
        lenient=weak,
        positive=not negated(items, hedge_first(items, at), 3),
        items=(min(cue, at), max(cue, at) + 1),
    )


def _named_concepts(ctx: FormContext, low: str) -> frozenset[str]:
    """The concept of a word that a metric's own name has ("average frame rate"): then it says which metric, not how."""
    concept = ctx.compiled.lexicon.concept(low)
    return frozenset({concept}) if concept in ctx.compiled.by_concept else frozenset()


def _counts(items: list[Item], at: int, ctx: FormContext) -> bool:
    stated = items[at].stated
    return (
        stated is not None
        and stated.quantity.unit in (None, "1")
        and stated.low <= ctx.compiled.entity_count
        and stated.low == stated.low.to_integral_value()
    )


def _ranked_set(scene: Scene, at: int, ctx: FormContext, metric: int) -> Choice | None:
    """ "the three cheapest": the first few in the order of the superlative, by the metric that the figure is of."""
    items, line = scene.line.items, scene.line
    for position in range(max(0, at - 8), at):
        slant = slant_at(items, position)
        if slant is None or slant.degree != "superlative" or line.low(position - 2) != "the":
            continue
        size = _NUMBERS.get(line.low(position - 1))
        card = ctx.compiled.metrics[metric]
        side = {"up": 1, "down": -1, "better": card.sign, "worse": -card.sign}[slant.sign]
        values = sorted(
            ((cells[0].low or Decimal(0)) * -side, entity)
            for entity in range(ctx.compiled.entity_count)
            if (cells := ctx.compiled.cell(entity, metric)) and cells[0].numeric
        )
        if size is None or not side or len(values) < size:
            continue
        cover(items, position - 2, slant.last)
        return Choice(tuple(entity for _, entity in values[:size]), 0.0, "the first few")
    return None
