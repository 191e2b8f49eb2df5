"""Order without a number: comparatives, superlatives, verbs of order, ranks, and sameness."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.comparatives import read_comparative
from flows.check.forms.context import FormContext
from flows.check.forms.order_verbs import read_ahead, read_verb
from flows.check.forms.ranks import PLACES, read_place, read_superlative
from flows.check.forms.sameness import read_same
from flows.check.typed import TypedClaim

_PLACE_HEADS = frozenset(
    [
        "comes",
        "come",
        "came",
        "finishes",
        "finish",
        "finished",
        "ranks",
        "rank",
        "ranked",
        "is",
        "are",
        "sits",
        "placed",
        "lands",
        "landed",
    ]
)


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for the graded words that no number has consumed."""
    items = scene.line.items
    at = 0
    while at < len(items):
        item = items[at]
        if not item.covered:
            graded = item.graded
            claim: TypedClaim | None = None
            if graded is not None and graded.degree == "verb":
                claim = read_verb(scene, at, ctx)
            elif graded is not None and graded.degree == "comparative":
                claim = read_comparative(scene, at, ctx)
            elif graded is not None and graded.degree == "superlative":
                claim = read_superlative(scene, at, ctx)
            elif item.low in ("ahead", "behind"):
                claim = read_ahead(scene, at, ctx)
            elif item.low in ctx.compiled.lexicon.same:
                claim = read_same(scene, at, ctx)
            elif (item.low in PLACES and scene.line.low(at - 1) in _PLACE_HEADS) or (
                item.low == "last" and scene.line.low(at + 1) in ("place", "in")
            ):
                claim = read_place(scene, at, ctx)
            if claim is not None:
                yield claim
        at += 1
