"""How a quantity is written on an English page. What is shown reads back as the same value, unit, hedge and bound."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from flows.quantities.units import convert, lookup
from schemas.quantity import Bound, Kind, Quantity

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
#: Canonical unit -> what a page prints behind the number, space included.
_SHOWN = {
    "percent": "%",
    "ratio": "x",
    "pp": " pp",
    "degC": " °C",
    "degF": " °F",
    "kelvin": " kelvin",
    "byte": " bytes",
    "B": " bytes",
    "bit": " bits",
    "byte/s": " B/s",
    "bit/s": " bps",
    "1/s": "/s",
    "degree": " degrees",
    "m^2": " m²",
    "m^3": " m³",
}
_PLURAL = {
    "month": "months",
    "year": "years",
    "week": "weeks",
    "day": "days",
    "hour": "hours",
    "minute": "minutes",
    "second": "seconds",
    "star": "stars",
}
_STEPS = {
    "byte": ("TB", "GB", "MB", "KB", "bytes"),
    "byte/s": ("GB/s", "MB/s", "KB/s"),
    "bit/s": ("Gbps", "Mbps", "kbps", "bps"),
    "s": ("s", "ms", "µs", "ns"),
    "m": ("km", "m", "mm", "nm"),
    "Hz": ("GHz", "MHz", "kHz", "Hz"),
    "Wh": ("kWh", "Wh"),
    "W": ("kW", "W"),
    "Ah": ("mAh",),
    "kg": ("kg", "g", "mg"),
}
#: More decimals than this are no display: another unit is taken.
_MOST_DECIMALS = 6
_ROUNDED = Context(prec=20)


def show_number(value: Decimal, decimals: int | None = None) -> str:
    """`value` with thousands separators: 12,000, 0.29, -1,234.5. `decimals` fixes the digits behind the point."""
    with localcontext() as context:
        context.prec = 60
        if decimals is not None:
            value = value.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
        elif value == value.to_integral_value():
            value = value.to_integral_value()
        else:
            value = value.normalize()
        if not value:
            value = abs(value)
        return f"{value:,f}"


def show(quantity: Quantity, unit: str | None = None) -> str:
    """`quantity` as a page prints it, in `unit` where that is exact: "~2,500 req/s", "25-35 ms", "75,000+ stars", "$9.99/month".

    Where `unit` would not be exact, the unit it was written in is used, then one that suits its size. A cell without a
    number is shown as it was written.
    """
    low, high = quantity.low, quantity.high
    if low is None or high is None or quantity.unit is None:
        return quantity.raw.strip()
    for name in _names(quantity, unit):
        values = _in_unit(low, high, quantity.unit, name)
        if values is not None:
            return _written(quantity, *values, name, unit if name == unit else None)
    return _written(quantity, low, high, quantity.unit, None)


def _names(quantity: Quantity, unit: str | None) -> list[str]:
    canonical = quantity.unit or "1"
    if _money(canonical)[0]:
        return [canonical]  # cents and prices per 1,000 tokens are printed in the canonical unit
    names = [unit] if unit else []
    if quantity.written_unit and lookup(quantity.written_unit) is not None:
        names.append(quantity.written_unit)
    size = abs(quantity.low or Decimal(0))
    if canonical in _STEPS:
        fitting = [name for name in _STEPS[canonical] if size >= (convert(Decimal(1), name, canonical) or 0)]
        names += fitting or [_STEPS[canonical][-1]]
    return [*names, canonical]


def _in_unit(low: Decimal, high: Decimal, canonical: str, name: str) -> tuple[Decimal, Decimal] | None:
    """Both ends in the unit `name`, if that is exact and short enough to print."""
    unit = lookup(name)
    if unit is None or unit.id != canonical:
        return None
    ends = []
    for value in (low, high):
        # 120 km/h are 33.333... m/s: what was written comes back when the noise of the division is rounded off.
        shown = _ROUNDED.plus(value * unit.divisor / unit.factor)
        if shown * unit.factor / unit.divisor != value or _decimals(shown) > max(
            _MOST_DECIMALS, _decimals(value) if name == canonical else 0
        ):
            return None
        ends.append(shown)
    return ends[0], ends[1]


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(quantity: Quantity, low: Decimal, high: Decimal, name: str, asked: str | None) -> str:
    money, tail = _money(name)
    digits = _digits(quantity, low, high, name, cents=bool(money))
    first, second = show_number(low, digits), show_number(high, digits)
    if money:
        first = f"-{money}{first[1:]}" if low < 0 else f"{money}{first}"
    number = first
    if low != high:
        number = (
            f"{first} to {second}"
            if low < 0 or high < 0 or ("e" in name.lower() and len(name) > 40)
            else f"{first}-{second}"
        )
    behind = tail if money else _behind(name, single=low == high == 1)
    plus, ahead = "", ""
    if quantity.bound is Bound.AT_LEAST:
        if (behind == "" and (digits or _looks_like_a_floor(low, high))) or (low != high and low < 0):
            ahead = "at least "
        else:
            plus = "+"
    elif quantity.bound is Bound.AT_MOST:
        ahead = "up to "
    del asked
    if behind[:1] in ("%", "x"):
        behind, plus = behind + plus, ""
    return f"{ahead}{'~' if quantity.approx else ''}{number}{plus}{behind}"


def _looks_like_a_floor(low: Decimal, high: Decimal) -> bool:
    """Whether the bare number with a plus would read as the oldest version that will do: "72+"."""
    return low == high and 10 < low < 100 and low % 5 != 0


def _digits(quantity: Quantity, low: Decimal, high: Decimal, name: str, *, cents: bool) -> int:
    """How many decimals to print: those of the value, those that were shown, two for amounts with cents."""
    needed = max(_decimals(low), _decimals(high))
    if cents and needed == 1:
        needed = 2
    unit = lookup(name)
    if quantity.resolution is not None and quantity.resolution > 0 and unit is not None and unit.id == quantity.unit:
        shown = quantity.resolution * unit.divisor / unit.factor
        if shown < 1 and shown.normalize().as_tuple().digits == (1,):
            needed = max(needed, min(_decimals(shown), 3))
    return needed


def _money(name: str) -> tuple[str, str]:
    """The sign before an amount and the per-part behind it; two empty strings for what is no money."""
    unit = lookup(name)
    if unit is None or not unit.id[:3].isupper() or unit.id[3:4] not in ("", "/") or len(unit.id) < 3:
        return "", ""
    if not unit.id[:3].isalpha():
        return "", ""
    code, *per = unit.id.split("/")
    sign = _SYMBOLS.get(code, f"{code} ")
    # Looking a canonical name up again gives its "M" back in small letters, except for tokens.
    millions = [part for part in per if part in ("Mtoken", "Mrequest", "mrequest")]
    if millions:
        return sign, f" per million {millions[0][1:]}s" + "".join(f"/{part}" for part in per if part not in millions)
    return sign, "".join(f"/{part}" for part in per)


def _behind(name: str, *, single: bool) -> str:
    unit = lookup(name)
    if name in ("1", "count") or unit is None:
        return ""
    if name in _SHOWN:
        return _SHOWN[name]
    if unit.id in ("percent", "ratio"):
        return _SHOWN[unit.id]
    if name in _PLURAL and not single:
        return f" {_PLURAL[name]}"
    if name.startswith("1/"):
        return f"/{name[2:]}"
    return f" {name}"


__all__ = ["Kind", "show", "show_number"]
