"""Arithmetic: ratios, percentages and differences between two cells or two figures, over the values as displayed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from flows.check.amounts import in_unit, plain, said_of, scale_of, written
from flows.check.lexicon.model import Sign
from flows.check.ordering import value_sign
from flows.check.outcome import ABSENT, DISPUTED, C, Outcome, S, U
from flows.check.sheet import Cell, MetricCard
from flows.check.stated import Stated
from flows.check.typed import Form
from schemas.record import record

_D = Decimal


@record
class _Gap:
    """What a gap between two cells is computed from: their ends, like with like, and the side on which `a` is said to lie."""

    ends: tuple[tuple[Decimal, Decimal], ...]
    side: int
    scale: Decimal


def _opened(a: Cell, b: Cell, sign: Sign | None, card: MetricCard) -> _Gap | Outcome:
    """The gap between two cells, or why there is none: a disputed fact, no figures, or a metric without a better side."""
    if a.disputed or b.disputed:
        return Outcome(U, (a.fact, b.fact), reason=DISPUTED)
    ends = _ends(a, b)
    if ends is None:
        return ABSENT
    side = value_sign(sign, card) if sign else 0
    if sign and side == 0:
        return Outcome(U, (a.fact, b.fact), reason=f"'{card.metric.name}' has no better side")
    return _Gap(ends, side, written(a))


def ratio(
    a: Cell, b: Cell, stated: Stated, sign: Sign | None, relation: str, card: MetricCard, *, positive: bool
) -> Outcome:
    """ "3x faster", "twice the memory", "half as long". `relation`: of = a/b as it stands; good = on the better side; times = larger over smaller with a direction."""
    evidence = (a.fact, b.fact)
    gap = _opened(a, b, sign, card)
    if isinstance(gap, Outcome):
        return gap
    side, scale = gap.side or 1, gap.scale
    results: list[tuple[bool, str, Decimal]] = []
    for one, other in gap.ends:
        if not one or not other:
            continue
        if relation == "gap":
            small, large = sorted((one, other))
            results.append(
                (
                    stated.holds(large / small),
                    f"{plain(large * scale)} / {plain(small * scale)} = {plain(large / small)}",
                    large / small,
                )
            )
            continue
        flip = relation in ("of", "good") and side < 0
        if relation in ("of", "good"):
            top, bottom = (other, one) if flip else (one, other)
        else:
            top, bottom = (one, other) if side > 0 else (other, one)
        if relation == "times" and stated.high < 1:
            top, bottom = bottom, top
        value = top / bottom
        results.append((stated.holds(value), f"{plain(top * scale)} / {plain(bottom * scale)} = {plain(value)}", value))
    if not results:
        return ABSENT
    held = any(ok for ok, _, _ in results) is positive
    line = next((text for ok, text, _ in results if ok), results[0][1])
    return Outcome(
        S if held else C, evidence, f"{line}, the text says {said_of(stated)}", right=f"{plain(results[0][2])}x"
    )


def _ends(a: Cell, b: Cell) -> tuple[tuple[Decimal, Decimal], ...] | None:
    """Like end with like end, in one unit; one pair for two points."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return None
    low, high = in_unit(b.low, b.unit, a.unit), in_unit(b.high, b.unit, a.unit)
    if a.low == a.high and low == high:
        return ((a.low, low),)
    return ((a.low, low), (a.high, high))


def percent(
    a: Cell, b: Cell, stated: Stated, sign: Sign | None, relation: str, card: MetricCard, *, positive: bool
) -> Outcome:
    """ "25 % less memory", "40 % faster", "58 % of that", "within 3 %": one table of relation and metric kind -> formulas."""
    evidence = (a.fact, b.fact)
    gap = _opened(a, b, sign, card)
    if isinstance(gap, Outcome):
        return gap
    lines: list[tuple[bool, str, Decimal]] = []
    for one, other in gap.ends:
        for value, text in _percents(one * gap.scale, other * gap.scale, gap.side, relation):
            lines.append((_percent_holds(stated, value, relation), text, value))
    if not lines:
        return ABSENT
    held = any(ok for ok, _, _ in lines) is positive
    line = next((text for ok, text, _ in lines if ok), lines[0][1])
    return Outcome(
        S if held else C, evidence, f"{line}, the text says {said_of(stated)}", right=f"{plain(lines[0][2])} %"
    )


def _percent_holds(stated: Stated, value: Decimal, relation: str) -> bool:
    if relation == "within":
        return abs(value) <= stated.high + stated.step / 2
    return stated.holds(value)


def _bases(small: Decimal, large: Decimal, relation: str) -> tuple[Decimal, ...]:
    """What a percentage is of: a reduction of the larger value, a rise of the smaller, a gap of either."""
    return {"fall": (large,), "rise": (small,)}.get(relation, (large, small))


