"""Fitting: which metrics a stated figure can be of by its unit, and which units can be compared at all."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from flows.check.amounts import calendar
from flows.check.sheet import Compiled, MetricCard
from flows.check.stated import Stated
from flows.quantities.units import convert, is_currency, lookup, same_dimension

#: What the unit of a figure fits only but for a period or the like, where it fits nothing else.
LOOSE = 0.3
#: What a rate costs in the column of another period: "$9 a month" is hardly ever of the yearly price.
OTHER_PERIOD = 1.2


def unit_fit(stated: Stated, card: MetricCard) -> float | None:
    """How badly the unit of a stated number fits a metric: 0 exactly, up to 0.3 loosely; None when it cannot be.

    A bare number fits any metric (the unit is left out), a unit of another dimension none.
    """
    unit = stated.quantity.unit
    fits = card.fits
    if unit not in fits:
        if len(fits) >= _MOST_UNITS:
            # Made-up units of a hostile text must not pile up.
            fits.clear()
        fits[unit] = _fit(unit, card)
    return fits[unit]


_MOST_UNITS = 512


def fitting(stated: Stated, compiled: Compiled) -> tuple[tuple[MetricCard, float], ...]:
    """The metrics that a stated value can be of by its unit, each with how badly it fits."""
    unit = stated.quantity.unit
    known = compiled.fitting
    if unit not in known:
        if len(known) >= _MOST_UNITS:
            known.clear()
        fits = ((card, _fit(unit, card)) for card in compiled.metrics)
        known[unit] = _for_its_period(unit, tuple((card, fit) for card, fit in fits if fit is not None)) or tuple(
            (card, LOOSE) for card in compiled.metrics if card.numeric and _one_side_a_rate(unit, card.unit)
        )
    return known[unit]


#: How the name of a column says that its values are for a period.
PERIOD_WORDS = {
    "year": frozenset(["year", "yearly", "annual", "annually", "annum"]),
    "month": frozenset(["month", "monthly"]),
    "week": frozenset(["week", "weekly"]),
    "day": frozenset(["day", "daily"]),
}


def _for_its_period(
    unit: str | None, fits: tuple[tuple[MetricCard, float], ...]
) -> tuple[tuple[MetricCard, float], ...]:
    """ "$44 a month" is of "Monthly subscription" before it is of "Price"."""
    period = (unit or "").rpartition("/")[2]
    words = PERIOD_WORDS.get(period)
    if words is None or len(fits) < 2:
        return fits
    named = [
        (card.unit or "").endswith(f"/{period}") or not words.isdisjoint(card.metric.name.lower().split())
        for card, _ in fits
    ]
    if not any(named):
        return fits
    return tuple((card, fit if own else max(fit, OTHER_PERIOD)) for (card, fit), own in zip(fits, named, strict=True))


def _one_side_a_rate(unit: str | None, want: str | None) -> bool:
    """ "31,700 times a year" of "Operations a year", "2.1 kWh": the column or the text leaves out per what it counts."""
    if unit is None or want is None or ("/" in unit) is ("/" in want):
        return False
    return unit.partition("/")[0] == want.partition("/")[0]


def _fit(unit: str | None, card: MetricCard) -> float | None:
    want = card.unit
    if not card.numeric:
        # Numbers inside the texts of the column, and its few cells that are figures and nothing else.
        inside = (*(quantity.unit for quantity in card.numbers), *card.units)
        return min((0.1 + fit for one in inside if (fit := _same_unit(unit, one)) is not None), default=None)
    if card.is_date:
        return None
    if unit is None or unit == "1":
        if want in (None, "1", "ratio"):
            return 0.0
        if is_money(want):
            return 0.4
        return 0.12
    if unit == want or (unit == "pp" and want == "percent") or unit in card.units:
        return 0.0
    if want in (None, "1"):
        if unit in ("ratio", "1/s") and lookup(card.metric.unit or "") is None:
            return 0.25
        # "26,000 DPI" of a column "Maximum DPI": its name is the unit.
        return 0.0 if unit in card.weights else None
    if units_meet(unit, want):
        return 0.05
    return LOOSE if _in_days(unit, card) else None


#: The sizes of a day and a week.
_DAYS = frozenset({Decimal(86400), Decimal(604800)})


def _in_days(unit: str | None, card: MetricCard) -> bool:
    """ "Three months" of a column of days, "60 days" of one of months; a column of seconds is neither."""
    return calendar(unit, card.unit) and (card.unit != "s" or not card.sizes.isdisjoint(_DAYS))


def _same_unit(unit: str | None, other: str | None) -> float | None:
    """Whether a number inside a text cell can be the stated one."""
    if (unit or "1") == (other or "1"):
        return 0.0
    return 0.0 if unit is not None and other is not None and units_meet(unit, other) else None


@lru_cache(maxsize=4096)
def units_meet(unit: str, want: str) -> bool:
    """Whether a value in `unit` can be compared with one in `want`: one dimension, or one currency with the period left out."""
    if unit == want:
        return True
    head, _, tail = unit.partition("/")
    other, _, rest = want.partition("/")
    if head == other and (is_money(unit) or (not (tail and rest) and (tail or rest) not in _PERIODS)):
        # Money per month and money, nanoseconds per operation and nanoseconds: prose leaves the second part out.
        return True
    if unit == "degree" and want in _TEMPERATURES:
        # "66 degrees" leaves out which.
        return True
    return same_dimension(unit, want) and convert(Decimal(1), unit, want) is not None


POINTS = frozenset({"point", "points"})
_TEMPERATURES = frozenset({"degC", "degF"})
_PERIODS = frozenset({"s", "min", "hour", "h", "day", "week", "month", "year"})


@lru_cache(maxsize=1024)
def is_money(unit: str) -> bool:
    head = lookup(unit.split("/")[0])
    return head is not None and is_currency(head)
