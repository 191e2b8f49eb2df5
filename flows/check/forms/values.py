"""Values: a stated number that is itself the value of a metric, alone, in a pair or in a list."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import partial

from flows.check.amounts import calendar
from flows.check.bands import VALUE_BAND
from flows.check.discourse import Scene
from flows.check.forms.clauses import advice_clause
from flows.check.forms.columns_in_time import of_now, of_then
from flows.check.forms.context import FormContext
from flows.check.forms.derivations import derivations
from flows.check.forms.extents import everybody, extent
from flows.check.forms.figure_denials import denied_whom, said_never, verb_denied
from flows.check.forms.figures_side_by_side import AGAINST, in_list, paired, sides_named, two_of_one
from flows.check.forms.figures_together import members_of
from flows.check.forms.since import speaks_of_then, told_of_then
from flows.check.forms.spans import span_of
from flows.check.items import Item, hedge_first
from flows.check.link import metrics_for
from flows.check.nobody import nobody_but
from flows.check.owners import APART, TIED, owners
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, TypedClaim


def in_context(items: list[Item], at: int, stated: Stated, ctx: FormContext) -> bool:
    """ "0 to 60 mph", "ten copies": a figure that names the conditions of a fact or the metric itself, not its value."""
    concept = items[at].concept
    if stated.low != stated.high or not concept.isdigit():
        return False
    if (concept, stated.quantity.unit or "1") not in ctx.compiled.conditions:
        return False
    # "10 fields" is in the name of "allocations for 10 fields"; "10 allocations" states a value.
    beside = ctx.compiled.beside_numbers.get(concept)
    after = [item.concept for item in items[at + 1 : at + 4] if item.kind == "w"]
    return beside is None or not after or after[0] not in ctx.compiled.by_concept or not beside.isdisjoint(after)


def absolute(scene: Scene, at: int, ctx: FormContext, assigned: Choice | None) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    assert stated is not None  # noqa: S101  # the caller looked
    start, end = span_of(items, at)
    found, weak = owners(scene, at, ctx.compiled)
    if assigned is not None:
        found, weak = (assigned,), False
    elif found and len(found[0].entities) > 1 and not _of_each(scene, at, found[0].entities):
        known_owners = {choice.entities for choice in found if choice.cost <= found[0].cost + ONE_OF}
        found = (
            *found,
            *(
                Choice((entity,), found[0].cost + ONE_OF, "one of them")
                for entity in found[0].entities
                if (entity,) not in known_owners
            ),
        )
    if in_context(items, at, stated, ctx):
        items[at].covered = True
        return None
    owner = found[0].entities if found else None
    joined = members_of(scene, at, owner, ctx) if owner and owner[0] >= ctx.compiled.entity_count else None
    if joined is not None:
        return joined
    metrics = metrics_for(scene, at, ctx.compiled, stated=stated, reach=_noun_reach(items, at), owner=owner)
    also = _with_unit_before(scene, at, stated)
    if also:
        more = metrics_for(scene, at, ctx.compiled, stated=also[0], reach=_noun_reach(items, at), owner=owner)
        known = {choice.metric for choice in metrics}
        metrics = (*metrics, *(choice for choice in more if choice.metric not in known))
    if ctx.compiled.before and metrics:
        if told_of_then(scene, at, ctx):
            metrics = of_then(metrics, ctx)
        elif not speaks_of_then(scene.line, ctx):
            metrics = of_now(metrics, ctx)
    items[at].covered = True
    if not metrics and _for_a_time(scene, at, stated):
        return None
    loose = all(calendar(stated.quantity.unit, ctx.compiled.metrics[choice.metric].unit) for choice in metrics)
    if loose and _qualifies(scene, at, ctx):
        return None
    subject = scene.subject_before(at)
    nobody = subject is not None and (
        subject.how in ("nobody", "neither") or (subject.how == "other" and scene.line.low(subject.at - 1) == "no")
    )
    # "Nobody will mind X's 2 ms", "no file may exceed 60 MB in X": the figure is that of the one named beside it.
    tied = bool(found) and found[0].cost <= TIED and assigned is None
    nobody = nobody and not (tied and stated.hedge is Hedge.PLAIN)
    if in_list(scene, at):
        known_owners = {choice.entities for choice in found}
        found = (
            *found,
            *(
                Choice((entity,), 0.4, "one of a list")
                for entity in range(ctx.compiled.entity_count)
                if (entity,) not in known_owners
            ),
        )
    if assigned is None and paired(scene, at):
        # "0.5 s versus 4 s": without names beside them, either may be of either side.
        known_owners = {choice.entities for choice in found}
        found = (
            *found,
            *(
                Choice((entity,), 0.1, "one of the two sides")
                for entity in sides_named(scene, ctx)
                if (entity,) not in known_owners
            ),
        )
    if two_of_one(scene, at):
        # "takes 2 GB and 3 GB": two values of one thing are of two metrics, in whichever order.
        metrics = tuple(choice.at(min(choice.cost, 0.1)) if choice.cost < APART else choice for choice in metrics)
    if nobody and subject is not None:
        found = (Choice(subject.entities, 0.0, "nobody else"),)
    others = nobody_but(scene.line, hedge_first(items, at), ctx.compiled)
    denied_of = () if nobody or others else denied_whom(scene, at, stated, ctx, tied=tied)
    if others:
        # "No tool other than X costs less than $9": X's own figure says nothing of it.
        found, nobody = (Choice(others, 0.0, "nobody but"),), True
    if denied_of and tied:
        denied_of, nobody = (), stated.hedge is not Hedge.PLAIN
    elif denied_of:
        found, nobody = (Choice(denied_of, 0.0, "nobody"),), True
    never = said_never(items, at)
    if never:
        # "never takes longer than 5 ms": in none of the measures that may be meant.
        metrics = tuple(choice for choice in metrics if choice.cost <= metrics[0].cost + VALUE_BAND)
    how = None if nobody or never else extent(scene, at, stated, ctx)
    if how is not None:
        found, weak = everybody(ctx), False
    return TypedClaim(
        Form.ABSOLUTE if how in (None, "every") else Form.AGGREGATE,
        start,
        end,
        subjects=found,
        metrics=metrics,
        stated=stated,
        relation="" if how in (None, "every") else how,
        also=also,
        positive=not nobody and not never and not (verb_denied(items, at) and not advice_clause(scene, at)),
        lenient=weak,
        derivations=partial(derivations, scene, at, stated, ctx),
        universal=never,
        unnamed=bool(denied_of or others)
        or how is not None
        or (subject is not None and subject.how in ("other", "all", "nobody")),
        items=(at, at + 1),
        reason="" if metrics else "no metric has this unit",
    )


#: How much farther one of a set is than the set, where nothing says that each of them is meant.
ONE_OF = 0.25
_EACH = frozenset(
    [
        "each",
        "both",
        "all",
        "every",
        "everyone",
        "everything",
        "apiece",
        "none",
        "neither",
        "nobody",
        "alike",
        "either",
        "respectively",
    ]
)
_LOOSE = frozenset(["pronoun", "part", "described"])


def _for_a_time(scene: Scene, at: int, stated: Stated) -> bool:
    """ "Over five years that adds up": a span of time that opens a clause sets it, and states nothing."""
    line = scene.line
    first = hedge_first(line.items, at)
    word = line.low(first) if line.low(first) in _SPANNING else line.low(first - 1)
    opens = (
        first == 0
        or line.kind(first - 1) == "p"
        or (line.low(first - 1) in _SPANNING and line.kind(first - 2) in ("p", ""))
    )
    return word in _SPANNING and opens and stated.quantity.unit in ("year", "month", "day")


_SPANNING = frozenset(("over", "after", "within", "for", "during", "across"))


def _of_each(scene: Scene, at: int, entities: tuple[int, ...]) -> bool:
    """Whether a figure is said of every single one: of a list, of "both", "each"; "they" may be one of many persons."""
    if not _EACH.isdisjoint(scene.line.lows):
        return True
    told = [mention for mention in scene.mentions if mention.entities == entities]
    return any(mention.how not in _LOOSE for mention in told)


def _qualifies(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "an 18-month contract", "its 30 W charger": a figure of no metric's unit before a noun says which thing, as a name would."""
    items = scene.line.items
    after = at + 1
    while after < len(items) and items[after].kind == "p" and items[after].low == "-":
        after += 1
    return (
        after < len(items)
        and items[after].kind == "w"
        and items[after].graded is None
        and items[after].low not in ctx.compiled.lexicon.stop
        and items[after].low not in _NO_NOUNS
        and not items[after].low.endswith("ly")
    )


