"""Execute: whether given cells make a typed claim true. Pure arithmetic over cells; nothing here looks at the text.

Value and order claims run over intervals, arithmetic claims over the values as displayed (CHECKING.md, Execute).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from flows.check.lexicon.model import OPPOSITE, Sign
from flows.check.sheet import Cell, Compiled, MetricCard
from flows.check.stated import Hedge, Stated
from flows.check.typed import Form
from flows.check.wording import key_of
from flows.quantities.units import convert, lookup, same_dimension
from schemas.checking import Label
from schemas.quantity import Bound, Quantity

_D = Decimal
SAME = _D("0.10")
SLIGHT = _D("1.15")
MUCH = _D("1.2")
DRAMATIC = _D("2")

_PLAIN = Hedge.PLAIN
_BOUNDS = frozenset({Hedge.OVER, Hedge.AT_LEAST, Hedge.UNDER, Hedge.AT_MOST, Hedge.UP_TO})
S, C, U = Label.SUPPORTED, Label.CONTRADICTED, Label.UNVERIFIABLE


class Outcome(NamedTuple):
    """What one choice of cells makes of a claim. `absent`: a cell that was needed does not exist."""

    label: Label
    evidence: tuple[str, ...] = ()
    computation: str = ""
    right: str | None = None
    reason: str = ""
    absent: bool = False


ABSENT = Outcome(U, reason="no fact says so", absent=True)
#: Why a cell that exists decides nothing.
DISPUTED = "a fact is disputed"


@lru_cache(maxsize=4096)
def _factor(unit: str, want: str) -> Decimal | None:
    if unit == want or "1" in (unit, want):
        return _D(1)
    if {unit, want} == {"percent", "pp"}:
        return _D(1)
    if unit == "year-date" or want == "year-date":
        return _D(12) if "month" in (unit, want) else _D(1)
    head, other = unit.split("/")[0], want.split("/")[0]
    if head == other and "/" in unit + want and ("/" not in unit or "/" not in want):
        return _D(1)
    return convert(_D(1), unit, want) if same_dimension(unit, want) else None


def in_unit(value: Decimal, unit: str | None, want: str | None) -> Decimal:
    """`value` in another unit; unchanged where one of the units is unknown or left out."""
    if unit is None or want is None or unit == want:
        return value
    factor = _factor(unit, want)
    return value if factor is None else value * factor


def plain(value: Decimal) -> str:
    """A number for a computation line: at most four significant decimals, thousands grouped."""
    if value.is_infinite():
        return "infinity"
    rounded = round(value, 4) if abs(value) < 1 else round(value, 2)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written(cell: Cell) -> Decimal:
    """What turns a canonical value into the unit that the cell writes: 1,000 for "20 ms", whose canonical unit is the second."""
    unit = cell.quantity.written_unit
    if unit is not None:
        return _written(unit)
    value, shown = cell.low, cell.quantity.written_low
    bare = cell.raw.strip("~<>=+ ").replace(",", "").replace(".", "").isdigit()
    return shown / value if bare and value and shown else _D(1)


@lru_cache(maxsize=1024)
def _written(unit: str) -> Decimal:
    found = lookup(unit)
    return 1 / found.factor if found is not None and found.factor else _D(1)


# Absolute values


_VERBS = {S: "is", C: "is not", U: "may or may not be"}


def absolute(stated: Stated, cell: Cell) -> Outcome:
    """Whether the cell has the stated value, within the words' own tolerance."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    if cell.low is None or cell.high is None or cell.least is None or cell.most is None:
        return _inside(stated, cell)
    unit = stated.quantity.unit
    if (
        unit in (None, "1")
        and stated.fallen is None
        and cell.unit not in (None, "1", "ratio", "percent", "year-date")
        and cell.quantity.written_low is not None
        and cell.quantity.written_high is not None
    ):
        # The unit is left out: the number as the cell writes it.
        low, high = cell.quantity.written_low, cell.quantity.written_high
        if stated.holds(low) and stated.holds(high):
            return Outcome(S, (cell.fact,), f"{cell.raw} is {_shown(stated)}", right=cell.raw)
        if low == high and stated.hedge in _BOUNDS:
            # In bytes or seconds nearly every figure would be over any.
            return Outcome(C, (cell.fact,), f"{cell.raw} is not {_shown(stated)}", right=cell.raw)
    low, high, least, most = cell.low, cell.high, cell.least, cell.most
    if stated.fallen is not None:
        if high <= 0 and stated.fallen:
            # "Revenue fell 7.9 %" of -7.9 %.
            low, high, least, most = -high, -low, -most, -least
        elif stated.fallen and cell.raw[:1] == "+":
            return Outcome(C, (cell.fact,), f"{cell.raw} is no fall", right=cell.raw)
    if unit != cell.unit:
        low, high = in_unit(low, cell.unit, unit), in_unit(high, cell.unit, unit)
        least, most = in_unit(least, cell.unit, unit), in_unit(most, cell.unit, unit)
    label = _value_label(stated, cell, low, high, least, most)
    return Outcome(label, (cell.fact,), f"{cell.raw} {_VERBS[label]} {_shown(stated)}", right=cell.raw)


