"""Ordinals: places in an order by their number: "ranks second", "finishes last", "third from the bottom", "second on price is X"."""

from __future__ import annotations

from flows.check.discourse import Mention, Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import order_metrics
from flows.check.forms.sides import subjects_for
from flows.check.items import cover
from flows.check.typed import Choice, Form, TypedClaim

PLACES = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "runner": 2,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
}


def fronted_place(scene: Scene, at: int) -> Mention | None:
    """ "Second in speed is X", "third on punctuality comes X": who it is."""
    line = scene.line
    if (at and line.kind(at - 1) != "p" and line.low(at - 1) not in ("and", "but")) or line.low(at + 1) not in _IN:
        return None
    verb = next((k for k in range(at + 2, at + 8) if line.low(k) in _NAMING or line.kind(k) in "pn"), None)
    if verb is None or line.low(verb) not in _NAMING:
        return None
    found = scene.by_at.get(verb + 1) or scene.by_at.get(verb + 2)
    return found if found is not None and found.how in ("name", "part") else None


_IN = frozenset("in on for by with".split())


_NAMING = frozenset("is was comes came".split())


def read_place(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    ahead = fronted_place(scene, at)
    if ahead is not None:
        subjects, weak = (Choice(ahead.entities, 0.0, "named by the place"),), False
    if not subjects or advice_clause(scene, at):
        return None
    if scene.line.words(at + 1, at + 3) in ("to last", "- to"):
        # It is read with the "last" behind it.
        cover(items, at, at)
        return None
    if items[at].low in ("first",) and scene.line.low(at + 1) not in (
        ",",
        ".",
        ";",
        "at",
        "in",
        "with",
        "on",
        "",
        "and",
        "there",
        "here",
        "overall",
        "(",
    ):
        return None
    metrics = order_metrics(scene, at, ctx, frozenset({"any"}), at)
    rank, first = PLACES[items[at].low], at
    if rank < 0 and scene.line.low(at - 1) == "to" and scene.line.low(at - 2) in ("second", "next", "third"):
        # "second to last": counted from the end.
        rank, first = (-3 if scene.line.low(at - 2) == "third" else -2), at - 2
    cover(items, first, at)
    if scene.line.low(at + 1) == "from" and (end := at + 2 + (scene.line.low(at + 2) == "the")) < len(items):
        # "third from the bottom", "second from last"
        if items[end].low in ("bottom", "last", "end", "back", "rear"):
            rank = -rank
            cover(items, at, end)
        elif items[end].low == "top":
            cover(items, at, end)
    if items[at - 1].low not in ("a", "the") and scene.line.low(at - 2) == "a":
        # "a distant last"
        cover(items, at - 2, at)
    if metrics and not ctx.compiled.metrics[metrics[0].metric].sign:
        # A place by a measure that has no better side may be counted from either end.
        return None
    metrics = tuple(choice for choice in metrics if ctx.compiled.metrics[choice.metric].sign)
    if not metrics:
        return None
    return TypedClaim(
        Form.RANK,
        items[first].start,
        items[at].end,
        subjects=subjects,
        metrics=metrics,
        sign="better",
        rank=rank,
        positive=not denied(scene, at),
        lenient=weak,
        items=(at, at + 1),
    )
