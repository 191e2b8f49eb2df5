"""Verbs and adverbs of order: "beats X", "leads", "trails", "ahead of X", "falls behind"."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.leads import first_of_all
from flows.check.forms.measures import is_universal, order_metrics, unfit
from flows.check.forms.naming import names_a_thing
from flows.check.forms.sides import agent, comparand_after, comparands_for, subjects_for
from flows.check.forms.slants import degree_before
from flows.check.items import Item, cover
from flows.check.lexicon.model import OPPOSITE, Sign
from flows.check.typed import Choice, Form, TypedClaim
from schemas.checking import Label

_PASSIVE = frozenset(["was", "were", "is", "are", "been", "be", "not", "never", "only"])
_LAST_VERBS = frozenset(["trails", "trail", "trailing", "trailed", "lags", "lagging", "lose", "loses", "lost"])


_EDGES = frozenset(["edge", "edges", "edged"])


def read_verb(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    graded = items[at].graded
    assert graded is not None  # noqa: S101  # the caller looked
    low, nxt, prev = items[at].low, scene.line.low(at + 1), scene.line.low(at - 1)
    beaten_by = agent(scene, at)
    if (
        low in ("best", "top", "lead", "edge", "win")
        and prev in ("a", "the", "its", "of", "has", "with", "'s", "slight", "small", "clear", "big", "an")
        and low in ("best", "top", "edge")
    ):
        return None
    if low in ("lead", "win", "edge", "top") and (
        prev in ("a", "an", "the", "its", "any", "no", "their", "that", "this", "'s")
        or (at > 0 and items[at - 1].graded is not None)
        or scene.line.low(at - 2) in ("the", "a", "an", "its")
    ):
        return None
    if low in ("leading", "leader", "lost", "losing", "lose", "topping") and prev not in ("the", "is", "are", "clear"):
        return None
    if prev == "-" or nxt == "-":
        return None
    if low == "beaten" and prev in _PASSIVE and nxt != "by":
        # "were beaten twice as often": who is beaten is first in nothing.
        return None
    if low in ("leader", "winner") and (names_a_thing(scene, at) or prev in ("found", "scored", "netted", "hit")):
        cover(items, at, at)
        return None
    if low.startswith("los") and (
        nxt in ("the", "a", "any", "only", "about", "nearly", "just", "its", "more", "less", "some")
        or scene.line.kind(at + 1) == "n"
    ):
        return None
    if (nxt in ("to", "out") and low in ("lead", "leads")) or (nxt == "ahead" and low in _EDGES and beaten_by is None):
        # "edges ahead" is read of "ahead"
        return None
    if advice_clause(scene, at) and scene.subject_before(at) is None:
        return None
    if _counts(scene, at, ctx):
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    if not subjects:
        return None
    named = beaten_by if beaten_by is not None else comparand_after(scene, at)
    heads = [
        mention.at
        for mention in scene.mentions
        if named is not None and mention.at > at and set(mention.entities) <= set(named.entities)
    ]
    if named is not None and any(items[k].low == "," for k in range(at + 1, min(heads, default=named.at))):
        named = None
    metrics = order_metrics(
        scene, at, ctx, graded.meaning.classes, at, signed=graded.meaning.sign in ("better", "worse")
    )
    positive = not denied(scene, at)
    cover(items, at, at)
    start, end = items[at].start, items[named.at].end if named is not None else items[at].end
    vague = unfit(scene, at, ctx, graded.meaning.classes, metrics)
    if vague and not metrics:
        return TypedClaim(
            Form.COMPARISON, start, end, fixed=Label.UNVERIFIABLE, reason="no metric is named", items=(at, at + 1)
        )
    if named is not None:
        scene.comparand = named.entities
        cover(items, at, named.at)
        degree = "slightly" if low in _EDGES else _degree_after(items, at)
        return TypedClaim(
            Form.COMPARISON,
            start,
            end,
            subjects=subjects,
            comparands=(Choice(named.entities, 0.0, "object of the verb"),),
            metrics=metrics,
            sign=OPPOSITE[graded.meaning.sign] if beaten_by is not None else graded.meaning.sign,
            positive=positive,
            degree=degree or degree_before(items, at),
            lenient=weak,
            items=(at, named.at + 1),
            vague=vague,
            universal=is_universal(scene, at, named.at),
        )
    place = -1 if low in _LAST_VERBS else 1
    sign: Sign = "better" if graded.meaning.sign in ("better", "worse") else "up"
    if ctx.compiled.entity_count > 2 and place == -1:
        comparands = comparands_for(scene, at, ctx, subjects)
        return TypedClaim(
            Form.COMPARISON,
            start,
            end,
            subjects=subjects,
            comparands=comparands,
            metrics=metrics,
            sign=graded.meaning.sign,
            positive=positive,
            lenient=True,
            items=(at, at + 1),
        )
    return TypedClaim(
        Form.RANK,
        start,
        end,
        subjects=subjects,
        metrics=metrics,
        sign=sign,
        rank=place,
        positive=positive,
        lenient=weak,
        items=(at, at + 1),
        vague=vague,
        universal=is_universal(scene, at, at),
    )


def _counts(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "won five matches" where wins are a metric: the figure says how many, and the verb puts nobody in order."""
    items = scene.line.items
    if items[at].concept not in ctx.compiled.by_concept and items[at].low not in ("won", "lost"):
        return False
    for k in range(at + 1, min(len(items), at + _OBJECT)):
        if items[k].kind == "n":
            return items[k].unit not in ("ratio", "percent")
        if items[k].kind != "w" or items[k].low in ("by", "with", "than", "at"):
            return False
    return False


