"""A unit per something: "USD/user/month", "req/s", "kWh/100km", as a unit of its own."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from flows.quantities.patterns import lazy
from flows.quantities.unit_table import EXACT, ONE, PERIODS, Unit

#: One use of a machine: what it takes converts like what it takes in all.
USES = frozenset({"cycle", "charge", "wash", "load"})
_BIT_WHEN_A_RATE = {"kb", "Kb", "Mb", "Gb", "Tb"}
PERIOD_IDS = ("s", "min", "hour", "day", "week", "month", "year")


_TOKENS = lazy(r"([kM]|[0-9]+)?token$")


@lru_cache(maxsize=2048)
def rate(head: Unit, tails: tuple[str, ...], written: str = "") -> Unit | None:
    """`head` per each of `tails` as a unit of its own; None where that is no unit anyone writes."""
    names = [PERIODS[tail.lower()][0] if tail.lower() in PERIODS else tail for tail in tails]
    things = [name for name in names if name not in PERIOD_IDS]
    periods = [name for name in names if name in PERIOD_IDS]
    if len(periods) > 1:
        return None
    if is_currency(head):
        return _price(head, things, periods)
    if len(names) != 1:
        return None
    tail = names[0]
    if periods:
        return _over_period(head, tail, written)
    if head.id in ("1", "byte", "bit", "s") or tail in USES:
        return Unit(f"{head.id}/{tail}", head.factor, f"{head.id}/{tail}", head.divisor)
    if head.id == "W" and tail == "kg":
        return Unit("W/kg", head.factor, "W/kg")
    return rate_as_written(head, tail, written)


def rate_as_written(head: Unit, tail: str, written: str) -> Unit:
    """A rate that nothing converts to: "kWh/100km", "barrel/day"."""
    name = f"{head.id if head.dimension == head.id else _symbol(head, written) or head.id}/{tail}"
    return Unit(name, ONE, name)


@lru_cache(maxsize=512)
def _symbol(head: Unit, written: str) -> str:
    """ "l" for "litres" and "L", "kWh" for "kilowatt-hours": a unit written out is the one that is written short."""
    if len(written) <= _SHORT and written not in EXACT:
        return written
    symbols = [name for name, unit in EXACT.items() if unit == head]
    return min(symbols, key=len) if symbols and (written in symbols or len(written) > _SHORT) else written


#: Longer units are words.
_SHORT = 4


def _price(head: Unit, things: list[str], periods: list[str]) -> Unit:
    factor = head.factor
    for index, thing in enumerate(things):
        tokens = _TOKENS.match(thing)
        if tokens is not None and tokens.group(1):
            # Model prices are quoted per thousand or per million tokens: one unit for both.
            size = {"k": 1000, "M": 10**6}.get(tokens.group(1)) or int(tokens.group(1))
            if size and 10**6 % size == 0:
                factor *= 10**6 // size
                things = [*things[:index], "Mtoken", *things[index + 1 :]]
    unit_id = "/".join([head.id, *sorted(things), *periods])
    return Unit(
        unit_id,
        factor,
        unit_id
        if not periods or periods[0] not in ("month", "year")
        else "/".join([head.id, *sorted(things), "calendar_time"]),
    )


def _over_period(head: Unit, period: str, written: str) -> Unit | None:
    seconds = next(value for name, value in PERIODS.values() if name == period)
    if head.id == "ratio":
        return Unit(f"1/{period}", ONE, "frequency") if written.lower() == "times" else None
    if head.id == "1":
        return Unit(f"1/{period}", head.factor, "frequency", scale=head.scale)
    if head.id == "byte" and seconds and written in _BIT_WHEN_A_RATE:
        return Unit("bit/s", head.factor, "data_rate", Decimal(seconds))
    if head.id in ("byte", "bit") and seconds:
        return Unit(f"{head.id}/s", head.factor, "data_rate", Decimal(seconds))
    if head.id == "m" and seconds:
        return Unit("m/s", head.factor, "speed", head.divisor * seconds)
    if head.id in ("byte", "bit", "s"):
        return Unit(f"{head.id}/{period}", head.factor, f"{head.id}/{period}")
    if head.dimension in ("percent", "points"):
        return Unit(f"{head.id}/{period}", head.factor, f"{head.id}/{period}")
    if head.id in ("year", "month"):
        return None
    if head.id == "TFLOPS":
        return head
    return rate_as_written(head, period, written)


def is_currency(unit: Unit) -> bool:
    """Whether this is an amount of money, not a price per something."""
    return unit.id.isupper() and len(unit.id) == 3 and unit.id.isalpha()
