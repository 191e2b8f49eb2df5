"""Order without a number: comparatives, superlatives, verbs of order, ranks, and sameness."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flows.check.discourse import Scene
from flows.check.forms.comparatives import read_comparative
from flows.check.forms.context import FormContext
from flows.check.forms.leads import LEADS, read_exception, read_lead, read_second_to
from flows.check.forms.likeness import read_as
from flows.check.forms.listed import each_listed
from flows.check.forms.order_verbs import read_ahead, read_verb
from flows.check.forms.ordinals import PLACES, fronted_place, read_place
from flows.check.forms.ranks import read_superlative
from flows.check.forms.sameness import read_same
from flows.check.forms.sequence import read_followed, read_sequence
from flows.check.forms.standings import WORDS as STANDINGS
from flows.check.forms.standings import read_standing
from flows.check.lexicon import Lexicon
from flows.check.typed import Form, TypedClaim

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


_BETWEEN = frozenset(["not", "only", "also", "even", "still", "again", "dead", "n't", "clearly", "close"])
_ENDS = frozenset(
    ["", ",", ".", ";", ")", "and", "but", "at", "with", "in", "on", "there", "here", "overall", "of", "place", "("]
)


_MARGINS = frozenset("close distant clear narrow strong comfortable good remote poor".split())


def _is_place(scene: Scene, at: int) -> bool:
    """ "finishes second", "is not last", and in a list of places the verb left out: "Tamar second, Vela third"."""
    line = scene.line
    back = at - 1
    if line.low(back) in _MARGINS and line.low(back - 1) == "a":
        back -= 2
    while line.low(back) in _BETWEEN:
        back -= 1
    following = line.low(at + 1)
    if line.low(at) == "runner":
        return False
    if line.low(at) == "last" and line.low(at - 1) == "to" and line.low(at - 2) in ("second", "next", "third"):
        return line.low(at - 3) in _PLACE_HEADS
    if line.low(at) == "second" and line.words(at + 1, at + 3) == "to last":
        return False
    if fronted_place(scene, at) is not None:
        return True
    if line.low(back) in _PLACE_HEADS or (following == "only" and line.low(at + 2) == "to"):
        return True
    if line.low(at) == "last" and following in ("place", "in"):
        return True
    return line.kind(at - 1) == "e" and at - 1 in scene.by_at and following in _ENDS and line.low(at + 1) != "of"


def _bounds(scene: Scene, at: int) -> bool:
    """ "never more than about 3 %": the word bounds a figure."""
    line = scene.line
    if line.low(at) not in ("more", "less", "fewer") or line.low(at + 1) != "than":
        return False
    return any(
        line.kind(k) == "n"
        and line.items[k].hedge_from in range(at + 2, k + 1)
        and any(linked in range(at, k + 1) for linked, _ in scene.linked)
        for k in range(at + 2, at + 4)
    )


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for the graded words that no number has consumed."""
    items = scene.line.items
    turning = _turning(ctx.compiled.lexicon)
    if len(scene.mentions) > 2:
        yield from read_sequence(scene, ctx)
    for at in [at for at, item in enumerate(items) if item.graded is not None or item.low in turning]:
        item = items[at]
        if (not item.covered or item.low == "as") and item.kind != "e":
            graded = item.graded
            claim: TypedClaim | None = None
            if graded is not None and graded.degree == "verb":
                claim = read_verb(scene, at, ctx) or (read_lead(scene, at, ctx) if item.low in LEADS else None)
            elif graded is not None and graded.degree == "comparative" and not _bounds(scene, at):
                claim = read_comparative(scene, at, ctx)
            elif graded is not None and graded.degree == "superlative":
                claim = read_superlative(scene, at, ctx)
            elif item.low in ("ahead", "behind"):
                claim = read_ahead(scene, at, ctx)
            elif item.low in LEADS:
                claim = read_lead(scene, at, ctx)
            elif item.low == "as":
                claim = read_as(scene, at, ctx)
            elif item.low in STANDINGS:
                claim = read_standing(scene, at, ctx)
            elif item.low in ctx.compiled.lexicon.same:
                claim = read_same(scene, at, ctx)
            elif item.low in PLACES and _is_place(scene, at):
                claim = read_place(scene, at, ctx)
            if claim is not None:
                claim, *others = each_listed(scene, claim, ctx)
                yield claim
                yield from others
                if claim.form is Form.RANK and claim.rank == 1 and claim.positive:
                    scene.extra["first"] = claim
                yield from read_exception(scene, claim, ctx)
                yield from read_followed(scene, claim, ctx)
                if item.low == "second" and (behind := read_second_to(scene, claim, at)) is not None:
                    yield behind


@lru_cache(maxsize=8)
def _turning(lexicon: Lexicon) -> frozenset[str]:
    """The words, beside the graded ones, that an order turns on."""
    return lexicon.same.union(PLACES, LEADS, STANDINGS, ("ahead", "behind", "as"))
