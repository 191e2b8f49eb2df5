"""Units by name: looking them up and converting between them.

All factors are exact decimals; a conversion divides at most once, at the end.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from flows.quantities.patterns import lazy
from flows.quantities.unit_rates import is_currency, rate
from flows.quantities.unit_reading import SAME_THING, named_unit, unit_at
from flows.quantities.unit_table import COUNT, FOLDED, ONE, PERIODS, Unit

__all__ = ["COUNT", "ONE", "Unit", "convert", "dimension_of", "is_currency", "lookup", "same_dimension"]

_BRACKETED = lazy(r"[(\[]([^()\[\]]+)[)\]]")
_LEAD = lazy(r"(?:in|as|number of|#|no\. of|total|avg\.?|average|mean|max\.?|min\.?) ", re.IGNORECASE)


_PART_NAME = lazy(r"(?:[0-9]{1,4}|[kMG])?(?:(?:square|cubic) )?[A-Za-zµ][A-Za-z-]*(?:\^[23])?$")
_SCALE_LETTERS = {"k": FOLDED["thousands"], "K": FOLDED["thousands"], "M": FOLDED["millions"], "B": FOLDED["billions"]}


@lru_cache(maxsize=4096)
def lookup(text: str) -> Unit | None:
    """The unit that `text` names as a whole: "ms", "requests/second", "USD/user/month", "thousands qps".

    Headings of columns are read too: "in millions", "Latency (ms)", "% of Python web frameworks". None where nothing
    in it is a unit.
    """
    name = " ".join(text.split())
    if not name or len(name) > 120:
        return None
    unit = _whole(name)
    if unit is not None:
        return unit
    bracket = _BRACKETED.search(name)
    if bracket is not None:
        unit = _whole(bracket.group(1).strip())
        if unit is not None:
            return unit
    lead = _LEAD.match(name)
    if lead is not None:
        return lookup(name[lead.end() :])
    if name.startswith("%"):
        return FOLDED["percent"]
    if bracket is not None and bracket.group(1) == "K" and name.lower().startswith("temp"):
        return FOLDED["kelvin"]
    head, _, rest = name.partition(" ")
    if rest:
        scale = _SCALE_LETTERS.get(head) or named_unit(head)
        if scale is not None and scale.scale != 1:
            # "thousands qps", "millions of users": the scale belongs to the unit behind it.
            inner = _whole(rest.removeprefix("of ")) or (COUNT if len(head) > 1 or rest.islower() else None)
            if inner is None:
                return None
            return Unit(inner.id, inner.factor * scale.factor, inner.dimension, inner.divisor, scale.factor)
        last = name.rsplit(" ", 1)[1]
        if last.islower() and len(last) > 1 and last not in ("in", "mo", "ct", "bar", "word", "cup"):
            return _whole(last)
    return None


def _whole(name: str) -> Unit | None:
    if name == "1":
        return COUNT
    if name.startswith("1/"):
        return rate(COUNT, (name[2:],))
    match = unit_at(name, 0)
    if match is not None and match.end == len(name):
        return match.unit
    if name[:1] in "/" or name.startswith("per "):
        tail = name.removeprefix("/").removeprefix("per ").strip().lower()
        return rate(COUNT, (tail,)) if tail in PERIODS else None
    parts = name.split("/")
    head = named_unit(parts[0])
    if head is None or len(parts) < 2 or not all(_PART_NAME.match(part) for part in parts[1:]):
        return None
    return rate(head, tuple(SAME_THING.get(part, part) for part in parts[1:]), parts[0])


#: Canonical unit -> (what it has in common with others, its worth in that).
_SHARED: dict[str, tuple[str, Decimal, Decimal]] = {
    "byte": ("data", Decimal(8), ONE),
    "bit": ("data", ONE, ONE),
    "byte/s": ("data_rate", Decimal(8), ONE),
    "bit/s": ("data_rate", ONE, ONE),
    "month": ("calendar_time", ONE, ONE),
    "year": ("calendar_time", Decimal(12), ONE),
    "1/s": ("frequency", ONE, ONE),
    "1/min": ("frequency", ONE, Decimal(60)),
    "1/hour": ("frequency", ONE, Decimal(3600)),
    "1/day": ("frequency", ONE, Decimal(86400)),
    "1/week": ("frequency", ONE, Decimal(604800)),
    "1/month": ("calendar_frequency", ONE, ONE),
    "1/year": ("calendar_frequency", ONE, Decimal(12)),
}


def _unit(name: str) -> Unit | None:
    return lookup(name)


def dimension_of(name: str) -> str | None:
    """What a unit measures: "time", "data", "USD/calendar_time"; None for a name that is no unit."""
    unit = lookup(name)
    if unit is None:
        return None
    shared = _SHARED.get(unit.id)
    return shared[0] if shared else unit.dimension


def same_dimension(a: str, b: str) -> bool:
    """Whether values in these units can be compared. Currencies never compare with one another."""
    first = dimension_of(a)
    return first is not None and first == dimension_of(b)


def convert(value: Decimal, from_unit: str, to_unit: str) -> Decimal | None:
    """`value` in another unit of the same dimension; None where there is no conversion.

    Days and months do not convert into one another, nor does one currency into another.
    """
    source, target = _unit(from_unit), _unit(to_unit)
    if source is None or target is None or not same_dimension(from_unit, to_unit):
        return None
    if source.id != target.id and source.dimension == "temperature":
        return _temperature(value, source.id, target.id)
    up = source.factor * target.divisor
    down = source.divisor * target.factor
    if source.id != target.id:
        scale = _between(source.id, target.id)
        if scale is None:
            return None
        up *= scale[0]
        down *= scale[1]
    return value * up / down


def _between(source: str, target: str) -> tuple[Decimal, Decimal] | None:
    first, second = _SHARED.get(source), _SHARED.get(target)
    if first is not None and second is not None:
        return first[1] * second[2], first[2] * second[1]
    if source.endswith("/year") and target.endswith("/month"):
        return ONE, Decimal(12)
    if source.endswith("/month") and target.endswith("/year"):
        return Decimal(12), ONE
    return None


def _temperature(value: Decimal, source: str, target: str) -> Decimal:
    celsius = value
    if source == "degF":
        celsius = (value - 32) * 5 / 9
    elif source == "kelvin":
        celsius = value - Decimal("273.15")
    if target == "degF":
        return celsius * 9 / 5 + 32
    return celsius + Decimal("273.15") if target == "kelvin" else celsius