def age(stated: Stated, cell: Cell, today: date) -> Outcome:
    """ "two years old": the page's date minus the date of the cell, at the precision of the text."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    if cell.low is None:
        return ABSENT
    now = _D(today.year) + _D(today.month - 1) / 12 + _D(today.day) / 372
    years = now - cell.low
    value = years * 12 if stated.quantity.unit == "month" else years
    step = max(stated.step, _D(1))
    label = (
        S
        if stated.holds(value) or (stated.hedge in (Hedge.PLAIN, Hedge.ABOUT) and abs(value - stated.low) <= step)
        else C
    )
    return Outcome(
        label,
        (cell.fact,),
        f"{today.isoformat()} - {cell.raw} = {plain(value)}, the text says {_shown(stated)}",
        right=plain(value),
    )


def verbatim(key: str, cell: Cell) -> Outcome:
    """Whether the cell's own text holds the words that the text repeats."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    return Outcome(
        S if key in key_of(cell.raw) else C, (cell.fact,), f"the fact says: {cell.raw[:80]}", right=cell.raw[:80]
    )


def _inside(stated: Stated, cell: Cell) -> Outcome:
    """A number inside a text cell: one of its numbers must be the stated one."""
    unit = stated.quantity.unit
    comparable = [
        quantity
        for quantity in cell.numbers
        if quantity.low is not None and (quantity.unit or "1").split("/")[0] == (unit or "1").split("/")[0]
    ]
    if stated.is_range and {stated.low, stated.high} <= {quantity.low for quantity in comparable}:
        return Outcome(S, (cell.fact,), f"{cell.raw[:80]} holds {_shown(stated)}")
    for quantity in comparable:
        low, high = quantity.low or _D(0), quantity.high or quantity.low or _D(0)
        if (stated.is_range and low == stated.low and high == stated.high) or (
            not stated.is_range and (stated.holds(low) or stated.holds(high) or _above(stated, quantity, low))
        ):
            return Outcome(S, (cell.fact,), f"{cell.raw[:80]} holds {_shown(stated)}")
    if not comparable:
        return ABSENT
    return Outcome(C, (cell.fact,), f"{cell.raw[:80]} does not hold {_shown(stated)}", right=cell.raw[:80])


def _above(stated: Stated, quantity: Quantity, low: Decimal) -> bool:
    """ "Over 2,000" of "2,000+ models"."""
    return quantity.bound is Bound.AT_LEAST and stated.hedge in (Hedge.OVER, Hedge.AT_LEAST) and low >= stated.low


def _shown(stated: Stated) -> str:
    return stated.quantity.raw[:60] if stated.hedge is _PLAIN else f"{stated.hedge} {stated.quantity.raw[:60]}"


