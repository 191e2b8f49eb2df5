"""How a fact's value is printed. Numbers go through the one place that formats them; text is cleaned, never changed."""

from __future__ import annotations

import unicodedata

from flows.quantities.show import show
from schemas.catalogue import Metric
from schemas.quantity import Quantity


def display(quantity: Quantity, metric: Metric) -> str:
    """The value as a page prints it, unit included: "12,000 req/s", "2018", "Requires extensions"."""
    if quantity.is_numeric or quantity.date is not None:
        return show(quantity, metric.unit)
    return clean(quantity.raw)


def clean(text: str) -> str:
    """One line without control, formatting (bidirectional) and unassigned characters."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return " ".join("".join(char for char in kept if unicodedata.category(char) not in ("Cf", "Cs", "Cn")).split())
