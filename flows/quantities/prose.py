"""Running text -> every quantity in it, in order and without overlaps."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from flows.quantities.contexts import (
    end_of_nothing,
    follows_version_name,
    inside_name,
    is_version_of_a_name,
    noun_behind,
    one_stands,
    share_stands,
    slashed_date_at,
    year_at,
)
from flows.quantities.dates import date_at
from flows.quantities.hedges import hedge_before, hedge_behind
from flows.quantities.measure import measure_at
from flows.quantities.money import currency_at
from flows.quantities.opening import START
from flows.quantities.patterns import lazy
from flows.quantities.reading import PROSE, Measure, Reading, in_canonical, written_unit
from flows.quantities.shapes import clock_at
from flows.quantities.spelled import SPANS, VAGUE, magnitude_at, multiple_at, share_at, span_at, vague_at
from flows.quantities.unit_reading import unit_at
from flows.quantities.unit_table import COUNT
from schemas.quantity import Bound, Kind, Quantity

#: Digits that nothing follows which could make them a date, a time, a version, an ordinal or a share: most numbers.
_PLAIN = lazy(
    r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?![0-9A-Za-z/:-]|[.,][0-9]|,? (?:of|orders?|q[1-4]|h[12]|[ap]\.?m|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_VERSION = lazy(
    r"v?[0-9]+(?:\.[0-9]+){2,}(?:[-.+]?(?:alpha|beta|rc|pre|dev|post|preview)[-.]?[0-9]*)?(?![0-9])|[0-9]+(?:\.[0-9]+)*(?:a|b|rc)[0-9]+(?![0-9A-Za-z])"
)
_RUN = lazy(r"[0-9A-Za-z_.,:/@#-]*[0-9A-Za-z_]")
_TWO_THING = lazy(
    r"-(?:config\w*|cost|copy|day|downtime|dependency|trust|in-one|way|factor|faced|fold|dimensional|tier|step)",
    re.IGNORECASE,
)
#: "the faster of the two" counts nothing: it points back.
_POINTS_BACK = (
    lazy(r"(?:of|between|from) (?:the|these|those) $", re.IGNORECASE),
    lazy(r"(?=[.,;:!?)]|$| (?:is|are|was|were|has|have|and|but|because|that|which)\b)"),
)
_SHARE_BEHIND = lazy(r" (?:of |the |as |its |their |that |what |less|more|few|cheap|fast|slow|again)|-as-")
_SLASHED = lazy(r"([0-9]{1,3})/([0-9]{1,4})(?![0-9/.])(?!-)")


_NAMED_NUMBER = lazy(r"[0-9]+(?:\.[0-9x]+)*(?:[-.]?(?:alpha|beta|rc|lts)[0-9.]*)?\+?")
_OF_A = lazy(r" (?:of an? )?")
_OR_EQUAL = lazy(r" or equal(?: to (?=\D))?")
_CODE_BEFORE = lazy(r"(?:^|[^A-Za-z0-9])(?:×|USD|EUR|GBP|INR|CAD|AUD|MXN)$")
_TO_SOON = lazy(r"[^.]{0,12} to ")


def find_quantities(text: str, two_parts: str = "") -> list[Quantity]:
    """Every quantity, date and version of `text`; spans are character offsets. Never raises.

    Ordinals ("third"), times of day and digits inside names ("p99", "HTTP/2") are left out. `two_parts`: what the first
    number of "33:12" counts, "min" or "h", where such figures are durations.
    """
    found: list[Quantity] = []
    position = 0
    finder = _Finder(text, two_parts)
    while True:
        match = START.search(text, position)
        if match is None:
            break
        quantity, position = finder.read(match)
        if quantity is not None:
            if found and (merged := _merged(text, found[-1], quantity)) is not None:
                found[-1] = merged
            else:
                found.append(quantity)
    return found


def _merged(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """ "above 1000 and below 1500" is one range."""
    if (
        first.bound is not Bound.AT_LEAST
        or second.bound is not Bound.AT_MOST
        or first.low is None
        or second.high is None
    ):
        return None
    if (
        first.low > second.high
        or (first.unit != second.unit and first.unit != "1")
        or second.prefix_span is None
        or first.kind is not Kind.QUANTITY
    ):
        return None
    between = text[first.end : second.prefix_span[0]]
    if len(between) > 6 or between.strip(" ,") not in ("and", "but"):
        return None
    start = first.prefix_span[0] if first.prefix_span else first.start
    return replace(
        second,
        kind=Kind.RANGE,
        low=first.low,
        written_low=first.written_low,
        bound=None,
        start=start,
        prefix_span=None,
        number_span=(start, second.end),
    )


class _Finder:
    """Reads one text; every method returns a quantity or None, and where to go on."""

    def __init__(self, text: str, two_parts: str) -> None:
        self.text = text
        self.two_parts = two_parts

    def read(self, match: re.Match[str]) -> tuple[Quantity | None, int]:
        start = match.start()
        kind = match.lastgroup
        if kind == "month":
            return self._month(start, match.end())
        if kind == "ratio":
            return self._measured(multiple_at(match), match.end())
        if kind == "word":
            return self._word(match)
        if kind in ("money", "code"):
            if currency_at(self.text, start) is None:
                # "for $10": the letters are a word, the sign stands alone.
                start = match.end() - 1
            return self._measure(start, match.end())
        if kind == "sign":
            return self._measure(self._signed(start), match.end())
        return self._digits(start)

    def _before(self, start: int, length: int = 24) -> str:
        return self.text[max(0, start - length) : start]

    def _month(self, start: int, end: int) -> tuple[Quantity | None, int]:
        date = date_at(self.text, start)
        if date is None:
            return None, end
        return self._dated(date.iso, start, date.end), date.end

    def _dated(self, iso: str, start: int, end: int) -> Quantity:
        return Quantity(Kind.DATE, self.text[start:end], date=iso, start=start, end=end)

    def _measured(self, measure: Measure | None, end: int) -> tuple[Quantity | None, int]:
        return (self._finish(measure) if measure is not None else None), end

    def _word(self, match: re.Match[str]) -> tuple[Quantity | None, int]:
        text, start, end = self.text, match.start(), match.end()
        word = match.group().lower()
        magnitude = magnitude_at(text, start)
        if magnitude is not None:
            return self._finish(magnitude), magnitude.end
        if word in VAGUE:
            quantity, end = self._measured(*vague_at(text, start, end))
            return (replace(quantity, approx=True) if quantity is not None else None), end
        if word.startswith(("minus ", "negative ")):
            measure = measure_at(text, end)
            if measure is None:
                return None, end
            # "minus 20 to 40" has its sign on the lower end only.
            measure.low, measure.high = -measure.low, measure.high if measure.high != measure.low else -measure.high
            measure.start, measure.written_low, measure.written_high = start, measure.low, measure.high
            return self._finish(measure), measure.end
        if word.endswith(SPANS):
            return self._measured(*span_at(text, start, end))
        share = share_at(text, start, end)
        if share is not None:
            return self._finish(share), share.end
        if word == "one" and not one_stands(text, start, end):
            return None, end
        if word in ("two", "three", "four") and self._points_back(start, end):
            return None, end
        return self._measure(start, end)

    def _points_back(self, start: int, end: int) -> bool:
        before, behind = _POINTS_BACK
        return before.search(self._before(start, 16)) is not None and behind.match(self.text, end) is not None

    def _signed(self, start: int) -> int:
        """Include a minus in front, when it stands for the sign and not for a range or a hyphen."""
        before = self._before(start, 2)
        if before[-1:] in ("-", "−", "–", "+", "±") and (len(before) < 2 or before[0] in " ([~≈<>≤≥/|\"'\n\t:"):
            return start - 1
        return start

    def _digits(self, start: int) -> tuple[Quantity | None, int]:
        text = self.text
        before = self._before(start, 24)
        last = before[-1:]
        if last in ("v", "V") and not before[-2:-1].isalnum():
            return self._version(start)
        if last.isalnum() or last == "_":
            attached = _CODE_BEFORE.search(before)
            if attached is None:
                return None, self._skip(start)
        elif last in "-/.#'’@:&=" and len(before) > 1 and inside_name(before):
            return None, self._skip(start)
        plain = _PLAIN.match(text, start) is not None
        if not plain and (named := self._date_or_version(start)) is not None:
            return named
        if follows_version_name(before):
            return self._version(start)
        if not plain and (odd := self._no_measure(start, before)) is not None:
            return odd
        year = year_at(text, start)
        if year is not None:
            return self._dated(year.iso, start, year.end), year.end
        return self._measure(self._signed(start), start + 1)

    def _date_or_version(self, start: int) -> tuple[Quantity, int] | None:
        date = date_at(self.text, start)
        if date is not None:
            return self._dated(date.iso, start, date.end), date.end
        version = _VERSION.match(self.text, start)
        if version is not None:
            return Quantity(Kind.VERSION, version.group(), start=start, end=version.end()), version.end()
        return None

    def _no_measure(self, start: int, before: str) -> tuple[Quantity | None, int] | None:
        """Digits that belong to something else than a number with its unit."""
        text = self.text
        clock = clock_at(text, start, self.two_parts)
        if clock is not None:
            return self._finish(clock), clock.end
        end = end_of_nothing(text, start, before)
        if end is not None:
            return None, end
        dated = slashed_date_at(text, start)
        if dated is not None:
            return self._dated(dated.iso, start, dated.end), dated.end
        magnitude = magnitude_at(text, start)
        if magnitude is not None:
            return self._finish(magnitude), magnitude.end
        slashed = _SLASHED.match(text, start)
        return None if slashed is None else self._slashed(slashed)

    def _skip(self, start: int) -> int:
        run = _RUN.match(self.text, start)
        return (
            max(start + 1, run.end() if run is not None else start + 1)
            if self.text[start : start + 1] != "."
            else start + 1
        )

    def _version(self, start: int) -> tuple[Quantity | None, int]:
        match = _NAMED_NUMBER.match(self.text, start)
        end = match.end() if match is not None else start + 1
        unit = unit_at(self.text, end + 1) if self.text[end : end + 1] == " " else None
        if unit is not None or self.text[end : end + 1] == "%" or self.text[end : end + 1].isalpha():
            return self._measure(start, start + 1)
        return Quantity(Kind.VERSION, self.text[start:end], start=start, end=end), end

    def _slashed(self, match: re.Match[str]) -> tuple[Quantity | None, int]:
        """ "1/3 of the memory" is a share; "24/7" and "4/5" are none."""
        above, below = int(match.group(1)), int(match.group(2))
        if (
            0 < above < below
            and below <= 10
            and not _RUN.match(self.text, match.end())
            and (below in (2, 3, 4, 8, 16) or self.text.startswith(" of ", match.end()))
        ):
            value = Decimal(above) / below
            measure = Measure(
                match.start(), match.end(), value, value, None, value, value, Decimal("0.1"), match.end(), fraction=True
            )
            unit = _OF_A.match(self.text, match.end())
            found = unit_at(self.text, unit.end()) if unit is not None else None
            if found is not None and found.unit.id != "1" and found.end - found.start > 1:
                measure.unit, measure.unit_start, measure.unit_end, measure.end = (
                    found.unit,
                    found.start,
                    found.end,
                    found.end,
                )
            return self._finish(measure), measure.end
        return None, match.end()

    def _measure(self, start: int, least: int) -> tuple[Quantity | None, int]:
        text = self.text
        between = self._before(start, 16).lower().endswith(("between ", "between about ", "between roughly "))
        measure = measure_at(text, start, Reading(cell=False, between=True) if between else PROSE)
        if measure is None:
            return None, least
        if measure.fraction and not share_stands(text, measure):
            return None, max(least, measure.end)
        if measure.unit is None and not measure.spelled and self._glued_behind(measure.end):
            return None, max(least, self._skip(measure.end - 1))
        if measure.spelled and measure.unit is None and _TWO_THING.match(text, measure.end):
            return None, max(least, measure.end)
        if is_version_of_a_name(text, measure):
            return Quantity(Kind.VERSION, text[start : measure.end], start=start, end=measure.end), max(
                least, measure.end
            )
        return self._finish(measure), max(least, measure.end)

    def _glued_behind(self, end: int) -> bool:
        following = self.text[end : end + 1]
        return following.isalnum() or following == "_"

    def _finish(self, measure: Measure) -> Quantity | None:
        text = self.text
        approx, bound = False, measure.bound
        prefix: tuple[int, int] | None = None
        before = hedge_before(text, measure.start)
        if before is not None:
            approx, bound = before[0].approx, bound or before[0].bound
            prefix = (before[1], measure.start)
        elif (
            self._before(measure.start, 5).lower() == "from "
            and measure.unit is not None
            and measure.unit.id[:3].isupper()
            and measure.low == measure.high
            and not _TO_SOON.match(text, measure.end)
        ):
            bound, prefix = Bound.AT_LEAST, (measure.start - 5, measure.start)
        end = measure.end
        behind = hedge_behind(text, end)
        if measure.unit is COUNT and measure.bound is None:
            # What is counted is named beside the number, not in its span.
            measure.end = measure.number_end
        if behind is None and measure.unit is None:
            or_equal = _OR_EQUAL.match(text, end)
            if or_equal is not None and bound is not None:
                end = or_equal.end()
        if behind is not None:
            approx, bound = approx or behind[0].approx, bound or behind[0].bound
        unit = measure.unit
        written, unit_span = written_unit(text, measure)
        unit_id = unit.id if unit is not None else "1"
        if unit is None and measure.fraction:
            unit_id = "ratio" if _SHARE_BEHIND.match(text, measure.end) else "1"
        if unit is None and not measure.fraction:
            unit_span = noun_behind(text, measure.end)
            written = text[unit_span[0] : unit_span[1]] if unit_span else None
        low = in_canonical(measure.low, unit)
        high = low if measure.low == measure.high else in_canonical(measure.high, unit)
        return Quantity(
            Kind.RANGE if low != high else Kind.QUANTITY,
            text[measure.start : measure.end],
            low=low,
            high=high,
            unit=unit_id,
            approx=approx,
            bound=bound,
            resolution=in_canonical(measure.resolution, unit),
            written_low=measure.written_low,
            written_high=measure.written_high,
            written_unit=written,
            start=measure.start,
            end=measure.end,
            number_span=(measure.start, max(measure.number_end, measure.start + 1)),
            unit_span=unit_span,
            prefix_span=prefix,
        )
