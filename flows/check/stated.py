"""A number as prose states it: the quantity, the hedge around it, and whether a true value agrees with it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from schemas.quantity import Bound, Kind, Quantity
from schemas.record import record

_D = Decimal
ABOUT = _D("0.135")
NEARLY = _D("0.87")
JUST_OVER = _D("1.15")
FRACTION = _D("0.09")
#: How far from a bound ("over 8 hours") a value may lie that is meant by it.
CLOSE = _D("1.25")


class Hedge(StrEnum):
    PLAIN = "plain"
    ABOUT = "about"
    NEARLY = "nearly"
    JUST_OVER = "just over"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    AT_MOST = "at most"
    UP_TO = "up to"


#: Looked up once: before Python 3.12 an attribute of an enum is ten times as slow as a name of the module.
_PLAIN = Hedge.PLAIN
NOT_COUNTED = frozenset({Kind.DATE, Kind.VERSION})


@record
class Stated:
    """`low`..`high` and `step` (value of one unit in the last digit shown) in the canonical unit of `quantity`.

    `word`: written as a word for a multiple or part ("twice", "half", "a third"), which has a band of its own.
    `exact`: dates, versions, small counts, prices with cents. `fallen`: told by a word of rise (False) or fall (True).
    """

    quantity: Quantity
    low: Decimal
    high: Decimal
    step: Decimal
    hedge: Hedge
    word: bool = False
    exact: bool = False
    fallen: bool | None = None

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    def holds(self, value: Decimal) -> bool:
        """Whether one true value agrees with what is stated (CHECKING.md, Tolerance)."""
        # Most figures have no hedge: they are not compared with every one.
        return self._holds_plainly(value) if self.hedge is _PLAIN else self._holds_hedged(value)

    def _holds_hedged(self, value: Decimal) -> bool:
        half = self.step / 2
        match self.hedge:
            case Hedge.OVER:
                return value > self.low or (value == self.low and False)
            case Hedge.AT_LEAST:
                return (
                    value >= self.low - half * (0 if self.exact else 1) if self.step < self.low else value >= self.low
                )
            case Hedge.UNDER:
                return value < self.high
            case Hedge.AT_MOST:
                return value <= self.high + half
            case Hedge.ABOUT:
                # A word for a part or multiple has no last digit: "about a tenth" is not anything from 0.05.
                least = _D(0) if self.word else half
                return (
                    self.low - max(abs(self.low) * ABOUT, least)
                    <= value
                    <= self.high + max(abs(self.high) * ABOUT, least)
                )
            case Hedge.NEARLY:
                if self.word and self.low < 1:
                    return self.low * NEARLY <= value <= self.low * (2 - NEARLY)
                return self.low * NEARLY <= value <= self.high + half * _D("0.1")
            case Hedge.JUST_OVER:
                return self.low < value <= self.high * JUST_OVER or (
                    self.low - half <= value <= self.low and not self.exact and value >= self.low
                )
            case _:
                return self._holds_plainly(value)

    def _holds_plainly(self, value: Decimal) -> bool:
        half = self.step / 2
        if self.word:
            # A third told as a percentage is still a third.
            told = self.quantity.low or self.low
            band = _D("0.05") if told >= 2 or told == _D("0.5") else FRACTION
            return self.low * (1 - band) <= value <= self.high * (1 + band)
        if self.exact:
            return self.low <= value <= self.high
        if self.is_range:
            return self.low - half <= value <= self.high + half
        return self.low - half <= value <= self.high + half or self._truncated(value)

    def _truncated(self, value: Decimal) -> bool:
        """ "1.24" for 1.249: cut instead of rounded, only after a decimal point with two significant digits shown."""
        written = self.quantity.written_low
        if written is None or written == written.to_integral_value() or len(written.normalize().as_tuple().digits) < 2:
            return False
        return self.low <= value < self.low + self.step

    def closely(self) -> Stated:
        """A bound as what lies close to it: nearly anything is over something."""
        if self.hedge in (Hedge.OVER, Hedge.AT_LEAST):
            return replace(self, hedge=_PLAIN, high=self.low * CLOSE, word=False, exact=True)
        if self.hedge in (Hedge.UNDER, Hedge.AT_MOST):
            return replace(self, hedge=_PLAIN, low=self.high / CLOSE, word=False, exact=True)
        return self

    def plainly(self) -> bool:
        return self.hedge is _PLAIN


def bound_hedge(bound: Bound | None) -> Hedge | None:
    """The hedge that a bound of the quantity grammar stands for."""
    if bound is Bound.AT_LEAST:
        return Hedge.AT_LEAST
    if bound is Bound.AT_MOST:
        return Hedge.AT_MOST
    return None


def as_stated(quantity: Quantity, first: str) -> Stated:
    """The quantity as prose states it, before any hedge around it is read; `first`: its first token."""
    if quantity.kind in NOT_COUNTED:
        return Stated(quantity, _D(0), _D(0), _D(0), _PLAIN, exact=True)
    if _KILO_NOUN.match(quantity.written_unit or "") and quantity.low is not None and quantity.high is not None:
        quantity = replace(
            quantity,
            low=quantity.low * 1000,
            high=quantity.high * 1000,
            resolution=(quantity.resolution or _D(1)) * 1000,
        )
    low = quantity.low or _D(0)
    high = quantity.high if quantity.high is not None else low
    worded = first[:1].isalpha()
    written = quantity.written_low
    step = quantity.resolution or _D(0)
    exact = False
    if written is not None and written == written.to_integral_value() and quantity.unit != "ratio":
        count = abs(written)
        if count < 20 and quantity.unit in (None, "1"):
            exact = True
        elif count >= 10 and step and not worded and ":" not in quantity.raw and abs(low) / step % 10 == 0:
            # One trailing zero that is written is rounding ("194K" has none), but never more than 5 % of the value: "10" is not 13.
            step = min(step * 10, max(step, abs(low) / 10))
    elif (
        written is not None
        and quantity.unit == "ratio"
        and written == written.to_integral_value()
        and abs(written) >= 10
        and abs(written) % 10 == 0
    ):
        # "70x" for 72.2, and "ten times" is neither six nor fourteen.
        step = max(step, abs(low) / 10)
    if worded and written is not None and written == written.to_integral_value() and not step:
        step = _D(1) if not written else abs(low / written)
    if first.lower() in ("a", "an") and quantity.unit not in (None, "1", "ratio"):
        # "An hour longer" is not half an hour longer.
        step = min(step, abs(low) / 5) if step else step
    hedge = bound_hedge(quantity.bound) or (Hedge.ABOUT if quantity.approx else _PLAIN)
    word = quantity.unit == "ratio" and first.lower() in _MULTIPLE_WORDS
    return Stated(quantity, low, high, step, hedge, word=word, exact=exact)


_MULTIPLE_WORDS = frozenset(
    "twice thrice double doubles doubled doubling triple triples tripled quadruple half halves halved halving third thirds quarter quarters fifth a two one three".split()
)

_KILO_NOUN = re.compile(r"k(?:loc|lines|msg|msgs|events|rows|docs|imgs?)\b", re.I)
