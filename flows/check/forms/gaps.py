"""Differences, sums and averages said in other ways: "a dollar cheaper", "the gap is $5", "together they cost $27", "within 3 % of each other"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from flows.check.discourse import Scene
from flows.check.fitting import fitting
from flows.check.forms.clauses import advice_clause, negated
from flows.check.forms.context import FormContext
from flows.check.forms.sides import next_in_clause, subjects_for
from flows.check.forms.slants import slant_at
from flows.check.forms.spans import span_of
from flows.check.hedges import as_number
from flows.check.items import Item, cover, hedge_first
from flows.check.lexicon.model import Sign
from flows.check.link import metrics_for
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from flows.quantities import find_quantities
from schemas.quantity import Kind, Quantity

_GAP = frozenset(["difference", "gap", "spread", "apart"])
_SAVING = frozenset(["saves", "save", "saving", "saved"])
_CHANGES: dict[str, Sign] = {
    "cuts": "down", "cut": "down", "cutting": "down", "reduces": "down", "reducing": "down", "lowers": "down", "trims": "down", "slashes": "down", "shortens": "down", "shrinks": "down",
    "raises": "up", "increases": "up",
}  # fmt: skip
_SUM = frozenset(["together", "combined", "altogether"])
_MEAN = frozenset(["average", "averages", "averaging", "mean"])
#: Before a unit they make it a number ("a dollar cheaper"): beside figures, what a sentence must hold one of for this form.
ARTICLES = frozenset(["a", "an"])
_CUES = _SUM | _MEAN | {"total"}
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6}


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for the numbers that one of these phrases makes something else than a value of their own."""
    items = scene.line.items
    places = scene.line.numbers
    if not scene.line.lows.isdisjoint(ARTICLES):
        places = sorted({*places, *(at for at in range(1, len(items)) if items[at - 1].low in ARTICLES)})
    for at in places:
        item = items[at]
        if item.covered:
            continue
        if item.kind == "w":
            _worded(scene, at)
            continue
        stated = item.stated
        if (
            item.kind != "n"
            or stated is None
            or stated.quantity.kind in (Kind.DATE, Kind.VERSION)
            or stated.quantity.unit in ("ratio", "pp")
        ):
            continue
        claim = _change(scene, at, ctx, stated) or _within(scene, at, ctx, stated)
        if claim is None and fitting(stated, ctx.compiled):
            claim = _aggregate(scene, at, ctx, stated) or _saved(scene, at, ctx, stated) or _gap(scene, at, ctx, stated)
        if claim is not None:
            yield claim


@lru_cache(maxsize=512)
def _one(word: str) -> Quantity | None:
    """The quantity of "1 dollar", None for a word that is no unit."""
    found = find_quantities(f"1 {word}")
    return (
        found[0]
        if len(found) == 1
        and found[0].kind is Kind.QUANTITY
        and found[0].unit not in (None, "1")
        and found[0].end == len(word) + 2
        else None
    )


def _worded(scene: Scene, at: int) -> None:
    """ "a dollar cheaper", "by a second", "an hour before X": the unit with an article is a number; the forms after this one read it."""
    items, line = scene.line.items, scene.line
    if line.low(at - 1) not in ARTICLES or len(items[at].low) < 4 or not items[at].low.isalpha():
        return
    slant = slant_at(items, at + 1)
    timed = line.low(at + 1) in ("before", "after") and "e" in (line.kind(at + 2), line.kind(at + 3))
    if (slant is None or slant.degree != "comparative") and line.low(at - 2) != "by" and not timed:
        return
    if items[at].low in ("third", "quarter", "half", "year", "month", "week", "time"):
        return
    quantity = _one(items[at].low)
    if quantity is None or quantity.low is None:
        return
    as_number(
        line,
        at - 1,
        at,
        Stated(quantity, quantity.low, quantity.low, quantity.resolution or quantity.low, Hedge.PLAIN),
    )


# Differences