#: How far from a verb the figure may stand that is its object: "won just under nearly 20".
_OBJECT = 5


def _degree_after(items: list[Item], at: int) -> str:
    words = " ".join(item.low for item in items[at : at + 14])
    if any(
        phrase in words
        for phrase in (
            "by a small margin",
            "by a narrow margin",
            "by a hair",
            "by a whisker",
            "narrowly",
            "slightly",
            "by a sliver",
            "just barely",
            "by a nose",
        )
    ):
        return "slightly"
    if any(
        phrase in words
        for phrase in (
            "by a wide margin",
            "by a large margin",
            "by a mile",
            "comfortably",
            "easily",
            "by far",
            "handily",
            "by a landslide",
        )
    ):
        return "much"
    return ""


def read_ahead(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "ahead of zlib's", "pulls ahead", "falls behind", "behind Koa"."""
    items = scene.line.items
    low = items[at].low
    if scene.line.low(at + 1) in ("time", "the") and low == "behind" and comparand_after(scene, at) is None:
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    if not subjects:
        return None
    named = comparand_after(scene, at)
    metrics = order_metrics(scene, at, ctx, frozenset({"any"}), at, signed=True)
    cover(items, at, named.at if named is not None else at)
    start, end = items[at].start, items[named.at].end if named is not None else items[at].end
    if unfit(scene, at, ctx, frozenset({"any"}), metrics):
        return TypedClaim(
            Form.COMPARISON, start, end, fixed=Label.UNVERIFIABLE, reason="no metric is named", items=(at, at + 1)
        )
    comparands = (
        (Choice(named.entities, 0.0, "named after"),) if named is not None else comparands_for(scene, at, ctx, subjects)
    )
    if named is not None:
        scene.comparand = named.entities
    sign: Sign = "better" if low == "ahead" else "worse"
    claim = TypedClaim(
        Form.COMPARISON,
        start,
        end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        sign=sign,
        positive=not denied(scene, at),
        degree=degree_before(items, at),
        lenient=weak,
        items=(at, at + 1),
        universal=is_universal(scene, at, named.at if named is not None else at),
    )
    return first_of_all(claim, comparands, ctx) if named is None and claim.degree and low == "ahead" else claim
