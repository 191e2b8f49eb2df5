"""Derive: a stated value that no cell has and that follows exactly from cells of the entity it is said of.

"Twelve months come to $119.88", "$3 a frame", "720 litres front and rear", "moving up adds $6": the text names what is
multiplied, added or divided, and the cells give the rest. What follows only by chance is kept out by the caller, who
offers a derivation only where a word or a number of the text asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from flows.check.amounts import in_unit, plain
from flows.check.outcome import Outcome
from flows.check.sheet import Cell, Compiled
from flows.check.stated import CLOSE, Stated
from flows.check.sums import Sum, summed
from flows.check.typed import Derivation, TypedClaim
from flows.quantities.units import same_dimension
from schemas.checking import Label

#: How far from the best link a cell may lie and still be what is calculated with.
BAND = 0.5
_METRICS = 8


def derived(claim: TypedClaim, derivations: Sequence[Derivation], compiled: Compiled) -> Sum | None:
    """The first derivation that gives the stated value, with its metric, entities and factors; None when none does."""
    stated = claim.stated
    if stated is None or not derivations or not claim.subjects or not claim.metrics:
        return None
    near = claim.subjects[0].cost + BAND
    readings = (stated, *claim.also)
    for subject in claim.subjects:
        if subject.cost > near or len(subject.entities) != 1:
            continue
        for choice in claim.metrics[:_METRICS]:
            for cell in compiled.cell(subject.entities[0], choice.metric):
                if cell.low is None or cell.low != cell.high or cell.disputed:
                    continue
                for derivation in derivations:
                    if derivation.kind == "per" and stated.quantity.unit == cell.unit and "/" in cell.raw:
                        # Megabytes a second by something else are no megabytes a second.
                        continue
                    for value, other, shown in _values(cell, cell.low, derivation, compiled):
                        if value and any(_holds(reading, value, cell, derivation) for reading in readings):
                            facts = (cell.fact,) if other is None else (cell.fact, other.fact)
                            outcome = Outcome(Label.SUPPORTED, facts, f"{shown} = {plain(value)}")
                            used = (derivation.factor,) if derivation.kind == "times" else ()
                            return Sum(outcome, choice.metric, subject.entities, used)
    factors = [derivation.factor for derivation in derivations if derivation.kind == "times"]
    return summed(claim, stated, factors, lambda cell: _lot(cell, compiled), compiled)


def _holds(stated: Stated, value: Decimal, cell: Cell, derivation: Derivation) -> bool:
    unit = stated.quantity.unit
    if unit in (None, "1"):
        scale = cell.quantity.written_low / cell.low if cell.quantity.written_low and cell.low else Decimal(1)
        scaled = derivation.kind not in ("per", "fill")
        return agrees(stated, value) or (scaled and agrees(stated, value * scale))
    own = cell.unit if derivation.kind == "per" else (cell.unit or "").split("/")[0]
    return agrees(stated, in_unit(value, own, (unit or "").split("/")[0]))


def agrees(stated: Stated, value: Decimal) -> bool:
    """Whether a calculated value agrees with what is stated; a bound holds only for what lies close to it."""
    return stated.holds(value) and stated.low / CLOSE <= value <= stated.high * CLOSE


def _values(
    cell: Cell, low: Decimal, derivation: Derivation, compiled: Compiled
) -> Iterator[tuple[Decimal, Cell | None, str]]:
    match derivation.kind:
        case "times":
            factor = derivation.factor / _lot(cell, compiled)
            yield low * factor, None, f"{cell.raw} x {plain(factor)}"
        case "fill":
            # So many of them hold the amount: the last one need not be full.
            amount = low and in_unit(derivation.factor, derivation.unit, cell.unit) / low
            if amount and amount > 1 and cell.unit and same_dimension(cell.unit, derivation.unit or "1"):
                yield (
                    amount.to_integral_value(ROUND_CEILING),
                    None,
                    f"{plain(derivation.factor)} / {plain(low)}, rounded up",
                )
        case "part":
            yield low / derivation.factor, None, f"{cell.raw} / {plain(derivation.factor)}"
        case "per":
            for other in _others(cell, derivation, compiled):
                if other.low and other.quantity.written_low:
                    yield low / other.quantity.written_low, other, f"{cell.raw} / {other.raw}"
        case "sum" | "step":
            for other in _others(cell, derivation, compiled):
                # What differs from nothing, or is added to it, is a cell itself.
                if other.unit == cell.unit and other.low and low:
                    sum_ = derivation.kind == "sum"
                    value = low + other.low if sum_ else abs(low - other.low)
                    yield value, other, f"{cell.raw} {'+' if sum_ else '-'} {other.raw}"


def _lot(cell: Cell, compiled: Compiled) -> int:
    """How many a price is for: a thousand for "$5 per 1,000 loads" and "price per 1k tokens", else one."""
    metric = compiled.metrics[cell.metric].metric
    for text in (cell.raw, metric.name, metric.unit or ""):
        found = _LOT.search(text)
        if found is not None:
            return 10 ** (6 if found["million"] else 3)
    return 1


_LOT = re.compile(r"(?:\bper|/)\s*(?:(?P<million>1,?000,?000|1?\s?M|millions?)|1,?000|1?\s?[kK]|thousand)(?:tok|\b)")


def _others(cell: Cell, derivation: Derivation, compiled: Compiled) -> Iterator[Cell]:
    for metric in sorted(derivation.metrics):
        for other in compiled.cell(cell.entity, metric):
            if other is not cell and other.low == other.high and not other.disputed:
                yield other