def _metrics(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> tuple[MetricChoice, ...]:
    found = metrics_for(scene, at, ctx.compiled, stated=stated)
    return tuple(choice for choice in found if ctx.compiled.metrics[choice.metric].numeric)


def _gap(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "the difference in price is $5", "the gap between X and Y comes to $5", "$20 apart": no direction, two entities."""
    items, line = scene.line.items, scene.line
    if _GAP.isdisjoint(line.lows):
        return None
    start, end = span_of(items, at)
    first = hedge_first(items, at)
    after = max(at, items[at].hedge_to) + 1
    last = at
    if line.low(after) == "apart":
        last = after
    elif line.low(first - 1) in ("is", "was", "to", "of", "only", "just", ":", "a", "at"):
        head = next(
            (
                k
                for k in range(first - 1, max(-1, first - 22), -1)
                if items[k].low in ("difference", "gap", "spread")
                and line.low(k - 1) in ("the", "price", "a", "age", "that", "this", "their", "speed", "weight")
            ),
            None,
        )
        if head is None or any(
            (items[k].kind == "n" and not items[k].covered) or items[k].low in (";", ",", "but", "while", ".")
            for k in range(head + 1, first - 1)
        ):
            return None
        if line.low(head - 1) == "a" and any(item.kind == "n" for item in items[:head]):
            # "$20 to $30, a gap of $10": between the figures of the text.
            return None
    else:
        return None
    metrics = _metrics(scene, at, ctx, stated)
    subjects = pairs(scene, ctx, at)
    if not metrics or not subjects:
        return None
    cover(items, at, last)
    return TypedClaim(
        Form.DIFFERENCE
        if stated.quantity.unit != "percent"
        or any(ctx.compiled.metrics[choice.metric].unit == "percent" for choice in metrics)
        else Form.PERCENT,
        start,
        max(end, items[last].end),
        subjects=subjects,
        metrics=metrics,
        stated=stated,
        relation="gap",
        positive=not negated(items, first, 3),
        items=(at, last + 1),
    )


def pairs(scene: Scene, ctx: FormContext, at: int) -> tuple[Choice, ...]:
    """Between which two entities a gap without a direction lies."""
    named = tuple(
        dict.fromkeys(
            entity
            for mention in scene.mentions
            if abs(scene.line.items[mention.at].depth - scene.line.items[at].depth) < 1
            for entity in mention.entities
        )
    )
    if len(named) == 2:
        return (Choice(named, 0.0, "the two named"),)
    count = ctx.compiled.entity_count
    if count == 2:
        return (Choice((0, 1), 0.0, "the two there are"),)
    others = tuple(entity for entity in (*scene.carried, *scene.carried_too, *scene.comparand) if entity not in named)
    if len(named) == 1 and others:
        return tuple(Choice((named[0], other), 0.1, "named and carried") for other in dict.fromkeys(others))
    both = next((mention.entities for mention in scene.mentions if len(mention.entities) == 2), None)
    if both is not None:
        return (Choice(both, 0.0, "both"),)
    if not named and len(scene.carried) == 2:
        return (Choice(scene.carried, 0.1, "the two before"),)
    recent = tuple(dict.fromkeys(reversed(scene.before)))[:2]
    if not named and len(recent) == 2:
        return (
            Choice(recent, 0.2, "the last two named"),
            *(Choice((one, other), 0.35, "two of them") for one in range(count) for other in range(one + 1, count)),
        )
    return tuple(Choice((one, other), 0.3, "two of them") for one in range(count) for other in range(one + 1, count))[
        :40
    ]


def _saved(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "saves $20 a month over X", "$13 on top of X": the direction lies in the verb, whatever preposition follows."""
    items, line = scene.line.items, scene.line
    if stated.quantity.unit == "percent" or (_SAVING.isdisjoint(line.lows) and "top" not in line.lows):
        return None
    first = hedge_first(items, at) - 1
    while first >= 0 and line.low(first) in ("you", "about", "only", "just", "a", "an", "the", "another", "us", "me"):
        first -= 1
    after = max(at, items[at].hedge_to) + 1
    sign: Sign | None = "down" if line.low(first) in _SAVING else None
    last = after if sign is not None and line.low(after) in ("over", "against", "on", "compared") else at
    if sign is None and line.words(after, after + 3) == "on top of":
        sign, last = "up", after + 2
    if sign is None or advice_clause(scene, at):
        return None
    if last == at and line.low(first) in _SAVING:
        return None
    named = next_in_clause(scene, last)
    if named is None:
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    subjects = tuple(choice for choice in subjects if not set(choice.entities) & set(named.entities)) or subjects
    metrics = _metrics(scene, at, ctx, stated)
    start, end = span_of(items, at)
    cover(items, at, last)
    scene.comparand = named.entities
    return TypedClaim(
        Form.DIFFERENCE,
        start,
        max(end, items[last].end),
        subjects=subjects,
        comparands=(Choice(named.entities, 0.0, "named after"),),
        metrics=metrics,
        stated=stated,
        sign=sign,
        lenient=weak,
        items=(at, last + 1),
    )


def _change(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "X cuts Y's install time by 86 %": the subject against whose value is cut."""
    items, line = scene.line.items, scene.line
    if "by" not in line.lows:
        return None
    first = hedge_first(items, at)
    if line.low(first - 1) != "by" or stated.quantity.unit in ("ratio",):
        return None
    verb = next(
        (k for k in range(first - 2, max(-1, first - 9), -1) if items[k].low in _CHANGES and items[k].kind == "w"), None
    )
    if verb is None or any(item.kind == "p" and item.low in ",;:" for item in items[verb:first]):
        return None
    owner = next(
        (
            mention
            for mention in scene.mentions
            if verb < mention.at < at and mention.possessive and mention.how in ("name", "part")
        ),
        None,
    )
    before = [mention for mention in scene.mentions if mention.at < verb]
    if owner is None or not before or set(before[-1].entities) & set(owner.entities):
        return None
    percent = stated.quantity.unit == "percent"
    metrics = tuple(
        choice
        for choice in metrics_for(scene, at, ctx.compiled, stated=None if percent else stated)
        if ctx.compiled.metrics[choice.metric].numeric
    )
    start, end = span_of(items, at)
    for position in (verb, at):
        items[position].covered = True
    return TypedClaim(
        Form.PERCENT if percent else Form.DIFFERENCE,
        start,
        end,
        subjects=(Choice(before[-1].entities, 0.0, "before the verb"),),
        comparands=(Choice(owner.entities, 0.0, "whose value changes"),),
        metrics=metrics,
        stated=stated,
        sign=_CHANGES[items[verb].low],
        relation="signed" if percent else "",
        positive=not negated(items, verb, 3),
        items=(verb, at + 1),
    )


# Sets


def _within(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "all within $7 of each other": the spread of a set is no more than that."""
    items, line = scene.line.items, scene.line
    if "other" not in line.lows and "another" not in line.lows:
        return None
    after = max(at, items[at].hedge_to) + 1
    if line.words(after, after + 3) not in ("of each other", "of one another"):
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    sets = tuple(choice for choice in subjects if len(choice.entities) > 1)
    if not sets:
        sets = (Choice(tuple(range(ctx.compiled.entity_count)), 0.3, "all of them"),)
    percent = stated.quantity.unit == "percent" and not any(card.unit == "percent" for card in ctx.compiled.metrics)
    metrics = tuple(
        choice
        for choice in metrics_for(scene, at, ctx.compiled, stated=None if percent else stated)
        if ctx.compiled.metrics[choice.metric].numeric
    )
    start, end = span_of(items, at)
    cover(items, at, after + 2)
    return TypedClaim(
        Form.AGGREGATE,
        start,
        max(end, items[min(after + 2, len(items) - 1)].end),
        subjects=sets,
        metrics=metrics,
        stated=stated,
        relation="spread",
        lenient=weak,
        positive=not negated(items, hedge_first(items, at), 3),
        items=(at, after + 3),
    )


def _aggregate(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "together they cost $27", "the three cheapest cost $9 on average": recomputed over the set that is named, or all."""
    items, line = scene.line.items, scene.line
    if _CUES.isdisjoint(line.lows):
        return None
    if _counts(items, at, ctx) and any(item.kind == "n" for item in items[at + 1 :]):
        return None
    relation, cue = "", -1
    for position in range(max(0, at - 12), min(len(items), at + 5)):
        if items[position].low not in _CUES:
            continue
        if (abs(items[position].depth - items[at].depth) >= 1 and position > 1) or items[
            position
        ].concept in _named_concepts(ctx, items[position].low):
            continue
        low = items[position].low
        if low in _SUM or (low == "total" and line.low(position - 1) == "in"):
            relation, cue = "sum", position
        elif low in _MEAN and (
            line.low(position - 1) in ("on", "an")
            or low in ("averages", "averaging")
            or (low == "average" and line.kind(position + 1) == "n")
        ):
            relation, cue = "mean", position
    if not relation or any(
        items[k].kind == "n" and not _counts(items, k, ctx) for k in range(min(cue, at) + 1, max(cue, at))
    ):
        return None
    metrics = _metrics(scene, at, ctx, stated)
    if not metrics:
        return None
    chosen = _ranked_set(scene, at, ctx, metrics[0].metric)
    if chosen is not None:
        subjects: tuple[Choice, ...] = (chosen,)
        metrics = metrics[:1]
        weak = False
    else:
        found, weak = subjects_for(scene, at, ctx)
        subjects = tuple(choice for choice in found if len(choice.entities) > 1)
        named = tuple(
            dict.fromkeys(entity for mention in scene.mentions if mention.at < at for entity in mention.entities)
        )
        if not subjects and len(named) > 1:
            subjects = (Choice(named, 0.0, "those named"),)
        if not subjects and relation == "mean" and not named:
            subjects = (Choice(tuple(range(ctx.compiled.entity_count)), 0.0, "all of them"),)
        if not subjects:
            return None
    start, end = span_of(items, at)
    for position in range(max(0, min(cue, at)), max(cue, at) + 1):
        if items[position].kind == "n":
            items[position].covered = True
    for position in range(at):
        if items[position].kind == "n" and _counts(items, position, ctx) and items[position].depth == items[at].depth:
            items[position].covered = True
    items[at].covered = True
    return TypedClaim(
        Form.AGGREGATE,
        start,
        end,
        subjects=subjects,
        metrics=metrics,
        stated=stated,
        relation=relation,
        lenient=weak,
        positive=not negated(items, hedge_first(items, at), 3),
        items=(min(cue, at), max(cue, at) + 1),
    )


def _named_concepts(ctx: FormContext, low: str) -> frozenset[str]:
    """The concept of a word that a metric's own name has ("average frame rate"): then it says which metric, not how."""
    concept = ctx.compiled.lexicon.concept(low)
    return frozenset({concept}) if concept in ctx.compiled.by_concept else frozenset()


def _counts(items: list[Item], at: int, ctx: FormContext) -> bool:
    stated = items[at].stated
    return (
        stated is not None
        and stated.quantity.unit in (None, "1")
        and stated.low <= ctx.compiled.entity_count
        and stated.low == stated.low.to_integral_value()
    )


def _ranked_set(scene: Scene, at: int, ctx: FormContext, metric: int) -> Choice | None:
    """ "the three cheapest": the first few in the order of the superlative, by the metric that the figure is of."""
    items, line = scene.line.items, scene.line
    for position in range(max(0, at - 8), at):
        slant = slant_at(items, position)
        if slant is None or slant.degree != "superlative" or line.low(position - 2) != "the":
            continue
        size = _NUMBERS.get(line.low(position - 1))
        card = ctx.compiled.metrics[metric]
        side = {"up": 1, "down": -1, "better": card.sign, "worse": -card.sign}[slant.sign]
        values = sorted(
            ((cells[0].low or Decimal(0)) * -side, entity)
            for entity in range(ctx.compiled.entity_count)
            if (cells := ctx.compiled.cell(entity, metric)) and cells[0].numeric
        )
        if size is None or not side or len(values) < size:
            continue
        cover(items, position - 2, slant.last)
        return Choice(tuple(entity for _, entity in values[:size]), 0.0, "the first few")
    return None
