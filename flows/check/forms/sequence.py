"""Sequences: "A has the most, followed by B and C", "in ascending order: A, B, C", "from fastest to slowest: A, B, C"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from flows.check.discourse import Mention, Scene
from flows.check.forms.context import FormContext
from flows.check.forms.measures import order_metrics, slant_metrics
from flows.check.forms.slants import slant_at
from flows.check.items import cover
from flows.check.lexicon.model import OPPOSITE, Sign
from flows.check.ranking import rank
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label

#: What may stand between two names of a sequence, beside figures and marks.
_BETWEEN = frozenset("and then the with at by finally last 's next".split())
_BREAKS = frozenset([";", ".", "but", "while", "whereas"])
_ORDERS: dict[str, Sign] = {
    **dict.fromkeys("descending decreasing falling".split(), "up"),
    **dict.fromkeys("ascending increasing rising".split(), "down"),
}
_SORTED = frozenset("ranked sorted ordered ranking ranks".split())
_ANY = frozenset({"any"})


def read_followed(scene: Scene, lead: TypedClaim, ctx: FormContext) -> Iterator[TypedClaim]:
    """Those who are said to come next, each the first of whoever is left; `lead` is who comes first, read and judged."""
    if lead.form is not Form.RANK or lead.rank != 1 or not lead.positive or lead.fixed is not None or not lead.subjects:
        return
    start = _followed(scene, lead.items[1])
    metric = next((metric for place, metric in reversed(scene.linked) if place == lead.items[0]), None)
    if start is None or metric is None:
        return
    first = lead.subjects[0].entities
    left = lead.comparands[0].entities if lead.comparands else ctx.compiled.peers(first[0])
    left = tuple(entity for entity in left if any(cell.numeric for cell in ctx.compiled.cell(entity, metric)))
    if not _leads(lead, first, left, metric, ctx):
        # Of what measure the order is, is not sure then.
        return
    passed = set(first)
    items = scene.line.items
    for mention in _names(scene, start):
        rest = tuple(entity for entity in left if entity not in passed)
        if not set(mention.entities) <= set(rest) or len(rest) < 2:
            return
        cover(items, start, mention.at)
        yield replace(
            lead,
            start=items[mention.at].start,
            end=items[mention.at].end,
            subjects=(Choice(mention.entities, 0.0, "named as the next"),),
            comparands=(Choice(rest, 0.0, "who is left"),),
            metrics=(MetricChoice(metric, 0.0, "the order before"),),
            relation="shared",
            degree="",
            universal=False,
            lenient=False,
            items=(mention.at, mention.at + 1),
            readings=(),
            notes=[],
        )
        passed.update(mention.entities)


def _leads(lead: TypedClaim, first: tuple[int, ...], left: tuple[int, ...], metric: int, ctx: FormContext) -> bool:
    if lead.sign is None or not set(first) <= set(left):
        return False
    card = ctx.compiled.metrics[metric]
    return (
        rank(first, card, lead.sign, 1, ctx.compiled, among=left, positive=True, shared=True).label is Label.SUPPORTED
    )


def _followed(scene: Scene, after: int) -> int | None:
    """The place of "followed by" or ", then" behind an order, with no other clause between."""
    line = scene.line
    for at in range(after, len(line.items) - 1):
        if line.low(at) in _BREAKS:
            return None
        if line.words(at, at + 2) == "followed by" or (line.low(at) == "then" and line.low(at - 1) in (",", "and")):
            return at
    return None


def _names(scene: Scene, start: int) -> list[Mention]:
    """The names in a row from item `start` on, figures and marks between them."""
    items = scene.line.items
    found: list[Mention] = []
    for mention in scene.mentions:
        if mention.at < start or mention.how == "list":
            continue
        back = found[-1].at if found else start - 1
        between = items[back + 1 : mention.at]
        if mention.how not in ("name", "part") or not all(
            item.kind == "n" or item.low in ("followed", ",", "(", ")", ":", "—", "–") or item.low in _BETWEEN
            for item in between
        ):
            break
        if len(mention.entities) > 1:
            break
        found.append(mention)
    return found


def read_sequence(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Three or more names in the stated order: nobody lies before the one named before."""
    found = _direction(scene, ctx)
    if found is None:
        return
    first, last, sign, metrics = found
    names = _run(scene, last)
    if len(names) < 3 or not metrics:
        return
    items = scene.line.items
    cover(items, first, last)
    for before, after in pairwise(names):
        yield TypedClaim(
            Form.COMPARISON,
            items[after.at].start,
            items[after.at].end,
            subjects=(Choice(before.entities, 0.0, "named before"),),
            comparands=(Choice(after.entities, 0.0, "named next"),),
            metrics=metrics[:1],
            sign=OPPOSITE[sign],
            positive=False,
            items=(after.at, after.at + 1),
        )


def _run(scene: Scene, last: int) -> list[Mention]:
    """The names of the list that the words of order stand before, or behind."""
    behind = next((mention.at for mention in scene.mentions if mention.at > last), None)
    names = _names(scene, behind) if behind is not None else []
    return names if len(names) > 2 else []


def _direction(scene: Scene, ctx: FormContext) -> tuple[int, int, Sign, tuple[MetricChoice, ...]] | None:
    """Where the words of order stand, which way they run, and by what measure."""
    line = scene.line
    for at, item in enumerate(line.items):
        if item.low in _ORDERS and line.low(at + 1) == "order":
            return at, at + 1, _ORDERS[item.low], order_metrics(scene, at + 1, ctx, _ANY, at + 1)
        if item.low == "from" and item.kind == "w":
            one = slant_at(line.items, at + 1 + (line.low(at + 1) == "the"))
            to = one.last + 1 if one is not None else at
            other = slant_at(line.items, to + 1 + (line.low(to + 1) == "the"))
            if (
                one is not None
                and other is not None
                and line.low(to) == "to"
                and one.degree == other.degree == "superlative"
            ):
                return at, other.last, one.sign, slant_metrics(scene, one, ctx)
        if item.low in _SORTED and line.low(at + 1) == "by":
            metrics = order_metrics(scene, at + 1, ctx, _ANY, at + 1, signed=True)
            return (at, at + 1, "better", metrics) if metrics and metrics[0].why.startswith("word") else None
    return None
