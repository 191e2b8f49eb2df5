"""Values: a stated number that is itself the value of a metric, alone, in a pair or in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from flows.check.amounts import calendar
from flows.check.bands import VALUE_BAND
from flows.check.discourse import Scene
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.forms.derivations import derivations
from flows.check.forms.extents import everybody, extent
from flows.check.forms.since import speaks_of_then, told_of_then
from flows.check.forms.spans import span_of
from flows.check.groups import is_plural, names_things
from flows.check.items import Item, hedge_first
from flows.check.lexicon.verbs import VERBS
from flows.check.link import metrics_for
from flows.check.nobody import nobody_but
from flows.check.owners import APART, TIED, owners
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label


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
    joined = _members(scene, at, owner, ctx) if owner and owner[0] >= ctx.compiled.entity_count else None
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
            metrics = _of_then(metrics, ctx)
        elif not speaks_of_then(scene.line, ctx):
            metrics = _of_now(metrics, ctx)
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
    if _in_list(scene, at):
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
                for entity in _sides(scene, ctx)
                if (entity,) not in known_owners
            ),
        )
    if _joined(scene, at):
        # "takes 2 GB and 3 GB": two values of one thing are of two metrics, in whichever order.
        metrics = tuple(choice.at(min(choice.cost, 0.1)) if choice.cost < APART else choice for choice in metrics)
    if nobody and subject is not None:
        found = (Choice(subject.entities, 0.0, "nobody else"),)
    others = nobody_but(scene.line, hedge_first(items, at), ctx.compiled)
    denied_of = () if nobody or others else _denied_of(scene, at, stated, ctx, tied=tied)
    if others:
        # "No tool other than X costs less than $9": X's own figure says nothing of it.
        found, nobody = (Choice(others, 0.0, "nobody but"),), True
    if denied_of and tied:
        denied_of, nobody = (), stated.hedge is not Hedge.PLAIN
    elif denied_of:
        found, nobody = (Choice(denied_of, 0.0, "nobody"),), True
    never = _never(items, at)
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
        positive=not nobody and not never and not (_verb_denied(items, at) and not advice_clause(scene, at)),
        lenient=weak,
        derivations=partial(derivations, scene, at, stated, ctx),
        universal=never,
        unnamed=bool(denied_of or others)
        or how is not None
        or (subject is not None and subject.how in ("other", "all", "nobody")),
        items=(at, at + 1),
        reason="" if metrics else "no metric has this unit",
    )


def _all_together(scene: Scene, at: int, found: tuple[Choice, ...], ctx: FormContext) -> tuple[int, ...]:
    """Who may have a figure together: "the two grammar schools had 299 candidates", "1,351 pupils sat the exams"."""
    items, compiled = scene.line.items, ctx.compiled
    if not _EACH.isdisjoint(scene.line.lows):
        return ()
    noun = items[at + 1].concept if at + 1 < len(items) else ""
    opens = hedge_first(items, at) == 0 and not any(mention.at < at for mention in scene.mentions)
    if opens and noun in compiled.by_concept:
        return tuple(entity for entity in range(compiled.entity_count) if entity != compiled.total)
    owner = found[0].entities if found else ()
    told = [mention for mention in scene.mentions if mention.entities == owner and len(owner) > 1]
    return owner if any(mention.how == "both" for mention in told) else ()


def _summed(
    scene: Scene,
    at: int,
    several: tuple[int, ...],
    metrics: tuple[MetricChoice, ...],
    stated: Stated,
    ctx: FormContext,
) -> tuple[TypedClaim, ...]:
    """The figure as the sum of what several have, where that is told of them at all."""
    nearest = metrics[0].cost if metrics else 0.0
    adding = tuple(c for c in metrics if c.metric in ctx.compiled.additive and c.cost <= nearest + VALUE_BAND)
    if not adding or stated.hedge in _BOUNDS:
        return ()
    start, end = span_of(scene.line.items, at)
    together = Choice(several, 0.0, "all of them together")
    return (
        TypedClaim(
            Form.AGGREGATE,
            start,
            end,
            subjects=(together,),
            metrics=adding,
            stated=stated,
            relation="sum",
            items=(at, at + 1),
        ),
    )


def _members(scene: Scene, at: int, owner: tuple[int, ...], ctx: FormContext) -> TypedClaim | None:
    """ "Arden placed three men in the top ten": how many rows have it in common, where the noun is of no metric."""
    items, compiled = scene.line.items, ctx.compiled
    stated = items[at].stated
    noun = items[at + 1] if at + 1 < len(items) else None
    if (
        stated is None
        or stated.hedge is not Hedge.PLAIN
        or stated.quantity.unit not in (None, "1")
        or noun is None
        or noun.kind != "w"
        or noun.concept in compiled.by_concept
        or not (is_plural(noun.low) or (stated.low == 1 and noun.low.isalpha()))
    ):
        return None
    union = compiled.unions.all[owner[0] - compiled.entity_count]
    facts = tuple(cell.fact for entity in union.members for cell in compiled.cell(entity, union.metric))
    items[at].covered = True
    return TypedClaim(
        Form.COUNT,
        items[at].start,
        noun.end,
        fixed=Label.SUPPORTED if stated.low == len(union.members) else Label.CONTRADICTED,
        facts=facts,
        shown=f"{len(union.members)} are {union.title}: {', '.join(compiled.entity_names[e] for e in union.members)[:200]}",
        items=(at, at + 2),
    )


#: How far the column of another time is put: beyond any band.
ANOTHER_TIME = 1.3


def _of_then(metrics: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics of a figure that is said to be an earlier one: those of the columns that hold such."""
    compiled = ctx.compiled
    found = {choice.metric: choice for choice in metrics}
    for choice in metrics:
        for then in compiled.before.get(choice.metric, ()):
            found[then] = replace(
                choice, metric=then, cost=min(choice.cost, found[then].cost if then in found else choice.cost)
            )
    return tuple(
        sorted(
            (
                choice.at(choice.cost + ANOTHER_TIME) if choice.metric in compiled.before else choice
                for choice in found.values()
            ),
            key=lambda choice: choice.cost,
        )
    )


