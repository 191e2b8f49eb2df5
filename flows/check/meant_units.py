"""Meant units: figures whose unit only the columns of the sheet can tell: "7,891 B per insert", "108 kWh a year"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from flows.check.fitting import PERIOD_WORDS, is_money
from flows.check.sheet import Compiled
from flows.quantities.units import lookup
from schemas.quantity import Quantity

_BILLION = Decimal(10**9)


def as_meant(quantity: Quantity, compiled: Compiled) -> Quantity:
    """The quantity in the unit that the columns give it, where its own fits none of them."""
    unit = quantity.unit
    if unit is None:
        return quantity
    if unit == "1":
        # A column of bytes knows no billions.
        if quantity.raw.endswith("B") and any((card.unit or "").startswith("byte") for card in compiled.metrics):
            low, high = quantity.written_low, quantity.written_high
            return replace(
                _scaled(quantity, "byte", 1 / _BILLION),
                written_low=low and low / _BILLION,
                written_high=high and high / _BILLION,
            )
        return quantity
    head, _, period = unit.partition("/")
    if head == "USD" and (quantity.written_unit or "").lower().startswith("cent"):
        # "99 cents" of a column of euros.
        money = {card.unit.partition("/")[0] for card in compiled.metrics if card.unit and is_money(card.unit)}
        return _scaled(quantity, unit.replace(head, money.pop()), Decimal(1)) if len(money) == 1 else quantity
    if period not in PERIOD_WORDS or is_money(unit):
        return quantity
    meant = lookup(head)
    if meant is None or not meant.factor:
        return quantity
    for card in compiled.metrics:
        # "Energy use per year: 162 kWh": the period stands in the name.
        if card.unit == meant.id and not PERIOD_WORDS[period].isdisjoint(card.metric.name.lower().split()):
            return _scaled(quantity, meant.id, meant.factor / meant.divisor)
    return quantity


def _scaled(quantity: Quantity, unit: str, factor: Decimal) -> Quantity:
    low, high, step = (
        None if value is None else value * factor for value in (quantity.low, quantity.high, quantity.resolution)
    )
    return replace(quantity, unit=unit, low=low, high=high, resolution=step)
