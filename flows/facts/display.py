"""How a fact's value is printed. Numbers go through the one place that formats them; text is cleaned, never changed."""

from __future__ import annotations

import unicodedata

from flows.quantities.show import show
from schemas.catalogue import Metric
from schemas.quantity import Quantity

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def display(quantity: Quantity, metric: Metric) -> str:
    """The value as a page prints it, unit included: "12,000 req/s", "5 December 2018", "Requires extensions"."""
    if quantity.is_numeric:
        return show(quantity, metric.unit)
    return spoken_date(quantity.date) if quantity.date else clean(quantity.raw)


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
