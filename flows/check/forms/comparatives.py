"""Comparatives without a number: "faster than X", "the faster of the two", "faster on A than on B"."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import is_taste, is_universal, slant_metrics, unfit
from flows.check.forms.sides import comparand_after, comparands_for, subjects_for
from flows.check.forms.slants import Slant, changing, degree_before, slant_at
from flows.check.items import Item, cover
from flows.check.link import metrics_for
from flows.check.typed import Choice, Form, TypedClaim
from schemas.checking import Label


def read_comparative(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    slant = slant_at(items, at)
    if slant is None:
        return None
    low, nxt = items[at].low, scene.line.low(slant.last + 1)
    named = comparand_after(scene, slant.last)
    has_than = any(items[k].low == "than" for k in range(slant.last + 1, min(len(items), slant.last + 9)))
    if is_taste(scene, slant, nxt) or (advice_clause(scene, at) and named is None):
        cover(items, slant.first, slant.last)
        return None
    if (nxt == "of" and scene.line.low(slant.last + 2) in ("the", "these", "our")) or (
        nxt == "of" and scene.line.kind(slant.last + 2) == "e"
    ):
        return _pair_rank(scene, at, ctx, slant)
    if at > 0 and items[at - 1].low == "-" and items[at - 1].end == items[at].start:
        cover(items, at, at)
        return None
    metrics = slant_metrics(scene, slant, ctx)
    if named is None and has_than and (against := _other_metric(scene, slant, ctx)) is not None:
        return against
    subjects, weak = subjects_for(scene, at, ctx)
    if (
        named is None
        and not has_than
        and scene.line.kind(slant.last + 1) == "e"
        and slant.last + 1 in scene.by_at
        and subjects
    ):
        # "the older Pixel 6": said of the name that follows, against what the sentence is about.
        attributed = scene.by_at[slant.last + 1]
        cover(items, slant.first, slant.last)
        rivals = tuple(choice for choice in subjects if not set(choice.entities) & set(attributed.entities))
        if not rivals or not metrics:
            return None
        return TypedClaim(
            Form.COMPARISON,
            items[slant.first].start,
            items[slant.last + 1].end,
            subjects=(Choice(attributed.entities, 0.0, "the name that follows"),),
            comparands=rivals,
            metrics=metrics,
            sign=slant.sign,
            lenient=True,
            items=(slant.first, slant.last + 2),
        )
    if (
        named is None
        and not has_than
        and low in ("more", "less", "further", "later", "longer", "most", "lower", "higher")
        and not _is_predicate(items, slant)
        and unfit(scene, at, ctx, slant.classes, metrics)
    ):
        cover(items, slant.first, slant.last)
        return None
    start, end = items[slant.first].start, items[slant.last].end
    last = slant.last
    if named is not None:
        end = items[named.at].end
        last = named.at
        scene.comparand = named.entities
    comparands = comparands_for(scene, at, ctx, subjects, after=slant.last)
    for position in range(slant.first, last + 1):
        if items[position].kind in ("w", "e"):
            items[position].covered = True
    if not subjects and named is None:
        return None
    if unfit(scene, at, ctx, slant.classes, metrics):
        if not subjects and named is None:
            return None
        return TypedClaim(
            Form.COMPARISON,
            start,
            end,
            fixed=Label.UNVERIFIABLE,
            reason="no metric of the sheet says this",
            items=(slant.first, last + 1),
        )
    return TypedClaim(
        Form.COMPARISON, start, end, subjects=subjects, comparands=comparands, metrics=metrics, sign=slant.sign, positive=not denied(scene, slant.first),
        degree=degree_before(items, slant.first), lenient=weak, items=(slant.first, last + 1), universal=is_universal(scene, at, last),
        change=named is None and changing(items, at),
    )  # fmt: skip


def _is_predicate(items: list[Item], slant: Slant) -> bool:
    return slant.last > slant.first


def _pair_rank(scene: Scene, at: int, ctx: FormContext, slant: Slant) -> TypedClaim:
    """ "the faster of the two"."""
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    pair: tuple[int, ...] = ()
    turned = False
    for mention in scene.mentions:
        if mention.at > slant.last and len(mention.entities) > 1:
            pair = mention.entities
            break
    for step in range(slant.last + 2, min(slant.last + 9, len(items) - 1)):
        if items[step].kind == "p" and items[step].low != ":":
            break
        if items[step].low in ("is", "was", "isn't", "wasn't", ":"):
            # "The quicker of A and B is B": the predicate names who is meant.
            ahead = step + 1 + (scene.line.low(step + 1) == "not")
            named = scene.by_at.get(ahead) or scene.by_at.get(ahead + 1)
            if named is not None:
                subjects, weak = (Choice(named.entities, 0.0, "named by the comparative"),), False
                turned = ahead > step + 1 or items[step].low.endswith("n't")
            break
    among = pair or (tuple(range(ctx.compiled.entity_count)) if ctx.compiled.entity_count == 2 else ())
    cover(items, slant.first, min(slant.last + 3, len(items) - 1))
    metrics = slant_metrics(scene, slant, ctx)
    comparands = (
        (Choice(among, 0.0, "of the two"),) if among else comparands_for(scene, at, ctx, subjects, after=slant.last)
    )
    if not among:
        return TypedClaim(
            Form.COMPARISON,
            items[slant.first].start,
            items[slant.last].end,
            subjects=subjects,
            comparands=comparands,
            metrics=metrics,
            sign=slant.sign,
            positive=not denied(scene, slant.first),
            lenient=weak,
            items=(slant.first, slant.last + 1),
        )
    return TypedClaim(
        Form.RANK,
        items[slant.first].start,
        items[min(slant.last + 3, len(items) - 1)].end,
        subjects=subjects,
        metrics=metrics,
        sign=slant.sign,
        rank=1,
        comparands=comparands,
        positive=denied(scene, slant.first) is turned,
        lenient=weak,
        items=(slant.first, slant.last + 1),
    )


def _other_metric(scene: Scene, slant: Slant, ctx: FormContext) -> TypedClaim | None:
    """ "faster on the A14 than on the EPYC": one entity, two metrics."""
    items = scene.line.items
    than = next((k for k in range(slant.last + 1, min(len(items), slant.last + 9)) if items[k].low == "than"), None)
    if than is None or than + 1 >= len(items):
        return None
    ahead = [k for k in range(than + 1, min(len(items), than + 6)) if items[k].concept in ctx.compiled.by_concept]
    if not ahead or not any(
        items[k].low in ("on", "in", "at", "with", "for", "its", "when", "under", "without", "during")
        for k in range(than + 1, ahead[0] + 1)
    ):
        return None
    metrics = slant_metrics(scene, slant, ctx)
    against = metrics_for(scene, ahead[0], ctx.compiled, classes=slant.classes, reach=(than + 1, than + 6))
    against = tuple(choice for choice in against if choice.cost <= 0.5)
    subjects, weak = subjects_for(scene, slant.first, ctx)
    cover(items, slant.first, than)
    return TypedClaim(
        Form.COMPARISON,
        items[slant.first].start,
        items[than].end,
        subjects=subjects,
        metrics=metrics,
        against_metrics=against,
        sign=slant.sign,
        positive=not denied(scene, slant.first),
        lenient=weak,
        items=(slant.first, than + 1),
    )
