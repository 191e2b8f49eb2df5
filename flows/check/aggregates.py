"""Sums, averages and spreads of a named set, over the values as displayed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flows.check.amounts import in_unit, plain
from flows.check.outcome import ABSENT, DISPUTED, Outcome
from flows.check.sheet import Cell
from flows.check.stated import ABOUT, Hedge, Stated
from schemas.checking import Label

_D = Decimal
#: Relations that are of the ends of a set.
ENDS = frozenset(["range", "least", "most"])
#: How far the ends of a range may lie from what a text calls them: prose rounds them more than single values.
_LOOSE = _D("0.05")


def aggregate(cells: Sequence[Cell | None], stated: Stated, relation: str, *, positive: bool) -> Outcome:
    """`relation`: "sum", "mean", "spread" (the largest less the smallest is at most the stated; of percents, in parts of the larger),
    "range" (from the smallest to the largest), or "least" and "most", one of these."""
    present = [cell for cell in cells if cell is not None and cell.low is not None and cell.high is not None]
    if len(present) < len(cells) or len(present) < 2:
        return ABSENT
    evidence = tuple(cell.fact for cell in present)
    if any(cell.disputed for cell in present):
        return Outcome(Label.UNVERIFIABLE, evidence, reason=DISPUTED)
    unit = stated.quantity.unit
    own = present[0].unit
    if relation in ENDS:
        return _ends(present, stated, relation, positive=positive)
    outcomes: list[tuple[bool, str, Decimal]] = []
    for ends in {
        tuple(in_unit(_end(cell, high=high), cell.unit, own) for cell in present): None for high in (False, True)
    }:
        shown = [in_unit(value, own, unit) for value in ends]
        if unit in (None, "1") and own not in (None, "1") and present[0].low and present[0].quantity.written_low:
            # The unit is left out: in the unit that the cells are written in.
            shown = [value * present[0].quantity.written_low / present[0].low for value in ends]
        values = ", ".join(plain(value) for value in shown)
        if relation == "spread":
            gap = max(shown) - min(shown)
            if unit == "percent" and own != "percent":
                gap = 100 * (max(ends) - min(ends)) / max(ends) if max(ends) else _D(0)
            outcomes.append((gap <= stated.high + stated.step / 2, f"{values}: {plain(gap)} apart", gap))
        else:
            total = sum(shown, _D(0)) / (len(shown) if relation == "mean" else 1)
            outcomes.append((stated.holds(total), f"{relation} of {values} = {plain(total)}", total))
    held = any(ok for ok, _, _ in outcomes) is positive
    line = next((text for ok, text, _ in outcomes if ok), outcomes[0][1])
    return Outcome(
        Label.SUPPORTED if held else Label.CONTRADICTED,
        evidence,
        f"{line}, the text says {stated.quantity.raw[:60]}",
        right=plain(outcomes[0][2]),
    )


def _end(cell: Cell, *, high: bool) -> Decimal:
    value = cell.high if high else cell.low
    return value if value is not None else _D(0)


def _ends(cells: Sequence[Cell], stated: Stated, relation: str, *, positive: bool) -> Outcome:
    """Whether the smallest and the largest of the values are those stated, to the last digit shown or about."""
    unit, own = stated.quantity.unit, cells[0].unit
    scale = _D(1)
    if unit in (None, "1") and own not in (None, "1") and cells[0].low and cells[0].quantity.written_low:
        # The unit is left out: in the unit that the cells are written in.
        unit, scale = own, cells[0].quantity.written_low / cells[0].low
    lows = [in_unit(_end(cell, high=False), cell.unit, unit) * scale for cell in cells]
    highs = [in_unit(_end(cell, high=True), cell.unit, unit) * scale for cell in cells]
    least, most = min(lows), max(highs)
    share = ABOUT if stated.hedge is Hedge.ABOUT else _LOOSE

    def meets(value: Decimal, said: Decimal) -> bool:
        return abs(value - said) <= max(stated.step / 2, share * abs(said))

    fits = {
        "range": meets(least, stated.low) and meets(most, stated.high),
        "least": meets(least, stated.low),
        "most": meets(most, stated.high),
    }[relation]
    # "8 to 12 ms" may be what one cell says of itself.
    own_range = stated.is_range and any(
        low == stated.low and high == stated.high for low, high in zip(lows, highs, strict=True)
    )
    held = (fits or own_range) is positive
    return Outcome(
        Label.SUPPORTED if held else Label.CONTRADICTED,
        tuple(cell.fact for cell in cells),
        f"from {plain(least)} to {plain(most)}, the text says {stated.quantity.raw[:60]}",
        right=f"{plain(least)} to {plain(most)}",
    )
