"""Whether two readings of one metric say the same: numbers as intervals, dates at their precision, text by its words."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from schemas.quantity import Bound, Kind, Quantity

#: "~2,500" is read as 2,500 +- 10 % (CHECKING.md, "Execute over intervals").
APPROXIMATE = Decimal("0.10")
#: "75,000+" is open above, but nobody who knows of 200,000 writes "75,000+": it reaches so many times as far as it says.
OPEN_REACH = Decimal("1.25")

_ALIKE = 0.5

#: Words and versions: "3.7+" is one token, not a 3 and a 7.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*\+?|[^\W\d_]+")


class Support(Enum):
    """What a short category cell says about a feature: it comes with the thing, or it does not."""

    WITH = "with"
    WITHOUT = "without"


_WITHOUT = re.compile(
    r"\b(?:no|none|not|without|lacks?|manual(?:ly)?|third[- ]party|extensions?|plug-?ins?|add-?ons?|external|separate(?:ly)?|"
    r"unsupported|unavailable|missing|requires?|required)\b"
)
_WITH = re.compile(
    r"\b(?:yes|native(?:ly)?|built[- ]?in|bundled|included|includes|automatic(?:ally)?|auto|full(?:y)?|default|supported|"
    r"out of the box|standard)\b"
)


def interval(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """The values that a numeric reading may stand for, ends included, in its own unit; open ends as far as `OPEN_REACH`.

    Rounding is left out: whether "0.3" can be 0.29 is for the comparison with a finer reading to say.
    """
    low, high = quantity.low, quantity.high
    if low is None or high is None:
        raise ValueError(f"{quantity.raw!r} holds no number")
    if quantity.approx:
        low, high = low - APPROXIMATE * abs(low), high + APPROXIMATE * abs(high)
    if quantity.bound is Bound.AT_LEAST:
        high = high * OPEN_REACH if high > 0 else high + abs(high) * (OPEN_REACH - 1)
    elif quantity.bound is Bound.AT_MOST:
        low = low / OPEN_REACH if low > 0 else low - abs(low) * (OPEN_REACH - 1)
    return low, high


def agree(one: Quantity, other: Quantity, tolerance: Decimal) -> bool:
    """Whether two readings of one metric, both of its dimension, say the same within a relative tolerance.

    Numbers agree when the gap between their intervals is at most `tolerance` of the ends that face each other, or half a
    last digit of the coarser one. A number and a text never agree.
    """
    if one.is_numeric and other.is_numeric:
        return _numbers_agree(one, other, tolerance)
    if one.is_numeric or other.is_numeric:
        return False
    if one.kind is Kind.DATE and other.kind is Kind.DATE:
        return _dates_agree(one.date or one.raw, other.date or other.raw)
    if one.kind is Kind.BOOLEAN and other.kind is Kind.BOOLEAN:
        return one.boolean == other.boolean
    return texts_agree(one.raw, other.raw)


def _numbers_agree(one: Quantity, other: Quantity, tolerance: Decimal) -> bool:
    if (one.unit or "1") != (other.unit or "1"):
        return False
    if one.low == other.low and one.high == other.high:
        return True
    (low_a, high_a), (low_b, high_b) = interval(one), interval(other)
    above, below = max(low_a, low_b), min(high_a, high_b)
    gap = above - below
    if gap <= 0 or gap <= tolerance * max(abs(above), abs(below)):
        return True
    # A range names its ends; only a single number is rounded.
    digits = [reading.resolution for reading in (one, other) if reading.resolution and reading.low == reading.high]
    return bool(digits) and gap * 2 <= max(digits)


def _dates_agree(one: str, other: str) -> bool:
    """ "2018" and "2018-12-05" agree: the coarser precision decides."""
    shorter, longer = sorted((one, other), key=len)
    return longer == shorter or longer.startswith(f"{shorter}-")


@lru_cache(maxsize=8192)
def texts_agree(one: str, other: str) -> bool:
    """Whether two short texts say the same: both "comes with it", both "does not", or mostly the same words."""
    first, second = support(one), support(other)
    if first is not None and second is not None:
        return first is second
    return likeness(one, other) >= _ALIKE


@lru_cache(maxsize=8192)
def support(text: str) -> Support | None:
    """Which way a category cell reads, or None. What stands outside brackets decides before what stands inside.

    "Requires extensions (async added in 2.0)" is WITHOUT; "Yes (no set-up)" is WITH: the first word that tells wins.
    """
    folded = text.casefold()
    for part in (re.sub(r"\([^)]*\)", " ", folded), folded):
        without, with_ = _WITHOUT.search(part), _WITH.search(part)
        if without and with_:
            return Support.WITHOUT if without.start() <= with_.start() else Support.WITH
        if without or with_:
            return Support.WITHOUT if without else Support.WITH
    return None


@lru_cache(maxsize=8192)
def likeness(one: str, other: str) -> float:
    """Share of common words, 0 to 1; 1 when the words of one are all in the other ("MIT", "MIT licence")."""
    first, second = set(_TOKEN.findall(one.casefold())), set(_TOKEN.findall(other.casefold()))
    if not first or not second:
        return 1.0 if first == second else 0.0
    common = first & second
    return 1.0 if common in (first, second) else len(common) / len(first | second)
