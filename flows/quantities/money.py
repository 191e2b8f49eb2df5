"""Amounts of money: the sign or code before the number, the code and the per-part behind it."""

from __future__ import annotations

from flows.quantities.patterns import lazy
from flows.quantities.reading import Measure
from flows.quantities.unit_behind import read_plus
from flows.quantities.unit_rates import is_currency, rate
from flows.quantities.unit_reading import UnitMatch, named_unit, unit_at
from flows.quantities.unit_table import Unit

_CURRENCY = lazy(
    r"(?P<sign>(?:[A-Z]{1,3}|[a-z]{1,3}|U\.S\. ?)? ?[$€£¥₹₩₽₺₪฿₫₱₴₦₿]|\$(?:US|AU|CA|NZ)|(?P<code>USD|EUR|GBP|CHF|INR|CAD|AUD|NZD|HKD|SGD|JPY|CNY|RMB|KRW|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR|Rs\.?|eur|usd))[ \u00a0]?(?=[0-9.+-])"
)


_LETTERED = {
    "us$",
    "u.s.$",
    "a$",
    "au$",
    "c$",
    "ca$",
    "cdn$",
    "hk$",
    "nz$",
    "s$",
    "r$",
    "nt$",
    "mx$",
    "mxn$",
    "mex$",
    "gb£",
    "cn¥",
    "jp¥",
    "us $",
    "u.s. $",
}


def currency_at(text: str, start: int) -> UnitMatch | None:
    """The currency sign or code at `start` that a number follows."""
    match = _CURRENCY.match(text, start)
    if match is None:
        return None
    sign = match["sign"]
    name = sign.replace(" ", "")
    if sign[:2].lower() in ("a ", "s "):
        return None  # the article, a genitive
    unit = named_unit(name)
    if unit is None and name.lower() in _LETTERED:
        unit = named_unit(name.lower())
    if unit is None and name[0] == "$":
        unit = named_unit(f"{name[1:]}$")
    if unit is None or not is_currency(unit):
        return None
    return UnitMatch(unit, start, match.end())


_SECOND_PRICE = lazy(r"(?: in| input)? ?/ ?[$€£¥][0-9]+(?:\.[0-9]+)?(?: out| output)?")


#: "£8.99 pm", "£120 p.a.": no time of day follows an amount of money.
_PER_MONTH_OR_YEAR = lazy(r"[ \u00a0](?:(?P<month>pm|p\.m\.|pcm)|p\.?a\.?)(?![A-Za-z])")


_CODE_BEHIND = lazy(r"[ \u00a0]?(USD|EUR|GBP|CAD|AUD|NZD|SGD|HKD|MXN|U\.S\.|US)(?![A-Za-z])")


def read_price(text: str, measure: Measure) -> None:
    """What follows an amount of money: its code, "+", and what it is per."""
    unit = measure.unit
    if unit is None:
        return
    code = _CODE_BEHIND.match(text, measure.end)
    if code is not None:
        named = named_unit(
            code.group(1).replace("U.S.", "USD").replace("US", "USD") if "USD" not in code.group(1) else "USD"
        )
        unit = named or unit
        measure.unit = unit
        measure.end = code.end()
    read_plus(text, measure)
    match = unit_at(text, measure.end, money=unit) or _short_period(text, measure.end, unit)
    if match is None:
        # "$3 / $15 per 1M tokens": the second price says what the first is per.
        second = _SECOND_PRICE.match(text, measure.end)
        shared = unit_at(text, second.end(), money=unit) if second is not None else None
        if shared is not None:
            measure.unit = shared.unit
    else:
        measure.unit = match.unit
        measure.unit_end = match.end
        measure.end = match.end


def _short_period(text: str, end: int, money: Unit) -> UnitMatch | None:
    short = _PER_MONTH_OR_YEAR.match(text, end)
    unit = rate(money, ("month" if short["month"] else "year",)) if short is not None else None
    return UnitMatch(unit, end, short.end()) if short is not None and unit is not None else None
