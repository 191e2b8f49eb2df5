"""How a fact's value is printed. Numbers go through the one place that formats them; text is cleaned, never changed."""

from __future__ import annotations

import unicodedata

from flows.quantities.show import show
from flows.quantities.units import convert, lookup
from schemas.catalogue import Metric
from schemas.quantity import Quantity

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def display(quantity: Quantity, metric: Metric) -> str:
    """The value as a page prints it, unit included: "12,000 req/s", "5 December 2018", "Requires extensions"."""
    if quantity.is_numeric:
        return in_unit(quantity, metric.unit)
    return spoken_date(quantity.date) if quantity.date else clean(quantity.raw)


def in_unit(quantity: Quantity, unit: str | None) -> str:
    """A numeric value in a metric's unit; one of a counted thing is singular: "1 year" in a metric of "years"."""
    low = quantity.low
    if unit and unit.endswith("s") and low is not None and low == quantity.high:
        single = lookup(unit[:-1])
        if single is not None and single == lookup(unit) and convert(low, quantity.unit or "1", unit) == 1:
            return show(quantity, unit[:-1])
    return show(quantity, unit)


def spoken_date(iso: str) -> str:
    """An ISO date at its precision in words: "2018", "December 2018", "5 December 2018"."""
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    month = _MONTHS[int(parts[1]) - 1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"


def clean(text: str) -> str:
    """One line without control, formatting (bidirectional) and unassigned characters."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return " ".join("".join(char for char in kept if unicodedata.category(char) not in ("Cf", "Cs", "Cn")).split())