def _of_now(metrics: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics of a figure that nothing sets in an earlier time: "131 mm, 13 mm more than normal" is of what fell."""
    compiled = ctx.compiled
    least: dict[int, float] = {}
    for choice in metrics:
        metric = compiled.then.get(choice.metric, choice.metric)
        least[metric] = min(choice.cost, least.get(metric, choice.cost))
    return tuple(
        sorted(
            (
                choice.at(max(choice.cost, least[compiled.then[choice.metric]] + ANOTHER_TIME))
                if choice.metric in compiled.then
                else choice.at(least[choice.metric])
                for choice in metrics
            ),
            key=lambda choice: choice.cost,
        )
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
_AGAINST = frozenset(["vs", "versus", "against"])
_JOINTS = frozenset(["and", "/"])
_AUXILIARIES = frozenset("is are was were do does did has have had can could will would".split())


def _verb_denied(items: list[Item], at: int) -> bool:
    """ "does not have four cores", "isn't 1.2 kg": the verb is denied; "14, not 12" and "not only 12" deny none."""
    start = hedge_first(items, at)
    for position in range(start - 1, max(0, start - 4), -1):
        low = items[position].low
        if low.endswith("n't") or (low == "not" and items[position - 1].low in _AUXILIARIES):
            return True
        if items[position].kind != "w" or low in _BOUNDING:
            return False
    return False


def _never(items: list[Item], at: int) -> bool:
    """ "never takes longer than 5 ms", "never gets past 2.6 GB/s"."""
    start = hedge_first(items, at)
    return any(
        items[position].low == "never" and all(item.kind == "w" for item in items[position:start])
        for position in range(start - 1, max(-1, start - 4), -1)
    )


def _denied_of(scene: Scene, at: int, stated: Stated, ctx: FormContext, *, tied: bool) -> tuple[int, ...]:
    """Of whom a figure is denied: "None needs more than 1.5 GB", "no tool finishes in under 3 s" of all, "A, B, C: none above 8"
    of those before; () where the clause does not open so."""
    items = scene.line.items
    start = hedge_first(items, at)
    bound = stated.hedge in _BOUNDS
    everyone = tuple(range(ctx.compiled.entity_count))
    for position in range(start - 1, max(-1, start - _OPENING), -1):
        low = items[position].low
        opens = not position or items[position - 1].kind == "p" or items[position - 1].low in ("and", "but")
        if low in ("none", "nobody", "nothing"):
            if not opens or start - position > 3 or not (bound or start - position > 1):
                return ()
            before = [mention.entities for mention in scene.mentions if mention.at < position and mention.how == "list"]
            return before[-1] if before and low == "none" else everyone
        if low == "no":
            thing = items[position + 1]
            # "No fare is above €64", where "no teaching hospital exceeds six" is of hospitals.
            measured = thing.concept in ctx.compiled.by_concept and (
                position + 2 >= start or items[position + 2].low in VERBS
            )
            # Of one that is named: "no file may exceed 60 MB in X".
            meant = measured or tied or names_things(thing, ctx.compiled)
            return everyone if opens and bound and meant else ()
        if items[position].kind != "w":
            return ()
    return ()


#: How far before a figure the clause may open that denies it of all, and what makes a figure a bound.
_OPENING = 7
_BOUNDS = frozenset({Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST})


#: What a denial before these is about is not the figure itself.
_BOUNDING = frozenset("only just merely than even until for".split())


def _plain_number(scene: Scene, at: int) -> bool:
    items = scene.line.items
    return (
        0 <= at < len(items) and items[at].kind == "n" and items[at].unit not in (None, "1", "percent", "ratio", "pp")
    )


def paired(scene: Scene, at: int) -> bool:
    """ "0.5 s versus 4 s": two figures set against each other, no name beside either."""
    items = scene.line.items
    if _AGAINST.isdisjoint(scene.line.lows) or not _plain_number(scene, at):
        return False
    for first, second in ((at, at + 2), (at - 2, at)):
        if _plain_number(scene, first) and _plain_number(scene, second):
            named = any(items[k].kind == "e" for k in (first - 1, first - 2, second + 1) if 0 <= k < len(items))
            return items[first + 1].low in _AGAINST and not named
    return False


def _sides(scene: Scene, ctx: FormContext) -> Iterable[int]:
    """Who may be set against each other: those that the sentence, its question or its heading names, where they are two or more."""
    asked = scene.question.mentions if scene.question is not None else []
    named = {entity for mention in (*scene.mentions, *asked) for entity in mention.entities} | set(scene.topic)
    return sorted(named) if len(named) > 1 else range(ctx.compiled.entity_count)


def _joined(scene: Scene, at: int) -> bool:
    """ "takes 2 GB and 3 GB": two figures of one kind in a row that end a clause."""
    items = scene.line.items
    if _JOINTS.isdisjoint(scene.line.lows):
        return False
    for first, second in ((at, at + 2), (at - 2, at)):
        if (
            _plain_number(scene, first)
            and _plain_number(scene, second)
            and items[first + 1].low in _JOINTS
            and scene.line.low(second + 1) in ("", ".", ",", ";")
            and scene.line.low(first - 1) not in (",", "and", "between", "from")
            and not any(item.low in ("respectively", "both") for item in items)
        ):
            subject = scene.subject_before(first)
            return subject is not None and len(subject.entities) == 1
    return False


def _in_list(scene: Scene, at: int) -> bool:
    """ "20, 40, 50 and 100 GB": one of three or more figures of one kind in a row; "360 Hz, 0.3 ms, 1,000 nits" is no such list."""

    def chained(first: int, last: int) -> bool:
        units = {items[k].unit or "1" for k in (first, last)} - {"1"}
        return (
            len(units) < 2
            and last - first <= 3
            and all(items[k].low in (",", "and", "or", "to") for k in range(first + 1, last))
        )

    places = scene.line.numbers
    if len(places) < 3:
        return False
    items = scene.line.items
    here = places.index(at)
    first = last = here
    while first > 0 and chained(places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and chained(places[last], places[last + 1]):
        last += 1
    return last - first >= 2


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
    against = following == at + 2 and scene.line.low(at + 1) in _AGAINST
    if following is not None and (against or _in_list(scene, at)):
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
