"""Comparatives without a number: "faster than X", "the faster of the two", "faster on A than on B"."""

from __future__ import annotations

from flows.check.discourse import Mention, Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import is_taste, is_universal, slant_metrics, unfit
from flows.check.forms.sides import comparand_after, comparands_for, subjects_for
from flows.check.forms.slants import DEGREES, Slant, changing, degree_before, slant_at
from flows.check.items import Item, back_over, cover
from flows.check.link import metrics_for
from flows.check.owners import APART
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label


def _is_a_name(word: Item, measure: Item, ctx: FormContext) -> bool:
    """ "Handles data larger than memory", of a column "Larger-than-memory data": no order, but what a thing can do."""
    named = {ctx.compiled.lexicon.concept(word.low), measure.concept}
    return any(
        not card.numeric and named <= card.weights.keys()
        for number in ctx.compiled.by_concept.get(measure.concept, ())
        for card in (ctx.compiled.metrics[number],)
    )


def read_comparative(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    slant = slant_at(items, at)
    if slant is None:
        return None
    low, nxt = items[at].low, scene.line.low(slant.last + 1)
    if nxt == "than" and slant.last + 2 < len(items) and _is_a_name(items[at], items[slant.last + 2], ctx):
        return None
    named = comparand_after(scene, slant.last) or _shared_comparand(scene, slant.last)
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
    metrics = _as_before(scene, slant, named, slant_metrics(scene, slant, ctx))
    subjects, weak = subjects_for(scene, at, ctx, owned=True)
    itself = named is not None and named.how == "pronoun" and subjects[:1] and named.entities == subjects[0].entities
    if has_than and (named is None or itself) and (against := _other_metric(scene, slant, ctx)) is not None:
        return against
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
    than = next((k for k in range(slant.last + 1, last) if items[k].low == "than"), slant.last)
    for position in range(slant.first, last + 1):
        if items[position].kind in ("w", "e") and not (
            slant.last < position < than and items[position].degree == "comparative"
        ):
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


def _as_before(
    scene: Scene, slant: Slant, named: Mention | None, metrics: tuple[MetricChoice, ...]
) -> tuple[MetricChoice, ...]:
    """ "half of A's and larger than B's": the second possessive is of what the first one is."""
    items = scene.line.items
    if named is None or not named.possessive or "any" not in slant.classes:
        return metrics
    if items[back_over(items, slant.first, DEGREES)].low not in ("and", "but", "yet"):
        return metrics
    place, metric = max((link for link in scene.linked if link[0] < slant.first), default=(-1, -1))
    if not any(mention.possessive and -1 < place < mention.at < slant.first for mention in scene.mentions):
        return metrics
    others = (choice.at(max(choice.cost, APART)) for choice in metrics if choice.metric != metric)
    return (MetricChoice(metric, 0.0, "the claim before"), *others)


def _shared_comparand(scene: Scene, last: int) -> Mention | None:
    """ "cheaper, lighter and more frugal than X": what the last of several comparatives is set against, the others are as well."""
    items = scene.line.items
    before = -1
    for position in range(last + 1, min(len(items), last + _SHARED)):
        item = items[position]
        if item.low == "than":
            return comparand_after(scene, before) if before >= 0 else None
        if item.degree == "comparative":
            before = position
        elif (
            (before < 0 and item.low not in _JOINING)
            or item.kind not in "wp"
            or (item.kind == "p" and item.low not in (",", "-"))
        ):
            return None
    return None


#: How far the last of several comparatives may stand from the first, and what stands between two of them.
_SHARED = 12
_JOINING = DEGREES | {",", "and", "but", "or", "yet", "both", "also", "even", "a", "bit", "still", "little"}


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
    """ "faster on the A14 than on the EPYC", "decodes faster than it encodes": one entity, two metrics."""
    items = scene.line.items
    compiled = ctx.compiled
    than = next((k for k in range(slant.last + 1, min(len(items), slant.last + 9)) if items[k].low == "than"), None)
    if than is None or than + 1 >= len(items):
        return None
    ahead = [k for k in range(than + 1, min(len(items), than + 6)) if items[k].concept in compiled.by_concept]
    if not ahead or not any(items[k].low in _ASIDE for k in range(than + 1, ahead[0] + 1)):
        return None
    found = slant_metrics(scene, slant, ctx)
    against = metrics_for(scene, ahead[0], compiled, classes=slant.classes, reach=(than + 1, than + 6))
    against = tuple(choice for choice in against if choice.cost <= 0.5)
    here, there = (_spoken_of(scene, first, last, ctx) for first, last in ((0, than), (than, ahead[0] + 3)))
    told = [metric for place, metric in scene.linked if place < slant.first and metric not in there]
    if not here - there and told:
        # "22.8 s, which is quicker than its clean install": the figure just told.
        found = tuple(choice.at(0.0) for choice in found if choice.metric == told[-1]) or found
    if here - there and there - here:
        # What is said on this side of "than" is of the one metric, what is said behind it of the other.
        found = tuple(choice for choice in found if choice.metric in here - there) or found
        against = tuple(choice.at(0.0) for choice in against if choice.metric in there - here) or against
    subjects, weak = subjects_for(scene, slant.first, ctx, owned=True)
    cover(items, slant.first, than)
    return TypedClaim(
        Form.COMPARISON,
        items[slant.first].start,
        items[than].end,
        subjects=subjects,
        metrics=found,
        against_metrics=against,
        sign=slant.sign,
        positive=not denied(scene, slant.first),
        lenient=weak,
        items=(slant.first, than + 1),
    )


_ASIDE = frozenset("on in at with for its their it they he she to when under without during".split())


def _spoken_of(scene: Scene, first: int, last: int, ctx: FormContext) -> set[int]:
    """The metrics of whose names the words of the clause between the two items say most."""
    items = scene.line.items
    depth = items[min(last, len(items) - 1)].depth
    said = {
        item.concept
        for item in items[first:last]
        if item.kind == "w" and abs(item.depth - depth) < 0.5 and item.degree in ("", "positive")
    }
    told: dict[int, float] = {}
    for concept in sorted(said):
        for metric, weight in ctx.compiled.weights_of.get(concept, ()):
            told[metric] = told.get(metric, 0.0) + weight
    most = max(told.values(), default=0.0)
    return {metric for metric, much in told.items() if much > most - _AS_MUCH}


#: Metrics of whose names about as much is said are not told apart.
_AS_MUCH = 0.05
