"""Ranking: whether entities hold a place among those that have the metric."""

from __future__ import annotations

from decimal import Decimal

from flows.check.amounts import in_unit, larger_over_smaller
from flows.check.lexicon.model import Sign
from flows.check.ordering import far_enough, value_sign
from flows.check.outcome import ABSENT, DISPUTED, C, Outcome, S, U
from flows.check.sheet import Cell, Compiled, MetricCard

_D = Decimal


def rank(
    entities: tuple[int, ...],
    card: MetricCard,
    sign: Sign,
    place: int,
    compiled: Compiled,
    *,
    among: tuple[int, ...] | None,
    positive: bool,
    shared: bool,
    degree: str = "",
) -> Outcome:
    """Whether `entities` hold `place` (1 = most in the direction of `sign`, -1 = last) among those that have the metric.

    A tie contradicts a plain superlative; `shared` ("share the top spot", "joint first") wants the tie.
    """
    side = value_sign(sign, card)
    if side == 0:
        return Outcome(U, reason=f"'{card.metric.name}' has no better side")
    if place < 0:
        side, place = -side, -place
    if among is not None:
        among = compiled.rivals(entities[0], among)
    if among is not None and not set(entities) <= set(among):
        return ABSENT
    field_ = among if among is not None else compiled.peers(entities[0])
    values: dict[int, Cell] = {}
    for entity in dict.fromkeys((*field_, *entities)):
        cells = [cell for cell in compiled.cell(entity, card.number) if cell.numeric]
        if cells:
            values[entity] = cells[0]
    if not all(entity in values for entity in entities) or len(values) < 2:
        return ABSENT
    evidence = tuple(cell.fact for cell in values.values())
    if any(cell.disputed for cell in values.values()):
        return Outcome(U, evidence, reason=DISPUTED)
    unit = values[entities[0]].unit

    def key(entity: int) -> Decimal:
        cell = values[entity]
        end = cell.high if side > 0 else cell.low
        return in_unit(end or _D(0), cell.unit, unit) * side

    others = [entity for entity in values if entity not in entities]
    own = [key(entity) for entity in entities]
    better = [entity for entity in others if key(entity) > min(own)]
    tied = [entity for entity in others if key(entity) == min(own)]
    ranked = sorted(values, key=key, reverse=True)
    names = ", ".join(f"{compiled.entity_names[entity]} {values[entity].raw}" for entity in ranked[:4])
    right = compiled.entity_names[ranked[min(place, len(ranked)) - 1]]
    held = len(better) == place - 1 and (not tied or shared)
    if shared and len(entities) > 1:
        held = held and len(set(own)) == 1
    if held and degree and place == 1 and others:
        held = far_enough(larger_over_smaller(min(own), max(key(entity) for entity in others)), degree)
    return Outcome(S if held is positive else C, evidence, names, right=right)
