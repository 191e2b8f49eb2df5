"""Standings: "the runner-up", "brings up the rear", "props up the table", "at the bottom of the list"."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Mention, Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import order_metrics
from flows.check.forms.sides import subjects_for
from flows.check.items import cover
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim

_BRING = frozenset("bring brings brought bringing".split())
_PROP = frozenset("prop props propped propping".split())
_LISTS = frozenset("table chart list ranking rankings field standings pack league order pile scale heap".split())
_BEING = frozenset("is are was were be the a as clear clearly 's at".split())
_ANY = frozenset({"any"})
#: The words that such a place turns on.
WORDS = frozenset(["runner", "rear", "bottom", "foot"]) | _PROP


def read_standing(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """The place that the word at item `at` stands for: the second, or the last."""
    place = _place(scene, at)
    if place is None or advice_clause(scene, at):
        return None
    first, last, rank = place
    subjects, weak = subjects_for(scene, first, ctx, owned=True)
    if rank == 2 and (beside := _apposed(scene, first, last)) is not None:
        subjects, weak = (Choice(beside.entities, 0.0, "named beside"),), False
    if not subjects or len(subjects[0].entities) != 1:
        return None
    metrics = order_metrics(scene, at, ctx, _ANY, last, signed=True)
    before = scene.extra.get("first")
    if rank == 2 and isinstance(before, TypedClaim):
        # "the dearest, $50 more than the runner-up": of what has just been ranked.
        linked = [metric for at_, metric in scene.linked if at_ == before.items[0]]
        metrics = tuple(MetricChoice(metric, 0.0, "the order before") for metric in linked[-1:]) or metrics
    if not metrics:
        return None
    cover(scene.line.items, first, last)
    items = scene.line.items
    claim = TypedClaim(
        Form.RANK,
        items[first].start,
        items[last].end,
        subjects=subjects,
        metrics=metrics,
        sign="better" if ctx.compiled.metrics[metrics[0].metric].sign else "up",
        rank=rank,
        positive=not denied(scene, first),
        lenient=weak,
        items=(first, last + 1),
    )
    if rank == 2 and isinstance(before, TypedClaim):
        return replace(claim, sign=before.sign)
    if rank < 0 and claim.positive:
        # The bottom of a list by size is the smallest, whichever way is better.
        claim.readings = (replace(claim, sign="up"),)
    return claim


def _place(scene: Scene, at: int) -> tuple[int, int, int] | None:
    """The first and last item of the phrase, and the place; None where the word is meant otherwise."""
    line = scene.line
    low = line.low(at)
    if low == "runner" and line.words(at + 1, at + 3) == "- up":
        first = at
        while line.low(first - 1) in _BEING:
            first -= 1
        return first, at + 2, 2
    if low == "rear" and line.words(at - 2, at) == "up the" and line.low(at - 3) in _BRING:
        return at - 3, at, -1
    if low in _PROP and line.words(at + 1, at + 3) == "up the":
        last = next((k for k in range(at + 3, at + 6) if line.low(k) in _LISTS), None)
        return (at, last, -1) if last is not None else None
    if low in ("bottom", "foot") and line.words(at - 2, at) == "at the" and line.low(at + 1) == "of":
        last = next((k for k in range(at + 2, at + 6) if line.low(k) in _LISTS), None)
        return (at - 2, last, -1) if last is not None else None
    return None


def _apposed(scene: Scene, first: int, last: int) -> Mention | None:
    """ "the runner-up, the Corvo", "runner-up: the Corvo": who it is, where no verb says it of somebody."""
    line = scene.line
    if any(line.low(k) in ("is", "are", "was", "were", "be", "as") for k in range(first, last)):
        return None
    ahead = last + 1 + (line.low(last + 1) in (",", ":", "(", "is", "was"))
    ahead += line.low(ahead) == "the"
    found = scene.by_at.get(ahead)
    return found if found is not None and found.how in ("name", "part") else None
