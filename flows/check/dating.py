"""Dates: stated periods against the dates of cells, ages against the page's date, and the time between two dates.

A date stands for every day it may mean: "2018" for a year, "March 2025" for a month. The time between two dates is a span
of days; what a text may say of it are its completed units, its rounded units, and the difference of the calendar years.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from flows.check.lexicon.model import Sign
from flows.check.outcome import ABSENT, DISPUTED, Outcome
from flows.check.period import Period, period
from flows.check.sheet import Cell
from flows.check.stated import Hedge, Stated
from schemas.checking import Label

_D = Decimal
S, C, U = Label.SUPPORTED, Label.CONTRADICTED, Label.UNVERIFIABLE
#: Mean length in days of the units that prose counts dates in.
DAYS = {"year": _D("365.2425"), "month": _D("30.436875"), "week": _D(7), "day": _D(1)}
_EXACT = frozenset({Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST, Hedge.JUST_OVER, Hedge.UP_TO})


def of_cell(cell: Cell) -> Period | None:
    """The days that a cell's date may mean."""
    found = period(cell.quantity.date)
    if found is None and cell.unit == "year-date" and cell.low is not None:
        found = period(str(int(cell.low)))
    return found


def dated(said: Period, hedge: Hedge, cell: Cell) -> Outcome:
    """Whether the cell's date lies in the stated period, or before or after it where the hedge says so."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    true = of_cell(cell)
    if true is None:
        return ABSENT
    match hedge:
        case Hedge.UNDER:
            label = S if true.last < said.first else (C if true.first >= said.first else U)
        case Hedge.OVER:
            label = S if true.first > said.last else (C if true.last <= said.last else U)
        case Hedge.AT_LEAST:
            label = S if true.first >= said.first else (C if true.last < said.first else U)
        case Hedge.AT_MOST:
            label = S if true.last <= said.last else (C if true.first > said.last else U)
        case _:
            slack = timedelta(days=(said.last - said.first).days + 1) if hedge is Hedge.ABOUT else timedelta(0)
            inside = said.first - slack <= true.first and true.last <= said.last + slack
            apart = true.last < said.first - slack or said.last + slack < true.first
            label = S if inside else (C if apart else U)
    verb = {S: "agrees with", C: "does not agree with", U: "is not as precise as"}[label]
    return Outcome(label, (cell.fact,), f"{cell.raw} {verb} {_words(said)}", right=cell.raw)


def _words(said: Period) -> str:
    return said.first.isoformat() if said.first == said.last else f"{said.first.isoformat()} to {said.last.isoformat()}"


def age(stated: Stated, cell: Cell, today: date) -> Outcome:
    """ "two years old": the time from the cell's date to the page's date."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    born = of_cell(cell)
    if born is None:
        return ABSENT
    if born.first > today:
        return Outcome(C, (cell.fact,), f"{cell.raw} is after {today.isoformat()}", right=cell.raw)
    label, shown = _lasts(stated, born, Period(today, today))
    return Outcome(
        label,
        (cell.fact,),
        f"{cell.raw} to {today.isoformat()} = {shown}, the text says {stated.quantity.raw[:60]}",
        right=shown,
    )


def difference(a: Cell, b: Cell, stated: Stated, sign: Sign | None, *, positive: bool) -> Outcome:
    """ "four years older", "a month earlier", "16 years apart": the time between two dates. `sign` up: `a` is the later one."""
    evidence = (a.fact, b.fact)
    if a.disputed or b.disputed:
        return Outcome(U, evidence, reason=DISPUTED)
    one, other = of_cell(a), of_cell(b)
    if one is None or other is None:
        return ABSENT
    later, earlier = (one, other) if one.first >= other.first else (other, one)
    label, shown = _lasts(stated, earlier, later)
    up = sign in ("up", "better")
    if label is S and sign is not None and one != other and (one.first > other.first) is not up:
        label = C
    held = label if positive or label is U else (C if label is S else S)
    return Outcome(
        held, evidence, f"{b.raw} to {a.raw} = {shown}, the text says {stated.quantity.raw[:60]}", right=shown
    )


def _lasts(stated: Stated, start: Period, end: Period) -> tuple[Label, str]:
    """Whether the time from `start` to `end` is the stated one; and what it is."""
    unit, amount = amount_of(stated)
    length = DAYS[unit]
    longest = _D((end.last - start.first).days) / length
    shortest = max(_D(0), _D((end.first - start.last).days) / length)
    years = end.first.year - start.first.year
    coarse = start.whole_year or end.whole_year
    months = (end.first.year - start.first.year) * 12 + end.first.month - start.first.month
    if not coarse and (start.first != start.last or end.first != end.last):
        # Months against months: the difference of the months, as people count it.
        longest = shortest = _D(months) / (12 if unit == "year" else 1) if unit in ("year", "month") else longest
    shown = f"{years} years" if coarse else (f"{round(float(longest), 1):g} {unit}s")
    if unit in ("day", "week", "month") and coarse and not longest - shortest < 1:
        return U, f"about {years} years"
    values = {longest, shortest}
    if unit == "year" and coarse:
        values = {_D(years)}
    elif stated.hedge not in _EXACT:
        values |= {value.to_integral_value(rounding=ROUND_FLOOR) for value in (longest, shortest)}
        calendar = _D(years if unit == "year" else months) if unit in ("year", "month") else longest
        if abs(calendar - longest) <= _D("0.8"):
            values.add(calendar)
    if any(amount.holds(value) for value in values):
        return S, shown
    if amount.low != amount.low.to_integral_value() and any(abs(value - amount.low) <= _D("0.25") for value in values):
        return S, shown
    if (
        coarse
        and unit == "year"
        and start.whole_year
        and start.last.year != end.last.year
        and amount.hedge is Hedge.PLAIN
        and not end.whole_year
        and amount.low == years - 1
        and end.first.month < 7
    ):
        # Of a bare year, the birthday may still be ahead in the first half of the year.
        return U, shown
    return C, shown


def amount_of(stated: Stated) -> tuple[str, Stated]:
    """The unit that a length of time is counted in, and the number in that unit, without the rounding of plain numbers to tens."""
    unit, scale = stated.quantity.unit or "year", _D(1)
    if unit not in DAYS:
        unit = "week" if "week" in stated.quantity.raw.lower() or "fortnight" in stated.quantity.raw.lower() else "day"
        scale = DAYS[unit] * 86400
    low, high = stated.low / scale, stated.high / scale
    whole = low == low.to_integral_value()
    return unit, Stated(stated.quantity, low, high, _D(1) if whole else _D("0.1"), stated.hedge)


def same(a: Cell, b: Cell, unit: str, *, positive: bool) -> Outcome:
    """ "in the same year": both dates lie in one calendar year or month."""
    evidence = (a.fact, b.fact)
    if a.disputed or b.disputed:
        return Outcome(U, evidence, reason=DISPUTED)
    one, other = of_cell(a), of_cell(b)
    if one is None or other is None:
        return ABSENT
    if unit == "month" and one.first.year == other.first.year and (one.whole_year or other.whole_year):
        return Outcome(U, evidence, reason="the facts do not tell the month")
    held = one.first.year == other.first.year and (unit == "year" or one.first.month == other.first.month)
    return Outcome(S if held is positive else C, evidence, f"{a.raw} and {b.raw}", right=f"{a.raw} against {b.raw}")
