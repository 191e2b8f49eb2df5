"""Gains: what became of a value since an earlier column, told without a figure: "sales rose", "the largest gain", "higher than a year ago"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from flows.check.discourse import Scene
from flows.check.forms.clauses import denied, negated
from flows.check.forms.context import FormContext
from flows.check.forms.sides import subjects_for
from flows.check.forms.since import When
from flows.check.forms.slants import Slant
from flows.check.items import cover, hedge_first
from flows.check.lexicon.rise_and_fall import DOWN, UP
from flows.check.link import metrics_for
from flows.check.sheet import Compiled
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label

#: What says rise or fall and no state ("profit", "positive").
RISEN = (UP | frozenset("lifted lift raised raising boosted grew improved improvement picked more higher greater larger".split())) - frozenset(
    "profit earned positive plus surplus".split()
)  # fmt: skip


FALLEN = (DOWN | frozenset("cut shed fewer less lower smaller worsened slid".split())) - frozenset("negative minus deficit".split())  # fmt: skip


MOVES = RISEN | FALLEN
LOSSES = frozenset("loss losses lost lose loses losing".split())
#: How far from its figure a word of change may stand.
REACH = 7


def now_metrics(choices: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics that have an earlier column, as near as the words put either of the two."""
    compiled = ctx.compiled
    found: dict[int, MetricChoice] = {}
    for choice in choices:
        metric = compiled.then.get(choice.metric, choice.metric)
        if metric in compiled.before and (metric not in found or choice.cost < found[metric].cost):
            # Whoever falls in a list of places has a higher number.
            found[metric] = replace(choice, metric=metric, flip=metric in compiled.placed)
    return tuple(sorted(found.values(), key=lambda choice: choice.cost))


def _metrics(scene: Scene, at: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics whose change a word tells: those that the words around speak of; any, where they speak of none."""
    choices = now_metrics(metrics_for(scene, at, ctx.compiled), ctx)
    if len(choices) > 1 and not any(choice.why.startswith("word") for choice in choices):
        return tuple(choice.at(0.0) for choice in choices)
    return choices


def greatest(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
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
    sign = 1 if low in RISEN else -1
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
    & MOVES
)


def turn(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
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
    if low in LOSSES and not any(choice.why.startswith("word") for choice in metrics) and not counts:
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
        sign="up" if low in RISEN else "down",
        positive=not denied(scene, at),
        since=True,
        count=counted,
        items=(at, at + 1),
    )


def _reached(scene: Scene, at: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "Rose slightly to 207,000": the figure behind the verb says what rose."""
    items, line = scene.line.items, scene.line
    for k in range(at + 1, min(len(items), at + REACH)):
        stated = items[k].stated
        if items[k].kind == "n" and stated is not None:
            if line.low(hedge_first(items, k) - 1) not in ("to", "from"):
                return ()
            return now_metrics(metrics_for(scene, k, ctx.compiled, stated=stated), ctx)[:1]
        if items[k].kind == "p":
            return ()
    return ()


def than_before(scene: Scene, slant: Slant, when: When, ctx: FormContext) -> TypedClaim:
    """ "Warmer than normal", "cheaper than a year ago", of whom the clause speaks, or of all of them."""
    items, compiled = scene.line.items, ctx.compiled
    sort = compiled.usual if when.usual else compiled.then.keys() - compiled.usual
    choices = metrics_for(scene, slant.first, compiled, classes=slant.classes, main=slant.main)
    metrics = tuple(
        choice for choice in now_metrics(choices, ctx) if not sort.isdisjoint(compiled.before[choice.metric])
    )
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
