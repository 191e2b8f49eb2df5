"""Boundless: "unlimited" where a column of figures says it of some: "data is unlimited on Max", "no limit on parallel jobs"."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.accounted import accounted
from flows.check.forms.capability import segments
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext, beyond
from flows.check.forms.having import denied, subjects_of
from flows.check.items import Item
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_BOUNDLESS = frozenset(["unlimited", "unmetered", "limitless"])
_LIMITS = frozenset(["limit", "limits", "cap", "caps"])
#: What a sentence must hold one of for this form.
WORDS = _BOUNDLESS | _LIMITS


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each word that says that there is no bound, where some cell among the figures says so."""
    items = scene.line.items
    for first, last in segments(scene, ctx):
        for at in range(first, last):
            said = items[at].low in _BOUNDLESS or (
                items[at].low in _LIMITS and scene.line.low(at - 1) in ("no", "without")
            )
            if not said or items[at].covered or advice_clause(scene, at):
                continue
            claim = _claim(scene, ctx, first, last, at)
            if claim is not None:
                yield claim


def _claim(scene: Scene, ctx: FormContext, first: int, last: int, at: int) -> TypedClaim | None:
    items, compiled = scene.line.items, ctx.compiled
    metric = _metric(scene, ctx, first, last, at)
    if metric is None and (noun := _noun_behind(scene, ctx, last, at)) and _unknown(noun, ctx):
        # "unlimited users" of a table that knows unlimited storage alone.
        return beyond(scene, at, scene.line.items.index(noun[-1]), "no fact carries this", Form.CAPABILITY)
    subjects, _ = subjects_of(scene, ctx, first, last, [at])
    if metric is None or not subjects or len(subjects[0].entities) == 0:
        return None
    cells = [cell for entity in subjects[0].entities for cell in compiled.cell(entity, metric)]
    if not cells or any(cell.disputed for cell in cells):
        return None
    without = items[at].low in _LIMITS
    start = at - 1 if without else at
    if without:
        items[start].covered = True
    items[at].covered = True
    counted = [low for low in (item.low for item in items[first:last]) if low not in ("no", "without") or not without]
    positive = not any(
        (low == "not" or low.endswith("n't") or low in ("no", "without", "never")) for low in counted
    ) and (without or not denied(items, first, last, at, compiled.lexicon.lacking_verbs))
    boundless = [not cell.numeric and not _BOUNDLESS.isdisjoint(cell.raw.lower().split()) for cell in cells]
    holds = all(boundless) if positive else not any(boundless)
    return TypedClaim(
        Form.CAPABILITY,
        items[start].start,
        items[at].end,
        fixed=Label.SUPPORTED if holds else Label.CONTRADICTED,
        facts=tuple(cell.fact for cell in cells),
        shown="; ".join(dict.fromkeys(cell.raw[:60] for cell in cells)),
        items=(start, at + 1),
    )


def _metric(scene: Scene, ctx: FormContext, first: int, last: int, at: int) -> int | None:
    """The column of figures that has such a cell and is named: by the noun behind the word, or in the clause where none stands there."""
    compiled = ctx.compiled
    found = {
        cell.metric
        for word in _BOUNDLESS
        for cell in compiled.by_value.get(compiled.lexicon.concept(word), ())
        if compiled.metrics[cell.metric].numeric
    }
    behind = _noun_behind(scene, ctx, last, at)
    said = {item.concept for item in behind or scene.line.items[first:last] if item.kind == "w"}
    scores = {
        metric: sum(weight for concept, weight in compiled.metrics[metric].weights.items() if concept in said)
        for metric in found
    }
    best = max(scores, key=lambda metric: scores[metric], default=None)
    return best if best is not None and scores[best] > 0 else None


def _unknown(noun: list[Item], ctx: FormContext) -> bool:
    """Whether a table that says "unlimited" of something has no word for what is called so here."""
    known = any(ctx.compiled.lexicon.concept(word) in ctx.compiled.by_value for word in _BOUNDLESS)
    return known and not any(
        accounted(item, ctx.compiled.accounted, ctx.compiled)
        # "sites" of a column of websites
        or (len(item.concept) > 3 and any(word.endswith(item.concept) for word in ctx.compiled.by_concept))
        for item in noun
    )


def _noun_behind(scene: Scene, ctx: FormContext, last: int, at: int) -> list[Item]:
    """The words of "unlimited cloud storage", "limit on storage", up to the next small word."""
    stop = ctx.compiled.lexicon.stop
    start = at + 1 + (scene.line.low(at + 1) in ("on", "for"))
    end = start
    while end < last and scene.line.kind(end) == "w" and scene.line.low(end) not in stop:
        end += 1
    return scene.line.items[start:end]


__all__ = ["WORDS", "read"]