def _value_label(stated: Stated, cell: Cell, low: Decimal, high: Decimal, least: Decimal, most: Decimal) -> Label:
    point = low == high
    if cell.unit == "year-date":
        year = low.to_integral_value(rounding="ROUND_FLOOR")
        low = high = least = most = year
    if stated.is_range:
        half = stated.step / 2
        if stated.low - half <= low and high <= stated.high + half:
            return S
        if point or high < stated.low - half or low > stated.high + half:
            return C
        near = abs(low - stated.low) <= max(half, abs(stated.low) * _D("0.1")) and abs(high - stated.high) <= max(
            half, abs(stated.high) * _D("0.1")
        )
        return S if near and stated.hedge is Hedge.ABOUT else C
    if stated.hedge is not _PLAIN:
        match stated.hedge:
            case Hedge.UNDER | Hedge.AT_MOST:
                return S if stated.holds(high) and not cell.open_above else (C if not stated.holds(low) else U)
            case Hedge.UP_TO:
                return S if stated.holds(high) else C
            case Hedge.OVER if cell.open_above:
                return S if low >= stated.low else U
            case Hedge.OVER | Hedge.AT_LEAST:
                return S if stated.holds(low) else (C if not stated.holds(high) or point else U)
            case _:
                pass
    if point:
        if stated.holds(low):
            return S
        if cell.quantity.approx and least <= stated.low <= most:
            return U
        return C
    if stated.holds(low) and stated.holds(high):
        return S
    if low <= stated.low <= high:
        return S if stated.hedge is Hedge.ABOUT else U
    return C


# Order


def value_sign(sign: Sign, card: MetricCard) -> int:
    """+1 when the subject's value must be the larger one, -1 the smaller, 0 when the metric has no better side."""
    if sign == "up":
        return 1
    if sign == "down":
        return -1
    return card.sign if sign == "better" else -card.sign


def order(
    a: Cell, b: Cell, sign: Sign, card: MetricCard, *, positive: bool, degree: str, strict: bool = True
) -> Outcome:
    """Whether a lies on the stated side of b. "not faster" is "at most as fast": the relation is negated, not the values."""
    evidence = (a.fact, b.fact)
    if a.disputed or b.disputed:
        return Outcome(U, evidence, reason=DISPUTED)
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return ABSENT
    side = value_sign(sign, card)
    if side == 0:
        return Outcome(U, evidence, reason=f"'{card.metric.name}' has no better side")
    b_low, b_high = in_unit(b.low, b.unit, a.unit), in_unit(b.high, b.unit, a.unit)
    mark, against = (">", "≤") if side > 0 else ("<", "≥")
    said = "more" if side > 0 else "less"
    right = f"{a.raw} against {b.raw}"
    other = "=" if (a.low, a.high) == (b_low, b_high) else ("<" if side > 0 else ">")
    if side > 0:
        above, reached = a.low > b_high, a.low >= b_high
        below, under = a.high < b_low, a.high <= b_low
    else:
        above, reached = a.high < b_low, a.high <= b_low
        below, under = a.low > b_high, a.low >= b_high
    if not positive:
        label = S if under else (C if above else U)
        line = (
            f"{a.raw} {against} {b.raw}" if label is S else f"{a.raw} {mark} {b.raw}, the text denies that it is {said}"
        )
        return Outcome(label, evidence, line if label is not U else f"{a.raw} and {b.raw} overlap", right=right)
    held = above if strict else reached
    label = S if held else (C if under or below or (a.low == a.high and b_low == b_high) else U)
    if (
        label is U
        and ((side > 0 and a.low > b_low and a.high > b_high) or (side < 0 and a.low < b_low and a.high < b_high))
        and not degree
    ):
        label = U
    if label is S and degree and _degree(a, b_low, b_high, degree) is C:
        return Outcome(C, evidence, f"{a.raw} {mark} {b.raw}, but not {degree} {said}", right=right)
    if label is S:
        return Outcome(
            S, evidence, f"{a.raw} {mark if above else mark.replace('>', '≥').replace('<', '≤')} {b.raw}", right=right
        )
    return Outcome(
        label,
        evidence,
        f"{a.raw} {other} {b.raw}, the text says {said}" if label is C else f"{a.raw} and {b.raw} overlap",
        right=right,
    )


def _degree(a: Cell, b_low: Decimal, b_high: Decimal, degree: str) -> Label:
    ratio = _larger_over_smaller(_mid(a.low, a.high), _mid(b_low, b_high))
    if ratio is None:
        return S
    if degree == "slightly":
        return S if ratio <= SLIGHT else C
    if degree == "much":
        return S if ratio >= MUCH else C
    return S if ratio >= DRAMATIC else C


