"""Moves: what became of a value since an earlier column, or against what is usual: "lost six seats", "up 7 per cent", "13 mm more than normal".

Only a sheet that has such columns is read so (`earlier`). A figure told by a word of rise or fall is the distance of the two
columns in the direction of the word, never a value that happens to be as large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from flows.check.discourse import Scene
from flows.check.forms.clauses import denied, negated
from flows.check.forms.context import FormContext
from flows.check.forms.sides import subjects_for
from flows.check.forms.since import When, when_at
from flows.check.forms.slants import Slant, slant_at
from flows.check.forms.spans import span_of
from flows.check.forms.values import absolute
from flows.check.items import cover, hedge_first, hedge_last
from flows.check.lexicon.model import Sign
from flows.check.lexicon.rise_and_fall import DOWN, UP
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.sheet import Compiled
from flows.check.stated import NOT_COUNTED, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label

#: What says rise or fall and no state ("profit", "positive").
_RISEN = (UP | frozenset("lifted lift raised raising boosted grew improved improvement picked more higher greater larger".split())) - frozenset(
    "profit earned positive plus surplus".split()
)  # fmt: skip
_FALLEN = (DOWN | frozenset("cut shed fewer less lower smaller worsened slid".split())) - frozenset("negative minus deficit".split())  # fmt: skip
_MOVES = _RISEN | _FALLEN
_ADJECTIVES = frozenset("more higher greater larger fewer less lower smaller".split())
#: Between a word of change and its figure.
_BETWEEN = frozenset("by of a an the about around roughly some nearly almost only just another its their his her over under more than less fully exactly as much at least further".split())  # fmt: skip
_REACH = 7
_LOSSES = frozenset("loss losses lost lose loses losing".split())
_BE = frozenset("is are was were be been".split())


class Told(NamedTuple):
    """That a figure is a change: its direction, and the items that say so."""

    sign: Sign
    first: int
    last: int


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for the figures that tell a change, and for the verbs that tell one without a figure."""
    if not ctx.compiled.before:
        return
    items, line = scene.line.items, scene.line
    for at, item in enumerate(items):
        when = when_at(line, at, ctx)
        if when is not None:
            for k in range(when.first, when.last + 1):
                if items[k].kind == "n":
                    # The time of a column is no figure of its own, and what bounds it compares: "higher than a year ago".
                    for word in items[hedge_first(items, k) : k]:
                        word.covered = False
                    items[k].covered, items[k].stated = True, None
        if item.covered or item.stated is None or item.kind != "n":
            continue
        stated = item.stated
        if stated.quantity.kind in NOT_COUNTED or stated.quantity.unit == "ratio":
            continue
        if stated.is_range:
            yield from _from_to(scene, at, ctx, stated)
            continue
        told = _told(scene, at, ctx)
        claim = _change(scene, at, ctx, stated, told) if told is not None else None
        if claim is not None:
            yield claim
    if "than" in line.lows:
        for at, item in enumerate(items):
            slant = slant_at(items, at) if item.graded is not None and not item.covered else None
            if slant is not None and slant.degree == "comparative" and line.low(slant.last + 1) == "than":
                when = when_at(line, slant.last + 2, ctx) or when_at(line, slant.last + 1, ctx)
                if when is not None:
                    yield _than(scene, slant, when, ctx)
    if line.lows.isdisjoint(_MOVES):
        return
    for at, item in enumerate(items):
        if item.kind == "w" and not item.covered and item.low in _MOVES:
            claim = _greatest(scene, at, ctx) or _turn(scene, at, ctx)
            if claim is not None:
                yield claim


