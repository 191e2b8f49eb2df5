"""Differences: "3 s faster", "a lead of 5 points", "$300 less", and a bare figure that answers how much more."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.fitting import POINTS, fitting
from flows.check.forms.against import set_against, slant_before
from flows.check.forms.apart import read_apart
from flows.check.forms.context import FormContext
from flows.check.forms.dates_in_numbers import YEAR_WORDS, read_age, read_years, tells_age
from flows.check.forms.gap_words import AHEAD, GAP_SIGN, GAP_WORDS, SAVES, gap_before
from flows.check.forms.sides import comparand_after
from flows.check.forms.slants import DEGREES, slant_at
from flows.check.forms.spans import span_of
from flows.check.items import Item, back_over, cover, hedge_first
from flows.check.link import metrics_for
from flows.check.typed import Choice, Form, TypedClaim

_AFTER_SAVING = frozenset("you about only just a an the another further".split())


def read_difference(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    if stated is None:
        return None
    start, end = span_of(items, at)
    nxt = max(at, items[at].hedge_to) + 1
    if (
        stated.quantity.unit in ("year", "month")
        and ctx.today is not None
        and ctx.compiled.has_dates
        and tells_age(scene, at)
    ):
        return read_age(scene, at, ctx, stated, start)
    if stated.quantity.unit in ("year", "month") and scene.line.low(nxt) in YEAR_WORDS and ctx.compiled.has_dates:
        return read_years(scene, at, ctx, stated, start, nxt)
    fits = bool(fitting(stated, ctx.compiled))
    if not fits and stated.quantity.unit in ("year", "month") and ctx.compiled.has_dates and _by_before(items, at):
        return read_years(scene, at, ctx, stated, start, -1)
    if not fits:
        return None
    for position in range(nxt, min(nxt + 3, len(items))):
        word = items[position]
        if word.kind in ("p", "n", "e") or word.low in _BREAKS or (word.covered and word.graded is not None):
            break
        if word.low in DEGREES or (word.low.endswith("ed") and word.graded is None):
            # "5.1 g, or 5.1 a little more than B": how much more is said already; "three men jumped farther".
            break
        slant = slant_at(items, position)
        if position == nxt and slant is not None and scene.line.low(hedge_first(items, at) - 1) == "at":
            # "at 72 dB quieter than X": the figure is a value.
            break
        if (
            slant is not None
            and slant.degree == "comparative"
            and not (
                position > nxt
                and scene.line.low(position - 1) in ("or", "and", "is", "with", "at", "but", "while", "to")
            )
        ):
            if word.low in ("better", "worse") and position > nxt:
                break
            return set_against(
                scene,
                at,
                ctx,
                Form.DIFFERENCE,
                stated,
                "",
                slant.sign,
                slant.classes,
                start,
                items[slant.last].end,
                slant.last,
            )
        if word.low in ("ahead", "behind", "extra", "additional", "adrift") or (
            word.low in ("short", "clear") and scene.line.low(position + 1) == "of"
        ):
            return set_against(
                scene, at, ctx, Form.DIFFERENCE, stated, "", AHEAD[word.low], None, start, word.end, position
            )
        if (
            word.low in GAP_WORDS
            and word.concept not in ctx.compiled.by_concept
            and word.text.islower()
            and word.low not in ("edge", "drop", "cut", "gain")
        ):
            return set_against(
                scene, at, ctx, Form.DIFFERENCE, stated, "", GAP_SIGN.get(word.low), None, start, word.end, position
            )
        if (
            word.low in ("above", "below", "over", "under")
            and comparand_after(scene, position) is not None
            and (position == nxt or (position == nxt + 1 and items[nxt].low in POINTS))
        ):
            return set_against(
                scene, at, ctx, Form.DIFFERENCE, stated, "", AHEAD[word.low], None, start, word.end, position
            )
    if gap_before(items, at, ctx.compiled.by_concept):
        return set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", None, None, start, end, at)
    found = slant_before(scene, at)
    if found is not None and _by_before(items, at):
        apart = any(item.low == "," for item in items[found.last : at])
        if not apart:
            cover(items, found.first, found.last)
        return set_against(
            scene,
            at,
            ctx,
            Form.DIFFERENCE,
            stated,
            "",
            # Before a comma the comparison is a claim of its own: this one is how far.
            None if apart else found.sign,
            found.classes,
            start,
            end,
            at,
        )
    head = hedge_first(items, at)
    if scene.line.low(head - 1) == "by" and scene.line.kind(head - 2) != "n":
        return set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", None, None, start, end, at)
    first = back_over(items, hedge_first(items, at), _AFTER_SAVING)
    verb = scene.line.low(first)
    if verb in ("saves", "save", "saving", "saved", "shaves", "adds", "trims", "knocks"):
        return set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", SAVES[verb], None, start, end, at)
    return read_apart(scene, at, ctx, stated)


#: Words behind a figure after which nothing is said of it any more: "0.61 ms in the earlier run".
_BREAKS = frozenset(
    "and but despite though although with at for which while has is to in on from by was were are got gets became becomes runs ran needs takes".split()
)
_ASKED = frozenset(
    [
        "more",
        "less",
        "fewer",
        "extra",
        "save",
        "saves",
        "saved",
        "gain",
        "gains",
        "lose",
        "loses",
        "difference",
        "gap",
        "behind",
        "ahead",
    ]
)


def read_answer(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "How much heavier is the Halo than the Mira? 63 grams": a bare figure answers what was asked."""
    question, items, stated = scene.question, scene.line.items, scene.line.items[at].stated
    if (
        question is None
        or stated is None
        or question is not scene.previous
        or any(mention.at < at for mention in scene.mentions)
        or at > 4
        or any(item.kind == "n" for item in items[:at])
    ):
        return None
    words = question.line.items
    if not any(item.low == "how" for item in words) or not any(
        item.low in _ASKED or (item.graded is not None and item.graded.degree == "comparative") for item in words
    ):
        return None
    names = list(dict.fromkeys(entity for mention in question.mentions for entity in mention.entities))
    if len(names) != 2:
        return None
    last = next((k for k in range(len(words) - 1, -1, -1) if words[k].concept in ctx.compiled.by_concept), None)
    metrics = metrics_for(question, last if last is not None else 0, ctx.compiled, stated=stated)
    start, end = span_of(items, at)
    items[at].covered = True
    claim = TypedClaim(
        Form.DIFFERENCE,
        start,
        end,
        subjects=(Choice((names[0],), 0.0, "asked about"),),
        comparands=(Choice((names[1],), 0.0, "asked about"),),
        metrics=metrics,
        stated=stated,
        lenient=True,
        items=(at, at + 1),
    )
    asked = next(
        (
            slant
            for k in range(len(words))
            if (slant := slant_at(words, k)) is not None and slant.degree == "comparative"
        ),
        None,
    )
    # "63 grams, or about 27 %": a percentage has the direction of the question.
    scene.extra["gap"] = replace(claim, sign=asked.sign if asked is not None else None)
    return claim


def _by_before(items: list[Item], at: int) -> bool:
    first = hedge_first(items, at)
    return any(items[k].low == "by" for k in range(max(0, first - 3), first))