def _percents(one: Decimal, other: Decimal, side: int, relation: str) -> Iterable[tuple[Decimal, str]]:
    if not one or not other:
        return
    if relation == "of":
        yield 100 * one / other, f"{plain(one)} / {plain(other)} = {plain(100 * one / other)} %"
        return
    if relation in ("within", "gap", "fall", "rise"):
        small, large = sorted((one, other))
        for base in _bases(small, large, relation):
            value = 100 * (large - small) / base
            yield value, f"({plain(large)} - {plain(small)}) / {plain(base)} = {plain(value)} %"
        return
    change = 100 * (one - other) / other * side
    top, bottom = (one, other) if side > 0 else (other, one)
    yield change, f"({plain(top)} - {plain(bottom)}) / {plain(other)} = {plain(change)} %"
    if relation == "speed":
        # "40 % faster" on a time may mean the time saved or the speed gained; "slower" on a rate likewise.
        other_way = 100 * (one - other) / one * side
        yield other_way, f"({plain(top)} - {plain(bottom)}) / {plain(one)} = {plain(other_way)} %"


def difference(a: Cell, b: Cell, stated: Stated, sign: Sign | None, card: MetricCard, *, positive: bool) -> Outcome:
    """ "6 MP more", "a dollar apart": the difference in the stated unit; without a sign only its size."""
    evidence = (a.fact, b.fact)
    gap = _opened(a, b, sign, card)
    if isinstance(gap, Outcome):
        return gap
    ends, side, scale = gap.ends, gap.side, gap.scale
    unit = stated.quantity.unit
    results: list[tuple[bool, str, Decimal]] = []
    values = [(one - other) * side if side else abs(one - other) for one, other in ends]
    values = [in_unit(value, a.unit, unit) for value in values]
    if unit in (None, "1") and a.low and a.quantity.written_low and a.unit not in (None, "1"):
        # The unit is left out: the difference in the unit that the cell is written in.
        values = [value * a.quantity.written_low / a.low for value in values]
    if stated.is_range and len(values) == 2:
        ok = abs(min(values) - stated.low) <= max(stated.step / 2, abs(stated.low) / 20) and abs(
            max(values) - stated.high
        ) <= max(stated.step / 2, abs(stated.high) / 20)
        results = [(ok, f"{a.raw} - {b.raw} = {plain(min(values))} to {plain(max(values))}", values[0])]
    else:
        for (one, other), value in zip(ends, values, strict=True):
            top, bottom = (one, other) if side > 0 or (side == 0 and one > other) else (other, one)
            results.append(
                (
                    stated.holds(value) or (side == 0 and stated.high < 0 and stated.holds(-value)),
                    f"{plain(top * scale)} - {plain(bottom * scale)} = {plain(abs(one - other) * scale)}",
                    value,
                )
            )
    held = any(ok for ok, _, _ in results) is positive
    line = next((text for ok, text, _ in results if ok), results[0][1])
    sign_of = a.quantity.written_unit or ""
    size = plain(abs(ends[0][0] - ends[0][1]) * scale)
    right = f"{sign_of}{size}" if sign_of in ("$", "€", "£", "¥") else f"{size} {sign_of}".strip()
    return Outcome(S if held else C, evidence, f"{line}, the text says {said_of(stated)}", right=right)


def between_figures(one: Stated, other: Stated, stated: Stated, form: Form, relation: str = "gap") -> Outcome:
    """ "0.54 s versus 46.46 s, an 86x difference": a ratio, percent or difference between two figures of the text."""
    small, large = sorted((one.low, other.low))
    unit = one.quantity.written_unit or other.quantity.written_unit
    scale = scale_of(unit) if unit else _D(1)
    lines: list[tuple[Decimal, str]] = []
    if form is Form.DIFFERENCE:
        value = in_unit(large - small, one.quantity.unit, stated.quantity.unit)
        lines.append((value, f"{plain(large * scale)} - {plain(small * scale)} = {plain((large - small) * scale)}"))
    elif small > 0 and form is Form.RATIO and stated.high < 1:
        lines.append((small / large, f"{plain(small * scale)} / {plain(large * scale)} = {plain(small / large)}"))
    elif small > 0 and form is Form.RATIO:
        lines.append((large / small, f"{plain(large * scale)} / {plain(small * scale)} = {plain(large / small)}"))
    elif small > 0:
        for base in _bases(small, large, relation):
            value = 100 * (large - small) / base
            lines.append(
                (value, f"({plain(large * scale)} - {plain(small * scale)}) / {plain(base * scale)} = {plain(value)} %")
            )
    if not lines:
        return ABSENT
    held = next(((value, text) for value, text in lines if stated.holds(value)), None)
    value, text = held or lines[0]
    return Outcome(S if held else C, (), f"{text}, the text says {said_of(stated)}", right=plain(value))