def _from_to(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> Iterator[TypedClaim]:
    """ "Slipped from 31 to 33 per cent": no range, but what it was and what it is."""
    items, line = scene.line.items, scene.line
    start = hedge_first(items, at)
    if line.low(start - 1) != "from" or not any(item.low in _MOVES for item in items[max(0, start - _REACH) : start]):
        return
    for value, then in ((stated.low, True), (stated.high, False)):
        items[at].stated = replace(stated, low=value, high=value)
        claim = absolute(scene, at, ctx, None)
        if claim is not None:
            side = ctx.compiled.then if then else ctx.compiled.before
            metrics = tuple(choice for choice in claim.metrics if choice.metric in side)
            yield replace(claim, metrics=metrics or claim.metrics)


def _told(scene: Scene, at: int, ctx: FormContext) -> Told | None:
    """What says that figure `at` is a change: its own sign, a comparison with an earlier time, or a word of rise or fall before it."""
    items, line = scene.line.items, scene.line
    text, unit = items[at].text, items[at].unit
    if text[:1] in "+-−–" and len(text) > 1 and line.low(at - 1) in ("(", ",", "at", ""):
        return Told("up" if text[0] == "+" else "down", at, at)
    after = hedge_last(items, at) + 1
    behind = when_at(line, after, ctx)
    for k in range(after, min(after + 4, len(items)) if behind is None else after):
        low = line.low(k)
        if items[k].kind != "w" or low in _BE:
            break
        slant = slant_at(items, k)
        sign: Sign | None = None
        if low in _ADJECTIVES:
            sign = "up" if low in _RISEN else "down"
        elif slant is not None and slant.degree == "comparative" and slant.sign in ("up", "down"):
            sign = slant.sign
        elif low in ("above", "below", "over", "under", "up", "down"):
            sign = "up" if low in ("above", "over", "up") else "down"
        if sign is None:
            continue
        for place in range(k + 1, min(k + 5, len(items))):
            if items[place].kind in "ep":
                break
            if when_at(line, place, ctx) is not None:
                return Told(sign, at, place)
            if low in ("above", "below", "over", "under", "up", "down"):
                break
        earlier = scene.extra.get("gap")
        if isinstance(earlier, TypedClaim) and earlier.since and line.low(k + 1) in ("", ".", ",", ";", "and", ")"):
            # "13 mm more than normal, X two less"
            return Told(sign, at, k)
        break
    start = hedge_first(items, at)
    for k in range(start - 1, max(-1, start - _REACH), -1):
        low = items[k].low
        if low in _MOVES and low not in _ADJECTIVES and items[k].kind == "w":
            if low in _LOSSES and any(ctx.compiled.metrics[number].unit == unit for number in ctx.compiled.below_zero):
                # Where profits go below zero, a loss is a value.
                return None
            if items[k].concept in ctx.compiled.by_concept and not _noun(scene, at, ctx):
                return None
            return Told("up" if low in _RISEN else "down", k, at)
        if items[k].kind != "w":
            return None
        if low in _BETWEEN or items[k].concept in ctx.compiled.by_concept:
            continue
        return None
    return None


def _noun(scene: Scene, at: int, ctx: FormContext) -> bool:
    """Whether the noun of a figure is that of a metric with an earlier column: "climbed eleven places"."""
    compiled = ctx.compiled
    concept = scene.line.items[at + 1].concept if at + 1 < len(scene.line.items) else ""
    return any(compiled.then.get(number, number) in compiled.before for number in compiled.by_concept.get(concept, ()))


def _now(choices: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics that have an earlier column, as near as the words put either of the two."""
    compiled = ctx.compiled
    found: dict[int, MetricChoice] = {}
    for choice in choices:
        metric = compiled.then.get(choice.metric, choice.metric)
        if metric in compiled.before and (metric not in found or choice.cost < found[metric].cost):
            # Whoever falls in a list of places has a higher number.
            found[metric] = replace(choice, metric=metric, flip=metric in compiled.placed)
    return tuple(sorted(found.values(), key=lambda choice: choice.cost))


def _change(scene: Scene, at: int, ctx: FormContext, stated: Stated, told: Told) -> TypedClaim | None:
    items, compiled = scene.line.items, ctx.compiled
    unit = stated.quantity.unit
    share = unit == "percent"
    found, weak = owners(scene, at, compiled)
    choices = metrics_for(
        scene,
        at,
        compiled,
        stated=None if share or unit == "pp" else stated,
        owner=found[0].entities if found else None,
    )
    metrics = _now(choices, ctx)
    if unit == "pp":
        metrics = tuple(choice for choice in metrics if compiled.metrics[choice.metric].unit == "percent")
    if not metrics or not found:
        return None
    if share and all(compiled.metrics[choice.metric].unit == "percent" for choice in metrics):
        form = Form.DIFFERENCE
    else:
        form = Form.PERCENT if share else Form.DIFFERENCE
    if form is Form.DIFFERENCE and stated.exact and unit in (None, "1"):
        stated = replace(stated, exact=False, step=stated.step or stated.low * 0 + 1)
    start, end = span_of(items, at)
    first, last = min(told.first, hedge_first(items, at)), max(told.last, at)
    cover(items, first, last)
    claim = TypedClaim(
        form,
        start,
        max(end, items[last].end if last > at else end),
        subjects=found,
        metrics=metrics,
        stated=stated if stated.low >= 0 else replace(stated, low=-stated.high, high=-stated.low),
        sign=told.sign,
        relation="signed" if form is Form.PERCENT else "",
        positive=not negated(items, first, 3),
        lenient=weak,
        since=True,
        items=(at, last + 1),
    )
    scene.extra["gap"] = claim
    return claim


def _metrics(scene: Scene, at: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics whose change a word tells: those that the words around speak of; any, where they speak of none."""
    choices = _now(metrics_for(scene, at, ctx.compiled), ctx)
    if len(choices) > 1 and not any(choice.why.startswith("word") for choice in choices):
        return tuple(choice.at(0.0) for choice in choices)
    return choices


def _greatest(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "The largest gain of any party", "the heaviest loss was that of X", "rose most in Y": ranked by what became of the value."""
    items, line, compiled = scene.line.items, scene.line, ctx.compiled
    low = items[at].low
    first = last = at
    most = False
    for k in range(at - 1, max(-1, at - 3), -1):
        if items[k].degree == "superlative":
            first, most = k, line.low(k) not in ("smallest", "least", "slightest")
            break
        if items[k].kind != "w":
            break
    else:
        k = -1
    if first == at:
        place = next(
            (k for k in range(at + 1, min(len(items), at + 4)) if items[k].low in ("most", "fastest", "furthest")), None
        )
        if place is None or any(items[k].kind not in ("w", "p") for k in range(at + 1, place)):
            return None
        last, most = place, True
    metrics = _metrics(scene, at, ctx)
    named = next(
        (
            mention
            for mention in scene.mentions
            if last < mention.at <= last + 8 and line.low(mention.at - 1) in _PLACED | {"the"}
        ),
        None,
    )
    if named is not None and any(items[k].kind == "n" or items[k].low in (";", ",") for k in range(last + 1, named.at)):
        named = None
    subject = named or scene.subject_before(at)
    entities = subject.entities if subject is not None else scene.carried
    if len(entities) != 1 or not metrics:
        return None
    sign = 1 if low in _RISEN else -1
    found: list[tuple[float, TypedClaim]] = []
    for choice in metrics:
        if choice.cost > metrics[0].cost + _NEAR:
            break
        moved = _moved(choice.metric, compiled.peers(entities[0]), compiled)
        own = moved.get(entities[0])
        if own is None or len(moved) < 2:
            continue
        among = [value * sign for value, _ in moved.values() if value * sign > 0]
        ends = (max(among) if most else min(among)) if among else None
        rivals = [entity for entity, (value, _) in moved.items() if value * sign == ends]
        held = ends is not None and rivals == list(entities)
        shown = ", ".join(f"{compiled.entity_names[entity]} {text}" for entity, (_, text) in list(moved.items())[:6])
        claim = TypedClaim(
            Form.RANK,
            items[first].start,
            items[last].end,
            fixed=Label.SUPPORTED if held is not negated(items, first, 3) else Label.CONTRADICTED,
            facts=tuple(fact for entity in moved for fact in _facts(entity, choice.metric, compiled)),
            shown=shown,
            items=(first, last + 1),
        )
        found.append((choice.cost, claim))
    if not found:
        return None
    cover(items, first, last)
    if len({claim.fixed for cost, claim in found if cost == found[0][0]}) > 1:
        # "The largest gain" of whatever: of seats, or of the share of votes.
        return replace(found[0][1], fixed=Label.UNVERIFIABLE, reason="no metric is named, and they do not agree")
    return next((claim for _, claim in found if claim.fixed is Label.SUPPORTED), found[0][1])


def _facts(entity: int, metric: int, compiled: Compiled) -> tuple[str, ...]:
    return tuple(
        cell.fact for column in (metric, compiled.before[metric][0]) for cell in compiled.cell(entity, column)[:1]
    )


def _moved(metric: int, entities: Iterable[int], compiled: Compiled) -> dict[int, tuple[Decimal, str]]:
    """Entity -> by how much its value lies above the earlier one, and how that is computed."""
    then = compiled.before[metric][0]
    found: dict[int, tuple[Decimal, str]] = {}
    for entity in entities:
        a, b = compiled.cell(entity, metric)[:1], compiled.cell(entity, then)[:1]
        if a and b and a[0].low is not None and b[0].low is not None and not (a[0].disputed or b[0].disputed):
            found[entity] = a[0].low - b[0].low, f"{a[0].raw} - {b[0].raw}"
    return found


#: How much farther another metric may be named and still be the one whose change is told.
_NEAR = 0.3
_PLACED = frozenset("in at by for of from to was is with".split())
_INTRANSITIVE = (
    frozenset(
        "rose rise rises risen grew grow grows grown fell fall falls fallen dropped drops declined declines increased increases "
        "decreased decreases improved improves shrank shrunk slipped climbed worsened gained gain gains lost lose loses".split()
    )
    & _MOVES
)


def _turn(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "Coverage fell in X", "sales rose", "three parties gained seats": the value lies above or below the earlier one."""
    items, line, compiled = scene.line.items, scene.line, ctx.compiled
    low = items[at].low
    if (
        low not in _INTRANSITIVE
        or line.low(at - 1) in ("a", "an", "the", "to", "its", "their")
        or line.low(at + 1) == "-"
    ):
        return None
    metrics = _reached(scene, at, ctx) or _metrics(scene, at, ctx)
    if not metrics or line.kind(at + 1) == "n":
        return None
    ahead = scene.subject_before(at)
    counts = ahead is not None and ahead.count is not None
    if (
        low.startswith(("gain", "lo"))
        and not any(
            items[k].concept in compiled.metrics[choice.metric].weights
            for choice in metrics
            for k in range(at + 1, min(len(items), at + 3))
        )
        and line.low(at + 1) not in ("", ".", ",", ";")
    ):
        # "lost to X", "gained the lead": something else is lost.
        return None
    if low in _LOSSES and not any(choice.why.startswith("word") for choice in metrics) and not counts:
        # "X lost": the match.
        return None
    after = next((mention for mention in scene.mentions if mention.at > at), None)
    subject = scene.subject_before(at) or next((m for m in reversed(scene.mentions) if m.at < at), None)
    subjects: tuple[Choice, ...]
    if subject is not None:
        subjects = (Choice(subject.entities, 0.0, "subject of the clause"),)
    elif after is not None and any(items[k].low in ("in", "at", "for") for k in range(at + 1, after.at)):
        listed = [mention for mention in scene.mentions if mention.how == "list" and mention.at >= after.at]
        subjects = (Choice((listed[0] if listed else after).entities, 0.0, "named after the verb"),)
    elif scene.carried:
        subjects = (Choice(scene.carried, 0.1, "carried subject"),)
    else:
        return None
    counted = subject.count if subject is not None else None
    cover(items, at, at)
    if counted is not None and subject is not None:
        scene.counted.add(subject.at)
        cover(items, subject.at, subject.at)
    start = items[subject.at].start if counted is not None and subject is not None else items[at].start
    return TypedClaim(
        Form.COMPARISON,
        start,
        items[at].end,
        subjects=subjects,
        metrics=metrics,
        sign="up" if low in _RISEN else "down",
        positive=not denied(scene, at),
        since=True,
        count=counted,
        items=(at, at + 1),
    )


def _reached(scene: Scene, at: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "Rose slightly to 207,000": the figure behind the verb says what rose."""
    items, line = scene.line.items, scene.line
    for k in range(at + 1, min(len(items), at + _REACH)):
        stated = items[k].stated
        if items[k].kind == "n" and stated is not None:
            if line.low(hedge_first(items, k) - 1) not in ("to", "from"):
                return ()
            return _now(metrics_for(scene, k, ctx.compiled, stated=stated), ctx)[:1]
        if items[k].kind == "p":
            return ()
    return ()


def _than(scene: Scene, slant: Slant, when: When, ctx: FormContext) -> TypedClaim:
    """ "Warmer than normal", "cheaper than a year ago", of whom the clause speaks, or of all of them."""
    items, compiled = scene.line.items, ctx.compiled
    sort = compiled.usual if when.usual else compiled.then.keys() - compiled.usual
    choices = metrics_for(scene, slant.first, compiled, classes=slant.classes, main=slant.main)
    metrics = tuple(choice for choice in _now(choices, ctx) if not sort.isdisjoint(compiled.before[choice.metric]))
    found, weak = subjects_for(scene, slant.first, ctx)
    behind = next(
        (mention for mention in scene.mentions if mention.at > when.last and mention.how in ("all", "list", "name")),
        None,
    )
    if (
        behind is not None
        and scene.line.low(behind.at - 1) in ("at", "in", "for")
        and scene.subject_before(slant.first) is None
    ):
        found = (Choice(behind.entities, 0.0, "named behind"),)
    subject = scene.subject_before(slant.first)
    if subject is None and behind is None and not scene.carried and not scene.topic:
        # "The month was warmer than normal": everywhere.
        found = (Choice(tuple(range(compiled.entity_count)), 0.0, "all of them"),)
    counted = subject.count if subject is not None else None
    start = items[slant.first].start
    if counted is not None and subject is not None:
        scene.counted.add(subject.at)
        start = items[subject.at].start
    cover(items, slant.first, when.last)
    return TypedClaim(
        Form.COMPARISON,
        start,
        items[when.last].end,
        subjects=found,
        metrics=metrics,
        sign=slant.sign,
        positive=not denied(scene, slant.first),
        since=True,
        lenient=weak,
        count=counted,
        items=(slant.first, when.last + 1),
        reason="" if metrics else "no column holds what it was before",
    )


__all__ = ["read"]
