"""What a metric's value can be at all: within the limits of the registry, and below zero only where that means something."""

from __future__ import annotations

from decimal import Decimal

from flows.quantities.show import show_number
from flows.quantities.units import convert, dimension_of
from schemas.catalogue import Metric, MetricKind
from schemas.quantity import Bound, Quantity

#: What can be less than nothing: temperatures, levels, and changes given as a share. A sum of money may be a loss.
_SIGNED = frozenset({"temperature", "percent", "points", "level", "dBm", "EV"})


def beyond_limits(quantity: Quantity, metric: Metric) -> str | None:
    """Why a value that is of the metric's dimension cannot be one of it, as the end of a sentence; None where it can."""
    if metric.kind is not MetricKind.QUANTITY or quantity.low is None or quantity.high is None:
        return None
    low, high = in_unit(quantity.low, quantity, metric), in_unit(quantity.high, quantity, metric)
    if metric.plausible_min is not None and high < metric.plausible_min and quantity.bound is not Bound.AT_LEAST:
        return f"is below {show_number(metric.plausible_min)} {metric.unit}, the least that is plausible"
    if metric.plausible_max is not None and low > metric.plausible_max and quantity.bound is not Bound.AT_MOST:
        return f"is above {show_number(metric.plausible_max)} {metric.unit}, the most that is plausible"
    return "is less than nothing, which this cannot be" if is_below_nothing(quantity, metric) else None


def is_below_nothing(quantity: Quantity, metric: Metric) -> bool:
    """Whether a value is negative though the metric counts or measures something that cannot be."""
    return quantity.low is not None and quantity.low < 0 and not may_be_negative(metric)


def may_be_negative(metric: Metric) -> bool:
    """Whether values below zero mean something: by the least plausible value, else by what the unit measures."""
    if metric.plausible_min is not None:
        return metric.plausible_min < 0
    dimension = dimension_of(metric.unit) if metric.unit else None
    return dimension in _SIGNED or (dimension is not None and len(dimension) == 3 and dimension.isupper())


def in_unit(value: Decimal, quantity: Quantity, metric: Metric) -> Decimal:
    """A canonical value in the metric's unit."""
    if metric.unit is None or quantity.unit is None:
        return value
    converted = convert(value, quantity.unit, metric.unit)
    return value if converted is None else converted
