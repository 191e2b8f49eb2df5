"""Percents: "20 % faster", "58 % of that", "within 5 %", or a percent that is a value itself."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.fitting import unit_fit
from flows.check.forms.against import retold, set_against, slant_before, told_again
from flows.check.forms.context import FormContext
from flows.check.forms.gap_words import AHEAD, GAP_SIGN, GAP_WORDS, SAVES, change_of, gap_before
from flows.check.forms.slants import slant_at
from flows.check.forms.spans import span_of
from flows.check.forms.values import absolute
from flows.check.items import Item, cover, hedge_first
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, TypedClaim


def read_percent(scene: Scene, at: int, ctx: FormContext, assigned: Choice | None = None) -> TypedClaim | None:
    """A gap in percent or a percentage itself; a bare one ("grew by 20 %") may be the value of a metric that is a percentage."""
    claim = _read(scene, at, ctx, assigned)
    if (
        claim is not None
        and claim.form is Form.PERCENT
        and claim.items[1] == at + 1
        and claim.relation not in ("of", "within")
        and not claim.operands
        and not _named(claim)
        and any(card.unit == "percent" for card in ctx.compiled.metrics)
    ):
        value = absolute(scene, at, ctx, assigned)
        claim.readings = (*claim.readings, value) if value is not None else claim.readings
    return claim


_BOUNDS = frozenset({Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST})
#: Verbs whose object is the change itself, without "by".
_GIVES_UP = frozenset("saves save saving saved shaves loses lose losing lost sheds gains gained".split())


def _told_of_another(scene: Scene, at: int, stated: Stated) -> TypedClaim | None:
    """ "Compared with A, B saves 28 %, C 45 % and D 48 %": the gap just told, of the next thing."""
    earlier = scene.extra.get("gap")
    first = hedge_first(scene.line.items, at)
    named = scene.by_at.get(first - 1)
    if (
        not isinstance(earlier, TypedClaim)
        or earlier.form is not Form.PERCENT
        or named is None
        or named.how not in ("name", "part")
        or named.possessive
        or scene.line.low(first - 2 - (scene.line.low(first - 2) == "the")) not in (",", "and", ";")
        or any(scene.line.items[k].kind == "w" and k > earlier.items[1] and scene.line.low(k) not in ("and", "the", "than") and k not in scene.by_at for k in range(earlier.items[1], first))
    ):  # fmt: skip
        return None
    return replace(
        retold(scene, at, Form.PERCENT, stated, earlier, scene),
        subjects=(Choice(named.entities, 0.0, "of the next thing"),),
        operands=(),
    )


def _names_share(item: Item, ctx: FormContext) -> bool:
    """Whether the word is of the name of a metric of percentages."""
    return any(
        ctx.compiled.metrics[metric].unit == "percent" for metric in ctx.compiled.by_concept.get(item.concept, ())
    )


def _named(claim: TypedClaim) -> bool:
    return bool(claim.comparands) and claim.comparands[0].cost <= 0


def _read(scene: Scene, at: int, ctx: FormContext, assigned: Choice | None) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    assert stated is not None  # noqa: S101  # the caller looked
    start, end = span_of(items, at)
    nxt = max(at, items[at].hedge_to) + 1
    low = scene.line.low(nxt)
    slant = slant_at(items, nxt)
    before = scene.line.low(hedge_first(items, at) - 1)
    if slant is not None and slant.degree == "comparative":
        relation = (
            "speed" if slant.base in ("fast", "quick", "slow", "speedy", "good", "bad", "efficient") else "signed"
        )
        return set_against(
            scene,
            at,
            ctx,
            Form.PERCENT,
            stated,
            relation,
            slant.sign,
            slant.classes,
            start,
            items[slant.last].end,
            slant.last,
        )
    shares = any(card.unit == "percent" for card in ctx.compiled.metrics)
    bounded = stated.hedge is Hedge.AT_MOST and not shares
    if before == "within" or bounded or scene.line.low(items[at].hedge_from) == "within":
        return set_against(scene, at, ctx, Form.PERCENT, stated, "within", None, None, start, end, at)
    own_share = (
        scene.line.low(nxt + 1) in ("its", "the", "it")
        and shares
        and not any(item.kind == "e" and item.low not in ("its", "it") for item in items[nxt + 1 : nxt + 5])
    )
    if before in _GIVES_UP and (low == "of" or not shares or not ctx.compiled.below_zero):
        # "saves about 28 %", "loses 10 % of its throughput": the verb says which way.
        relation = "fall" if SAVES.get(before, "down") == "down" else "rise"
        return set_against(scene, at, ctx, Form.PERCENT, stated, relation, None, None, start, end, at)
    if (
        low == "of"
        and not own_share
        and (scene.line.low(nxt + 1) in ("that", "what", "the", "its") or scene.line.kind(nxt + 1) == "e")
    ):
        return set_against(scene, at, ctx, Form.PERCENT, stated, "of", "up", None, start, items[nxt].end, nxt)
    if low in AHEAD and low not in ("over", "under", "off", "back"):
        return set_against(scene, at, ctx, Form.PERCENT, stated, "speed", AHEAD[low], None, start, items[nxt].end, nxt)
    for position in (nxt, nxt + 1, nxt + 2):
        word = scene.line.low(position)
        if scene.line.kind(position) != "w":
            break
        if word in GAP_WORDS and _names_share(items[position], ctx):
            # "a 13.8 % operating margin": a value of that metric, no gap.
            break
        if word in GAP_WORDS:
            sign = GAP_SIGN.get(word)
            return set_against(
                scene,
                at,
                ctx,
                Form.PERCENT,
                stated,
                "speed" if sign in ("better", "worse") else ("signed" if sign else "gap"),
                sign,
                None,
                start,
                items[position].end,
                position,
            )
    told = told_again(scene, at, Form.PERCENT, stated) or _told_of_another(scene, at, stated)
    if told is not None:
        return told
    named = gap_before(items, at, ctx.compiled.by_concept)
    if named:
        return set_against(scene, at, ctx, Form.PERCENT, stated, change_of(named), None, None, start, end, at)
    found = slant_before(scene, at)
    if found is not None:
        cover(items, found.first, found.last)
        relation = "speed" if found.sign in ("better", "worse") else "signed"
        return set_against(scene, at, ctx, Form.PERCENT, stated, relation, found.sign, found.classes, start, end, at)
    if any(items[k].low in SAVES for k in range(max(0, at - 6), at)) and any(
        items[k].low == "by" for k in range(max(0, at - 4), at)
    ):
        return set_against(scene, at, ctx, Form.PERCENT, stated, "gap", None, None, start, end, at)
    if stated.hedge in _BOUNDS and before not in ("by", "another") and "gap" not in scene.extra:
        # "if you keep humidity below 60 %": a bound that nearly every pair of cells keeps is no gap without a word for one.
        return absolute(scene, at, ctx, assigned)
    if not any(
        card.unit == "percent" or unit_fit(stated, card) is not None for card in ctx.compiled.metrics
    ) or scene.line.low(hedge_first(items, at) - 1) in ("by", "another"):
        return set_against(scene, at, ctx, Form.PERCENT, stated, "gap", None, None, start, end, at)
    return absolute(scene, at, ctx, assigned)
