"""Meant: what thing some words name, for the forms that say of a list or of a name that it has it."""

from __future__ import annotations

from dataclasses import dataclass

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.items import Item, cover
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim

FILLING = frozenset(
    "only just and or & , also the of them these those in this list table here service phone tool plan car one ones model models store product option entity three four five six seven two too as well else alone all both".split()
)


AUX = frozenset(
    "do does did can has have is are will don't doesn't didn't can't cannot hasn't haven't isn't aren't won't".split()
)


_WEIGHT = 0.6


@dataclass(slots=True)
class Meant:
    """A capability as words said it: which metric, by which concepts, and whether it was affirmed."""

    metric: int
    words: tuple[str, ...]
    positive: bool
    strength: float


def meant_by(scene: Scene, first: int, last: int, ctx: FormContext) -> Meant | None:
    """The textual metric that items `first`..`last`-1 name best; None when none does clearly."""
    return meant_of(scene.line.items[first:last], ctx)


def meant_of(items: list[Item], ctx: FormContext) -> Meant | None:
    table = ctx.compiled.text_words
    scores: dict[int, float] = {}
    used: dict[int, list[str]] = {}
    lexicon = ctx.compiled.lexicon
    asked = any(item.low in AUX or item.low in ("which", "what") for item in items)
    for item in items:
        named = item.text[:1].isupper() and item.concept in ctx.compiled.grammar_names
        if item.kind not in ("w", "n") or not item.concept or (item.low in lexicon.stop and not named):
            continue
        if asked and item.low in lexicon.capability_verbs and not item.low.endswith("ed"):
            # "Which of them runs on Linux?" of "Windows runners"
            continue
        for metric, weight in table.get(item.concept, {}).items():
            if item.concept not in used.setdefault(metric, []):
                scores[metric] = scores.get(metric, 0.0) + weight
                used[metric].append(item.concept)
    if not scores:
        return None
    ranked = sorted(scores, key=lambda metric: -scores[metric])
    best = ranked[0]
    if scores[best] < _WEIGHT or (len(ranked) > 1 and scores[ranked[1]] > scores[best] - 0.15):
        return None
    return Meant(best, tuple(used[best]), True, scores[best])


def claim_of(
    scene: Scene,
    first: int,
    last: int,
    subjects: tuple[int, ...],
    meant: Meant,
    *,
    positive: bool,
    exclusive: bool = False,
) -> TypedClaim:
    items = scene.line.items
    cover(items, first, last - 1)
    return TypedClaim(
        Form.CAPABILITY, items[first].start, items[last - 1].end, subjects=(Choice(subjects, 0.0, "listed"),), metrics=(MetricChoice(meant.metric, 0.0, "named before"),),
        words=meant.words, positive=positive, exclusive=exclusive, items=(first, last),
    )  # fmt: skip


__all__ = ["AUX", "FILLING", "Meant", "claim_of", "meant_by", "meant_of"]