#: What follows a figure that is a statement of its own.
_NO_NOUNS = frozenset(
    "when while throughout each apiece every once twice times ago before after later longer more less per in at".split()
)


_SCALED = re.compile(r"\d\s?(k|m|b|thousand|million|billion)\b")


def _with_unit_before(scene: Scene, at: int, stated: Stated) -> tuple[Stated, ...]:
    """ "a little over two minutes, and FuseBox close to three": the unit of the number before, where this one has none."""
    if stated.quantity.unit not in (None, "1"):
        return ()
    items = scene.line.items
    following = next(
        (
            k
            for k in range(at + 1, min(len(items), at + 8))
            if items[k].kind == "n" and items[k].unit not in (None, "1")
        ),
        None,
    )
    if following is None and scene.line.kind(at + 2) == "n" and _SCALED.search(items[at + 2].low):
        # "38 against 33 million": the scale of the second is that of both.
        following = at + 2
    against = following == at + 2 and scene.line.low(at + 1) in AGAINST
    if following is not None and (against or in_list(scene, at)):
        last = items[following].stated
        if last is not None and last.quantity.written_low and last.quantity.low is not None:
            scale = last.quantity.low / last.quantity.written_low
            return (
                replace(
                    stated,
                    quantity=replace(stated.quantity, unit=last.quantity.unit),
                    low=stated.low * scale,
                    high=stated.high * scale,
                    step=(stated.step or Decimal(1)) * scale,
                    exact=False,
                ),
            )
    for back in range(at - 1, -1, -1):
        earlier = items[back].stated
        if earlier is None:
            continue
        quantity = earlier.quantity
        scaled = _SCALED.search(items[back].low)
        if scaled is not None and quantity.unit in (None, "1") and stated.low < 1000:
            factor = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "billion": 10**9}[
                scaled.group(1)
            ]
            return (
                replace(
                    stated,
                    low=stated.low * factor,
                    high=stated.high * factor,
                    step=(stated.step or Decimal(1)) * factor,
                    exact=False,
                ),
            )
        if quantity.unit in ("ratio", "percent"):
            continue
        if quantity.unit in (None, "1") or not quantity.written_low or quantity.low is None:
            return ()
        scale = quantity.low / quantity.written_low
        return (
            replace(
                stated,
                quantity=replace(stated.quantity, unit=quantity.unit),
                low=stated.low * scale,
                high=stated.high * scale,
                step=(stated.step or Decimal(1)) * scale,
                exact=False,
            ),
        )
    return ()


def _noun_reach(items: list[Item], at: int) -> tuple[int, int]:
    """The noun that directly follows a number: "8,500 related packages", "693 autofocus points"."""
    stop = at + 1
    while (
        stop < len(items)
        and stop <= at + 4
        and items[stop].kind == "w"
        and items[stop].low
        not in ("and", "or", "for", "while", "than", "but", "in", "on", "with", "to", "against", "at")
    ):
        stop += 1
    return at + 1, stop