def same(a: Cell, b: Cell, *, positive: bool, exact: bool) -> Outcome:
    """ "On par": within 10 % of the larger value; "identical": equal as displayed."""
    evidence = (a.fact, b.fact)
    if a.disputed or b.disputed:
        return Outcome(U, evidence, reason=DISPUTED)
    if a.low is None or b.low is None or a.high is None or b.high is None:
        if not a.concepts and not b.concepts and a.truth is None:
            return ABSENT
        equal = a.raw.strip().lower() == b.raw.strip().lower() or (a.truth is not None and a.truth is b.truth)
        return Outcome(S if equal is positive else C, evidence, f"{a.raw} = {b.raw}")
    ends = ((a.low, in_unit(b.low, b.unit, a.unit)), (a.high, in_unit(b.high, b.unit, a.unit)))
    if exact:
        near = all(one == other for one, other in ends)
    else:
        near = all(abs(one - other) <= SAME * max(abs(one), abs(other)) for one, other in ends)
    return Outcome(S if near is positive else C, evidence, f"{a.raw} ≈ {b.raw}", right=f"{a.raw} against {b.raw}")


# Arithmetic over displayed values


def _mid(low: Decimal | None, high: Decimal | None) -> Decimal:
    return ((low or _D(0)) + (high or _D(0))) / 2


def _larger_over_smaller(one: Decimal, other: Decimal) -> Decimal | None:
    small, large = sorted((abs(one), abs(other)))
    return large / small if small else None


@dataclass(frozen=True, slots=True)
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
        S if held else C, evidence, f"{line}, the text says {_shown(stated)}", right=f"{plain(results[0][2])}x"
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
        S if held else C, evidence, f"{line}, the text says {_shown(stated)}", right=f"{plain(lines[0][2])} %"
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
    return Outcome(S if held else C, evidence, f"{line}, the text says {_shown(stated)}", right=right)


def gap(one: Stated, other: Stated, stated: Stated, form: Form, relation: str = "gap") -> Outcome:
    """ "0.54 s versus 46.46 s, an 86x difference": a ratio, percent or difference between two figures of the text."""
    small, large = sorted((one.low, other.low))
    unit = one.quantity.written_unit or other.quantity.written_unit
    scale = _written(unit) if unit else _D(1)
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
    return Outcome(S if held else C, (), f"{text}, the text says {_shown(stated)}", right=plain(value))


# Rank


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
    if held and degree == "much" and place == 1 and others:
        runner = max(key(entity) for entity in others)
        top = min(own)
        ratio_ = _larger_over_smaller(top, runner)
        held = ratio_ is None or ratio_ >= MUCH
    return Outcome(S if held is positive else C, evidence, names, right=right)


# Sets of members


def every(entities: Iterable[int], test: Callable[[int], Outcome]) -> Outcome:
    """A claim about several holds when it holds for each: the worst label decides."""
    outcomes = [test(entity) for entity in entities]
    if not outcomes:
        return ABSENT
    if len(outcomes) == 1 and len(outcomes[0].evidence) < 2:
        # Most claims are about one: nothing to gather.
        only = outcomes[0]
        return only._replace(computation=only.computation[:400]) if len(only.computation) > 400 else only
    evidence = tuple(dict.fromkeys(fact for outcome in outcomes for fact in outcome.evidence))
    for label in (C, U, S):
        for outcome in outcomes:
            if outcome.label is label:
                absent = all(each.absent for each in outcomes) if label is U else False
                # Of a set that fails, what fails is what a reader has to see.
                told = [each for each in outcomes if each.computation and (label is S or each.label is label)]
                lines = "; ".join(dict.fromkeys(each.computation for each in told))
                return Outcome(label, evidence, lines[:400], outcome.right, outcome.reason, absent)
    return ABSENT


def denied(entities: Iterable[int], test: Callable[[int], Outcome]) -> Outcome:
    """ "Nothing else is under 40 s": each single outcome is turned round."""
    turned = {S: C, C: S, U: U}

    def one(entity: int) -> Outcome:
        outcome = test(entity)
        return Outcome(
            turned[outcome.label],
            outcome.evidence,
            f"not: {outcome.computation}",
            outcome.right,
            outcome.reason,
            outcome.absent,
        )

    return every(entities, one)


def opposite(sign: Sign) -> Sign:
    return OPPOSITE[sign]
