"""Differences said in other ways: "a dollar cheaper", "the gap is $5", "saves $20 over X", "cuts Y's time by 86 %"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flows.check.discourse import Scene
from flows.check.fitting import fitting
from flows.check.forms.clauses import advice_clause, negated
from flows.check.forms.context import FormContext
from flows.check.forms.sides import next_in_clause, subjects_for
from flows.check.forms.slants import slant_at
from flows.check.forms.spans import span_of
from flows.check.forms.totals import aggregate, numeric_metrics, within
from flows.check.hedges import as_number
from flows.check.items import cover, hedge_first
from flows.check.lexicon.model import Sign
from flows.check.stated import NOT_COUNTED, Hedge, Stated
from flows.check.typed import Choice, Form, TypedClaim
from flows.quantities import find_quantities
from schemas.quantity import Kind, Quantity

_GAP = frozenset(["difference", "gap", "spread", "apart"])
_SAVING = frozenset(["saves", "save", "saving", "saved"])
_CHANGES: dict[str, Sign] = {
    "cuts": "down", "cut": "down", "cutting": "down", "reduces": "down", "reducing": "down", "lowers": "down", "trims": "down", "slashes": "down", "shortens": "down", "shrinks": "down",
    "raises": "up", "increases": "up",
}  # fmt: skip
#: Before a unit they make it a number ("a dollar cheaper"): beside figures, what a sentence must hold one of for this form.
ARTICLES = frozenset(["a", "an"])


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
            or stated.quantity.kind in NOT_COUNTED
            or stated.quantity.unit in ("ratio", "pp")
        ):
            continue
        claim = _change(scene, at, ctx, stated) or within(scene, at, ctx, stated)
        if claim is None and fitting(stated, ctx.compiled):
            claim = aggregate(scene, at, ctx, stated) or _saved(scene, at, ctx, stated) or _gap(scene, at, ctx, stated)
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
        # "A second quicker" is not half a second quicker.
        Stated(quantity, quantity.low, quantity.low, quantity.low / 5, Hedge.PLAIN),
    )


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
    metrics = numeric_metrics(scene, at, ctx, stated)
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
    metrics = numeric_metrics(scene, at, ctx, stated)
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
    metrics = numeric_metrics(scene, at, ctx, None if percent else stated)
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
