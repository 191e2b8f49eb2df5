"""Listed measures: "leads on coverage, speed and price" says of each measure what it says of the first."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.items import Item
from flows.check.typed import Form, MetricChoice, TypedClaim

_ON = frozenset(["on", "in", "for", "at", "by"])
_JOINS = frozenset([",", "and", "&", "or"])
_FILLERS = frozenset("the its both raw total overall".split())
#: How many words of one name may stand in a list.
_WORDS = 5


def each_listed(scene: Scene, claim: TypedClaim, ctx: FormContext) -> list[TypedClaim]:
    """The claim for each measure of a list behind it; the claim itself where there is none."""
    if claim.form not in (Form.RANK, Form.COMPARISON) or claim.fixed is not None or not claim.positive or claim.vague:
        return [claim]
    items = scene.line.items
    start = claim.items[1]
    if start >= len(items) or items[start].low not in _ON or claim.against_metrics:
        return [claim]
    found: list[tuple[int, int, tuple[MetricChoice, ...]]] = []
    first = start + 1
    for at in range(start + 1, len(items) + 1):
        low = items[at].low if at < len(items) else "."
        if at < len(items) and low not in _JOINS and items[at].kind != "p":
            continue
        if at > first:
            metrics = _measures(items[first:at], claim, ctx)
            if not metrics:
                break
            found.append((first, at - 1, metrics))
        first = at + 1
        if low not in _JOINS:
            break
    if len(found) < 2:
        return [claim]
    told = [replace(claim, metrics=found[0][2], universal=False)]
    for first, last, metrics in found[1:]:
        told.append(
            replace(
                claim,
                start=items[first].start,
                end=items[last].end,
                metrics=metrics,
                items=(first, last + 1),
                universal=False,
            )
        )
    return told


def _measures(words: list[Item], claim: TypedClaim, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics whose names the words are, and that the claim can be of; () where another word stands among them."""
    if len(words) > _WORDS:
        return ()
    told: dict[int, float] = {}
    for item in words:
        if item.kind != "w" or item.degree in ("comparative", "superlative", "verb"):
            return ()
        if item.low in _FILLERS:
            continue
        if item.concept not in ctx.compiled.by_concept:
            return ()
        for metric, weight in ctx.compiled.weights_of.get(item.concept, ()):
            told[metric] = told.get(metric, 0.0) + weight
    possible = {choice.metric for choice in claim.metrics}
    fitting = {
        metric: much
        for metric, much in told.items()
        if metric in possible
        and ctx.compiled.metrics[metric].ordered
        and (claim.sign not in ("better", "worse") or ctx.compiled.metrics[metric].sign)
    }
    most = max(fitting.values(), default=0.0)
    return tuple(MetricChoice(metric, 0.0, "word in the list") for metric, much in fitting.items() if much == most)
