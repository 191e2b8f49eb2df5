"""Counts of entities that satisfy a bound: "two take more than 100 MB", "only one costs less than $1,000", "all four stay under 7 s"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.fitting import fitting
from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.forms.slants import slant_at
from flows.check.groups import is_plural
from flows.check.items import Item
from flows.check.lexicon.tenses import in_any_tense
from flows.check.link import metrics_for
from flows.check.period import period
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, TypedClaim
from schemas.quantity import Kind

#: Verbs that a counted subject takes.
VERBS = in_any_tense(
    ["cost", "costs", "take", "takes", "need", "needs", "use", "uses", "weigh", "weighs", "run", "runs", "last", "lasts", "install", "installs", "reach", "reaches", "offer", "offers", "get", "gets", "score", "scores", "manage", "manages", "finish", "finishes", "stay", "stays", "come", "comes", "charge", "charges", "draw", "draws", "draw", "have", "has", "hold", "holds", "deliver", "delivers", "give", "gives", "exceed", "exceeds", "start", "starts", "idle", "idles", "go", "goes", "carry", "carries", "pass", "passes", "beat", "sit", "sits", "fall", "falls", "stop", "stops", "allow", "allows", "include", "includes", "rate", "rates", "last", "ship", "ships", "accept", "accepts", "are", "is", "support", "supports", "provide", "provides", "handle", "handles", "top", "tops", "clear", "clears", "hit", "hits", "break", "breaks", "see", "sees", "tow", "tows", "attract", "attracts", "record", "records", "pay", "pays", "produce", "produces", "serve", "serves"]
)  # fmt: skip
_OPENERS = frozenset(["and", "but", "only", "just", "exactly", "while", "so", "yet", "because"])
_MORE = {
    "more": Hedge.AT_LEAST,
    "longer": Hedge.AT_LEAST,
    "higher": Hedge.AT_LEAST,
    "less": Hedge.AT_MOST,
    "fewer": Hedge.AT_MOST,
}
_SKIP = frozenset({"of", "them", "these", "those", "the", "others", "other", "all"})


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each counted group whose predicate is one number; the count is part of it."""
    items = scene.line.items
    for at in scene.line.numbers:
        item = items[at]
        stated = item.stated
        if item.covered or stated is None or not _is_count(scene, at, stated, ctx):
            continue
        claim = _claim(scene, at, int(stated.low), ctx)
        if claim is not None:
            yield claim


def _is_count(scene: Scene, at: int, stated: Stated, ctx: FormContext) -> bool:
    """A small plain number word at the head of a clause, as its subject."""
    items, line = scene.line.items, scene.line
    if stated.quantity.unit not in (None, "1") or stated.hedge is not Hedge.PLAIN or not items[at].text.isalpha():
        return False
    if not 1 <= stated.low <= ctx.compiled.entity_count or stated.low != stated.low.to_integral_value():
        return False
    before = line.low(at - 1)
    if stated.low == 1:
        return before in ("only", "just", "exactly")
    # "Of the eight libraries four need more than 2 GB": the set stands before the count.
    return at == 0 or items[at - 1].kind == "p" or before in _OPENERS or before == "all" or items[0].low == "of"


def _claim(scene: Scene, at: int, count: int, ctx: FormContext) -> TypedClaim | None:
    items, line = scene.line.items, scene.line
    verb = _verb(scene, at, ctx)
    if verb is None:
        return None
    figure = next(
        (k for k in range(verb, min(len(items), verb + 7)) if items[k].kind == "n" and items[k].stated is not None),
        None,
    )
    if (
        figure is None
        or items[figure].covered
        or any(item.kind == "e" or (item.kind == "p" and item.low in ",;:—(") for item in items[verb:figure])
    ):
        return None
    # "three cost $5 more": a difference, and "two cost less than the other" has no figure of its own.
    after = max(figure, items[figure].hedge_to) + 1
    slant = slant_at(items, after)
    if (
        (slant is not None and slant.degree == "comparative")
        or line.low(after) in ("times", "apart", "ahead", "behind", "percent")
        or negated(items, figure)
    ):
        return None
    stated = items[figure].stated
    if stated is None or stated.quantity.unit in ("ratio", "pp"):
        return None
    said = None
    if stated.quantity.kind is Kind.DATE:
        said = period(stated.quantity.date)
        metrics = metrics_for(scene, figure, ctx.compiled, dates=True) if said is not None else ()
    elif stated.quantity.kind is Kind.VERSION or not fitting(stated, ctx.compiled):
        return None
    else:
        stated, after = _bounded(items, after, stated)
        metrics = metrics_for(
            scene, figure, ctx.compiled, stated=stated, reach=(figure + 1, min(figure + 4, len(items)))
        )
    if not metrics or (stated.hedge is Hedge.PLAIN and said is None and _several(metrics[0].metric, ctx)):
        return None
    every = line.low(at - 1) == "all"
    for position in (at, *range(max(items[figure].hedge_from, verb), after)):
        items[position].covered = True
    first = at - 1 if every else at
    subject = (Choice(tuple(range(ctx.compiled.entity_count)), 0.0, "all of them"),)
    form = Form.DATE if said is not None else Form.ABSOLUTE
    whole = every and count == ctx.compiled.entity_count
    return TypedClaim(
        form,
        items[first].start,
        items[after - 1].end,
        subjects=subject,
        metrics=metrics,
        stated=stated,
        period=said,
        count=None if whole else range(count, count + 1),
        items=(figure, after),
    )


def _several(metric: int, ctx: FormContext) -> bool:
    """Whether the cells of a metric hold more than one fact: which of them is counted, the figure alone does not say."""
    return any(len(ctx.compiled.cell(entity, metric)) > 1 for entity in range(ctx.compiled.entity_count))


def _verb(scene: Scene, at: int, ctx: FormContext) -> int | None:
    """The verb of the counted subject: directly after it, or after "of them", "of the four", or one noun for the things compared."""
    items, line = scene.line.items, scene.line
    position = at + 1
    while position < min(len(items), at + 6) and (
        line.low(position) in _SKIP or (items[position].kind == "n" and line.low(position - 1) in ("the", "these"))
    ):
        position += 1
    if (
        line.low(position) not in VERBS
        and not any((items[min(position, len(items) - 1)].concept,) in card.phrases for card in ctx.compiled.metrics)
        and line.kind(position) == "w"
        and is_plural(line.low(position))
    ):
        position += 1
    return position if line.low(position) in VERBS else None


def _bounded(items: list[Item], after: int, stated: Stated) -> tuple[Stated, int]:
    """ "five years of updates or more": the bound may stand behind the noun."""
    for position in range(after, min(len(items) - 1, after + 4)):
        if items[position].low == "or" and items[position + 1].low in _MORE:
            return replace(stated, hedge=_MORE[items[position + 1].low]), position + 2
        if items[position].kind != "w":
            break
    return stated, after
