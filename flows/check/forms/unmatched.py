"""Unmatched: "2,050 Mbit/s, which no other router achieves", "nothing comes close to X's 88 %", "nobody else matches that"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.check.discourse import Mention, Scene
from flows.check.forms.beside import with_figure
from flows.check.forms.context import FormContext
from flows.check.forms.measures import order_metrics, unfit
from flows.check.forms.sides import comparand_after, subjects_for
from flows.check.items import cover
from flows.check.link import metrics_for
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim

#: What a sentence must hold one of for this form.
WORDS = frozenset(["no", "nobody", "nothing", "none", "no-one"])
_OTHERS = frozenset(["other", "else", "others"])
#: Who does one of these stands beside the one spoken of; who does one of those stands before it.
_ALONGSIDE = frozenset(
    "match matches matched achieve achieves achieved reach reaches reached equal equals equalled rival rivals rivalled"
    " manage manages managed approach approaches approached get gets got".split()
)
_BEYOND = frozenset(
    "beat beats tops topped better betters bettered exceed exceeds exceeded surpass surpasses surpassed".split()
)
_NEARING = frozenset("come comes came".split())
_UPWARDS = frozenset("reach reaches reached exceed exceeds exceeded surpass surpasses surpassed tops topped".split())
_THIS = frozenset(["that", "this", "it", "which"])
_ANY = frozenset({"any"})
#: How many words may name who does not: "no other airline in this table".
_REACH = 6


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Whoever nobody comes up to is first of all, in the measure of the figure just told or of what is named."""
    for at, item in enumerate(scene.line.items):
        if item.low in WORDS and not item.covered:
            claim = _read(scene, at, ctx)
            if claim is not None:
                yield claim


def _read(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items, line = scene.line.items, scene.line
    verb = next(
        (k for k in range(at + 1, min(len(items), at + _REACH)) if items[k].low in _ALONGSIDE | _BEYOND | _NEARING),
        None,
    )
    if verb is None or any(items[k].kind in "pn" for k in range(at + 1, verb)):
        return None
    if items[verb].low in _NEARING and line.low(verb + 1) not in ("close", "near"):
        return None
    others = not _OTHERS.isdisjoint(item.low for item in items[at:verb])
    last = verb + (1 if items[verb].low in _NEARING else 0)
    told = max((figure for figure in scene.figures if figure.at < at), key=lambda figure: figure.at, default=None)
    subjects: tuple[Choice, ...]
    metrics: tuple[MetricChoice, ...]
    named = comparand_after(scene, last)
    if told is not None and line.low(at - 1) in ("which", "that"):
        subjects = (Choice(told.entities, 0.0, "whose figure it is"),)
        metrics = (MetricChoice(told.metric, 0.0, "the figure before"),)
    elif named is not None and named.how in ("name", "part", "pronoun") and named.at <= last + _REACH:
        subjects = (Choice(named.entities, 0.0, "named after"),)
        last = named.at
        metrics = _of_whom(scene, named, verb, ctx)
    elif (others and line.low(last + 1) in ("", ".", ",", ";")) or line.low(last + 1) in _THIS:
        subjects, _ = subjects_for(scene, at, ctx)
        metrics = order_metrics(scene, verb, ctx, _ANY, last)
        if told is not None:
            metrics = (MetricChoice(told.metric, 0.0, "the figure before"),)
    else:
        return None
    if not subjects or not metrics or unfit(scene, verb, ctx, _ANY, metrics):
        return None
    card = ctx.compiled.metrics[metrics[0].metric]
    cover(items, at, last)
    claim = TypedClaim(
        Form.RANK,
        items[at].start,
        items[last].end,
        subjects=subjects,
        metrics=metrics,
        sign="better" if card.sign else "up",
        rank=1,
        relation="shared" if items[verb].low in _BEYOND else "",
        items=(at, last + 1),
    )
    if items[verb].low in _UPWARDS and card.sign < 0:
        # "26 minutes, which no other airline reaches"
        claim.readings = (replace(claim, sign="up"),)
    return claim


def _of_whom(scene: Scene, named: Mention, verb: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The measure of the figure behind the name, or what the words around speak of."""
    items, line = scene.line.items, scene.line
    ahead = named.at + (2 if line.low(named.at + 1) == "'s" else 1)
    linked = dict(scene.linked)
    found = metrics_for(scene, verb, ctx.compiled, classes=_ANY, reach=(verb + 1, min(len(items), ahead + 4)))
    found = tuple(choice for choice in found if ctx.compiled.metrics[choice.metric].numeric)
    figure = next((linked[k] for k in range(ahead, min(len(items), ahead + 3)) if k in linked), None)
    return with_figure(found, figure)
