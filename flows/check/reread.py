"""Reread: a figure that does not hold where it was linked, and that another reading of the same words gives exactly.

A sentence leaves out what its reader can fill in: "12 % behind" in the figure just spoken of, "0.4 kWh against the Rondo"
for a difference, "$33 an hour" for one price through another. Which reading is meant the words do not say; the number does,
where few readings were tried and hardly any number would have fitted. So readings are tried from the nearest on, and one
that holds counts only while the values tried so far were unlikely to meet the stated one by chance. A value that simply
stands in another cell is no reading: that is how a wrong number passes (CHECKING.md, Linking).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, permutations
from typing import NamedTuple

from flows.check import arithmetic
from flows.check.amounts import in_unit, plain
from flows.check.derive import agrees
from flows.check.outcome import ABSENT, Outcome
from flows.check.sheet import Cell, Compiled
from flows.check.stated import ABOUT, Hedge, Stated
from flows.check.typed import Derivation, Form, TypedClaim
from schemas.checking import Label

#: How many of the values tried may be expected to fit by chance.
CHANCE = Decimal("0.05")
#: The same for a calculation that nothing in the words asks for.
RARE = Decimal("0.01")
#: Left to chance altogether: the words leave open what the figure is set against, and this is the usual thing.
ANY = Decimal(1)
#: Up to what cost the thing compared with is named.
_SAID = Decimal("0.05")
#: Figures that are compared lie, taken evenly in their logarithm, over about a twentyfold range: ln 20 = 3.
_RANGE = 3
#: How far from the best link an entity may be named and be one of a pair, and a metric be the one that is meant.
_NAMED = 0.95
_NEAR = 0.5
#: What is tied to the phrase by grammar, and how far the next metric lies where the words name one and no other.
_TIED = 0.02
_SETTLED = 0.7
_GAPS = frozenset({Form.RATIO, Form.PERCENT, Form.DIFFERENCE})
_ONE_SIDED = frozenset({Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST})
_LEAST_WIDTH = Decimal("0.0001")


class Reading(NamedTuple):
    """One way to arrive at a value: whether it is the stated one, and how much it may be left to chance."""

    outcome: Outcome
    metric: int
    entities: tuple[int, ...]
    comparands: tuple[int, ...] = ()
    chance: Decimal = CHANCE


def reread(claim: TypedClaim, asked: Sequence[Derivation], compiled: Compiled) -> Reading | None:
    """The nearest other reading under which the figure of a contradicted claim is right and hardly by chance, or None."""
    stated = claim.stated
    if stated is None or not claim.positive or not claim.subjects or claim.exclusive or claim.universal or claim.since:
        return None
    if claim.form in _GAPS:
        readings = _gaps(claim, compiled)
    elif claim.form is Form.ABSOLUTE:
        readings = _figures(claim, stated, {derivation.kind for derivation in asked}, compiled)
    else:
        return None
    share = _width(stated) / _RANGE
    tried = 0
    for reading in readings:
        if reading.outcome.absent or reading.outcome.label is Label.UNVERIFIABLE:
            continue
        if reading.chance == ANY:
            if reading.outcome.label is Label.SUPPORTED:
                return reading
            continue
        tried += 1
        if tried * share >= CHANCE:
            return None
        if reading.outcome.label is Label.SUPPORTED and tried * share < reading.chance:
            return reading
    return None


def _width(stated: Stated) -> Decimal:
    """How wide the values are that the words allow, relative to the value itself."""
    if stated.hedge in _ONE_SIDED:
        return Decimal("0.5")
    if stated.hedge is Hedge.ABOUT:
        return 2 * ABOUT
    if stated.hedge in (Hedge.NEARLY, Hedge.JUST_OVER):
        return Decimal("0.15")
    if stated.word or not stated.low:
        # "Twice" and "half" are what tables are full of.
        return Decimal(1)
    return max(_grain(stated.quantity.written_low or stated.low), stated.step / abs(stated.low), _LEAST_WIDTH)


def _grain(written: Decimal) -> Decimal:
    """How coarse a round figure is, relative to itself: one unit of its last digit that is no zero, of 25 and 75 five."""
    _, digits, _ = written.normalize().as_tuple()
    least = Decimal(5 if len(digits) > 1 and digits[-1] == 5 else 1)
    return least / Decimal(int("".join(map(str, digits))) or 1)


def _named(claim: TypedClaim) -> tuple[int, ...]:
    """Who is spoken of nearby, nearest first: what "all others" stands for is nobody in particular."""
    choices = sorted((*claim.subjects, *claim.comparands), key=lambda choice: choice.cost)
    return tuple(
        dict.fromkeys(entity for c in choices if c.cost <= _NAMED and len(c.entities) <= 3 for entity in c.entities)
    )


def _metrics(claim: TypedClaim, compiled: Compiled) -> tuple[list[int], list[int]]:
    """The metrics that the words mean, and the others that they may speak of; numeric ones."""
    linked = [c for c in sorted(claim.metrics, key=lambda c: c.cost) if compiled.metrics[c.metric].numeric]
    best = linked[0].cost if linked else 0.0
    near = [c.metric for c in linked if c.cost <= best + _NEAR]
    return near, [c.metric for c in linked if c.metric not in near]


# A ratio, a percentage or a difference


def _gaps(claim: TypedClaim, compiled: Compiled) -> Iterator[Reading]:
    """The same gap in another metric, between two metrics of one entity, between others that are named nearby."""
    near, far = _metrics(claim, compiled)
    subjects = claim.subjects[0].entities
    comparands = claim.comparands[0].entities if claim.comparands else ()
    costs = sorted(choice.cost for choice in claim.metrics)
    settled = len(costs) < 2 or costs[1] - costs[0] >= _SETTLED
    explicit = bool(comparands) and claim.comparands[0].cost <= 0
    said = bool(claim.comparands) and claim.comparands[0].cost <= _SAID
    loose = claim.form is Form.PERCENT and claim.stated is not None and claim.stated.hedge in _ONE_SIDED
    if not said and not loose and not claim.operands and not claim.against_metrics:
        yield from _left_open(claim, near, compiled)
    for metric in () if settled and explicit else far:
        for one in subjects:
            for other in comparands:
                yield from _gap(claim, one, other, metric, compiled)
    if explicit:
        return
    for entity in subjects:
        for one, other in permutations((*near, *far), 2):
            if compiled.metrics[one].unit == compiled.metrics[other].unit and (one in near or other in near):
                cells = compiled.cell(entity, one), compiled.cell(entity, other)
                if all(cells):
                    yield Reading(_between(claim, cells[0][0], cells[1][0], compiled, one), one, (entity,))
    # The pair that was meant is not read backwards: that is what a wrong direction looks like.
    meant = {frozenset((one, other)) for one in subjects for other in comparands}
    tied = claim.subjects[0].cost <= _TIED
    named = _named(claim)
    others = [(one, other) for one, other in permutations(named, 2) if one in subjects or not tied]
    others += [(one, other) for one in subjects for other in range(compiled.entity_count) if other not in named]
    for metric in near:
        for one, other in others:
            if one != other and frozenset((one, other)) not in meant:
                yield from _gap(claim, one, other, metric, compiled)


def _left_open(claim: TypedClaim, near: list[int], compiled: Compiled) -> Iterator[Reading]:
    """Set against nothing that is named: "almost a third of it on one day" is of its own, "twice as long without"."""
    for entity in claim.subjects[0].entities[:1]:
        for one in near:
            for other in range(len(compiled.metrics)):
                if (
                    one == other
                    or (other in near and near.index(other) < near.index(one))
                    or not compiled.metrics[one].goes_with(compiled.metrics[other])
                ):
                    continue
                mine, theirs = compiled.cell(entity, one), compiled.cell(entity, other)
                if mine and theirs:
                    ways = ((mine[0], theirs[0]), (theirs[0], mine[0]))
                    for a, b in ways[:1] if claim.relation == "times" else ways:
                        yield Reading(_between(claim, a, b, compiled, one), one, (entity,), chance=ANY)


def _gap(
    claim: TypedClaim, one: int, other: int, metric: int, compiled: Compiled, chance: Decimal = CHANCE
) -> Iterator[Reading]:
    mine, theirs = compiled.cell(one, metric), compiled.cell(other, metric)
    if one != other and mine and theirs:
        outcome = _between(claim, mine[0], theirs[0], compiled, metric)
        yield Reading(outcome, metric, (one,), (other,), chance)


def _between(claim: TypedClaim, a: Cell, b: Cell, compiled: Compiled, metric: int) -> Outcome:
    card, stated = compiled.metrics[metric], claim.stated
    if stated is None or card.is_date:
        return ABSENT
    if claim.form is Form.RATIO:
        return arithmetic.ratio(a, b, stated, claim.sign, claim.relation, card, positive=True)
    if claim.form is Form.PERCENT:
        return arithmetic.percent(a, b, stated, claim.sign, claim.relation, card, positive=True)
    return arithmetic.difference(a, b, stated, claim.sign, card, positive=True)


# A figure that no cell has


def _figures(claim: TypedClaim, stated: Stated, asked: AbstractSet[str], compiled: Compiled) -> Iterator[Reading]:
    """A difference between two that are named, or from the one spoken of to another; the sum or mean of a set; arithmetic within one entity."""
    unit = stated.quantity.unit
    near, far = (
        [m for m in metrics if unit in (None, "1") or _alike(compiled.metrics[m].unit, unit)]
        for metrics in _metrics(claim, compiled)
    )
    named, subjects = _named(claim), claim.subjects[0].entities
    gap = replace(claim, form=Form.DIFFERENCE, sign=None)
    between = CHANCE if "apart" in asked else RARE
    together = CHANCE if "sum" in asked else RARE
    pairs = list(combinations(named, 2))
    for metric in near:
        for one, other in pairs:
            yield from _gap(gap, one, other, metric, compiled, between)
    for entity in subjects:
        for one, other in combinations((*near, *far), 2):
            if compiled.metrics[one].unit == compiled.metrics[other].unit:
                yield from _within(stated, entity, (one, other), compiled, between, together)
    for metric in near:
        for members in dict.fromkeys((named, tuple(range(compiled.entity_count)))):
            yield from _joined(stated, members, metric, compiled, together)
    others = [(one, other) for one in subjects for other in range(compiled.entity_count) if other not in named]
    for metrics, candidates in ((near, others), (far, pairs)):
        for metric in metrics:
            for one, other in candidates:
                yield from _gap(gap, one, other, metric, compiled, between)


def _alike(one: str | None, other: str | None) -> bool:
    return (one or "1").split("/")[0] == (other or "1").split("/")[0]


def _within(
    stated: Stated, entity: int, metrics: tuple[int, int], compiled: Compiled, between: Decimal, together: Decimal
) -> Iterator[Reading]:
    """Two cells of one entity: the step from one to the other, and both together."""
    a, b = (_point(compiled.cell(entity, metric)) for metric in metrics)
    if a is None or b is None or not a.low or not b.low:
        # What differs from nothing is a cell itself.
        return
    step, both = abs(a.low - b.low), a.low + b.low
    yield Reading(_stated(stated, step, a, (a, b), f"{a.raw} - {b.raw}"), a.metric, (entity,), chance=between)
    yield Reading(_stated(stated, both, a, (a, b), f"{a.raw} + {b.raw}"), a.metric, (entity,), chance=together)


def _joined(
    stated: Stated, members: tuple[int, ...], metric: int, compiled: Compiled, chance: Decimal
) -> Iterator[Reading]:
    cells = [cell for entity in members if (cell := _point(compiled.cell(entity, metric))) is not None]
    if len(cells) < 2:
        return
    total = sum((cell.low or Decimal(0) for cell in cells), Decimal(0))
    shown = " + ".join(cell.raw for cell in cells[:6])
    yield Reading(_stated(stated, total, cells[0], tuple(cells), shown), metric, members, chance=chance)
    mean = total / len(cells)
    shown = f"({shown}) / {len(cells)}"
    yield Reading(_stated(stated, mean, cells[0], tuple(cells), shown), metric, members, chance=chance)


def _point(cells: tuple[Cell, ...]) -> Cell | None:
    cell = cells[0] if cells else None
    return cell if cell is not None and cell.low is not None and cell.low == cell.high and not cell.disputed else None


def _stated(stated: Stated, value: Decimal, cell: Cell, cells: tuple[Cell, ...], shown: str) -> Outcome:
    value = in_unit(value, cell.unit, stated.quantity.unit)
    if stated.quantity.unit in (None, "1") and cell.low and cell.quantity.written_low:
        value = value * cell.quantity.written_low / cell.low
    label = Label.SUPPORTED if value and agrees(stated, value) else Label.CONTRADICTED
    return Outcome(label, tuple(c.fact for c in cells), f"{shown} = {plain(value)}")
