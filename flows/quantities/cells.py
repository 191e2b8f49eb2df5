"""A cell of a comparison table -> what it holds.

Grammar: `[marks] [about, up to, from, ~, <] number [scale] [range] [+] [unit] [per unit] [(context)] [; more]`. A cell with two
quantities is its first one; everything after it is the qualifier. What is no number is said to be none.
"""

from __future__ import annotations

import re
from decimal import Decimal

from flows.quantities.columns import unit_of
from flows.quantities.hedges import AHEAD, HEDGES, SIGNS, hedge_before, hedge_behind
from flows.quantities.marks import clean_span, is_missing, truth
from flows.quantities.measure import measure_at
from flows.quantities.number_words import NUMBER_WORD
from flows.quantities.patterns import lazy
from flows.quantities.reading import Measure, Reading, in_canonical, written_unit
from flows.quantities.shapes import clock_at, date_of, is_no_quantity, measure_stands, version_of
from flows.quantities.unit_rates import is_currency
from flows.quantities.unit_reading import unit_at
from flows.quantities.unit_table import COUNT
from flows.quantities.units import lookup, same_dimension
from schemas.quantity import Bound, Kind, Quantity

#: Longer cells are prose that slipped into a table; what stands further behind is not looked at.
_LONGEST_CELL = 2000

_DIGIT = lazy(r"[0-9½¼¾⅓⅔]")
_WORD_START = lazy(
    rf"(?:an? )?(?:{NUMBER_WORD})(?![A-Za-z])|(?:an? )(?=decade|century|minute|second|hour|day|week|month|year|few)|sub-?(?=(?:milli|micro|nano)?second)|(?:milli|micro|nano)?seconds?$",
    re.IGNORECASE,
)
_RATING_COLUMN = lazy(r"rating|score|stars?\b|grade|points|rank", re.IGNORECASE)

_RATING = lazy(r"(?P<value>[0-9]+(?:\.[0-9]+)?)[ \u00a0]?(?:/|out of)[ \u00a0]?(?P<most>[0-9]+)")
_LABEL = lazy(
    r"[^0-9:()]{2,40}(?:\([^0-9:()]{1,20}\))?:[ \u00a0]*(?=[~≈<>$€£]?[ ]?[0-9])"
    # "4K: 72 fps", "0-shot: 67 %": a label with digits in it is one with letters in it, too.
    r"|(?=[^:()]{0,40}[A-Za-z])[^:()]{2,40}:[ \u00a0]+(?=[~≈<>$€£]?[ ]?[0-9])"
)
_FILLER = lazy(
    r"(?:typically|usually|generally|currently|now|only|just|total|totally|avg\.?|average|an average of|averaging|mean|median|often|starts?|priced|costs?|is|it's|another|extra|additional|the|a|one|per-\w+|plus|hard|soft|default|default:|=|:)[ \u00a0]+",
    re.IGNORECASE,
)
#: "0-60 mph in 3.1 s" is a time.
_SPRINT = lazy(r"0 ?(?:-|–|to) ?[0-9]{2,3} ?(?:mph|km/h|kph|kmh):? (?:in )?", re.IGNORECASE)
_BEFORE_UNIT = lazy(r"[0-9½¼¾]")
_BRACKET = lazy(r"[(\[{]")
_TRIM = " \t\r\n\u00a0,;:.-–—|/*_`π⭐"


_RUN = lazy(r"[0-9A-Za-z.]+")
_LONG_RUN = lazy(r"[0-9A-Za-z.,]+")
_SIGN_BEFORE = lazy(r"(?:[$€£¥₹]|USD|EUR|GBP) ?$")
_ONE_UNIT = lazy(
    r"(?:an?|one) (?=decade|century|minute|second|hour|day|week|month|year)|sub-?(?=milli|micro|nano|second)|(?=(?:milli|micro|nano)?seconds?$)",
    re.IGNORECASE,
)


def parse_cell(raw: str | None, metric_unit: str | None = None) -> Quantity:
    """What the cell `raw` holds, under a column headed `metric_unit`.

    A bare number takes the column's unit; a stated unit wins, and sets `unit_conflict` where it differs. Never raises.
    """
    if raw is None:
        return Quantity(Kind.MISSING, "")
    start, end, verdict = clean_span(raw[:_LONGEST_CELL])
    return _Cell(raw, start, end, metric_unit or "").read(verdict)


class _Cell:
    """One cell being read; `text` is the part inside its decoration, at `offset` of `raw`."""

    def __init__(self, raw: str, start: int, end: int, column: str) -> None:
        self.raw = raw
        self.offset = start
        self.text = raw[start:end]
        self.column_name = column
        self.column = lookup(column) if column else None
        self.reading = Reading(cell=True, column=self.column)

    def read(self, verdict: bool | None) -> Quantity:
        text = self.text
        if not text and sum(map(self.raw.count, "★☆⭐")) > 1:
            return self._text()  # a rating drawn with stars
        if not text:
            return self._truth(verdict, 0) if verdict is not None else Quantity(Kind.MISSING, self.raw)
        if is_missing(text):
            return self._truth(verdict, 0) if verdict is not None else Quantity(Kind.MISSING, self.raw)
        said = truth(text)
        if said is not None:
            return self._truth(said[0], said[1])
        digit = _DIGIT.search(text)
        if digit is None and _WORD_START.match(text) is None:
            found = self._spelled_later()
            if found is not None:
                return found
            return self._truth(verdict, 0) if verdict is not None else self._text()
        return (
            self._date()
            or self._version()
            or self._numeric()
            or (self._truth(verdict, 0) if verdict is not None else self._text())
        )

    def _text(self) -> Quantity:
        return Quantity(Kind.TEXT, self.raw, start=self.offset, end=self.offset + len(self.text))

    def _truth(self, value: bool, qualifier_start: int) -> Quantity:
        qualifier, span = self._qualifier(((qualifier_start, len(self.text)),))
        return Quantity(
            Kind.BOOLEAN,
            self.raw,
            boolean=value,
            qualifier=qualifier,
            qualifier_span=span,
            start=self.offset,
            end=self.offset + len(self.text),
        )

    def _qualifier(self, parts: tuple[tuple[int, int], ...]) -> tuple[str | None, tuple[int, int] | None]:
        """The words that narrow a value: these stretches of `text` without brackets and joints; span of the last one."""
        words: list[str] = []
        span: tuple[int, int] | None = None
        for start, end in parts:
            piece = self.text[start:end]
            lead = len(piece) - len(piece.lstrip(_TRIM))
            piece = piece.strip(_TRIM)
            if not piece:
                continue
            span = (self.offset + start + lead, self.offset + start + lead + len(piece))
            if piece[0] in "([" and piece[-1] in ")]" and piece.count("(") <= 1:
                piece = piece[1:-1]
            elif piece.startswith("(") and piece.count("(") == 1:
                piece = piece[1:].replace(")", ";" if piece.rstrip()[-1] != ")" else "", 1)
            else:
                piece = piece.replace(" (", ", ").replace("(", "").replace(")", "")
            words.append(" ".join(piece.split()))
        return (", ".join(words) if words else None), span

    def _date(self) -> Quantity | None:
        found = date_of(self.text, self.column_name)
        if found is None:
            return None
        qualifier, span = self._qualifier(((0, found.start), (found.end, len(self.text))))
        return Quantity(
            Kind.DATE,
            self.raw,
            date=found.iso,
            qualifier=qualifier,
            qualifier_span=span,
            start=self.offset + found.start,
            end=self.offset + found.end,
        )

    def _version(self) -> Quantity | None:
        found = version_of(self.text, self.column_name, has_unit=self.column is not None)
        if found is None:
            return None
        qualifier, span = self._qualifier(((found.end, len(self.text)),))
        return Quantity(
            Kind.VERSION,
            self.raw,
            bound=Bound.AT_LEAST if found.is_open else None,
            qualifier=qualifier,
            qualifier_span=span,
            start=self.offset,
            end=self.offset + found.end,
        )

    def _spelled_later(self) -> Quantity | None:
        """A hedge and a number word: "over a decade", "about half a second"."""
        ahead = AHEAD.match(self.text)
        if ahead is None or _WORD_START.match(self.text, ahead.end()) is None:
            return None
        return self._numeric()

    def _numeric(self) -> Quantity | None:
        text = self.text
        rating = _RATING.match(text) if _RATING_COLUMN.search(self.column_name) else None
        if rating is not None:
            measure = Measure(
                0,
                rating.end("value"),
                Decimal(rating["value"]),
                Decimal(rating["value"]),
                COUNT,
                Decimal(rating["value"]),
                Decimal(rating["value"]),
                Decimal(1).scaleb(-len(rating["value"].partition(".")[2])),
                rating.end("value"),
            )
            return self._quantity(measure, 0, False, None, 0)
        sprint = _SPRINT.match(text)
        position, approx, bound, between = self._prefix(sprint.end() if sprint is not None else 0)
        found = self._at(position, between)
        lead = position
        if found is not None and self._is_of_another_kind(found):
            asked = self._of_the_column(found.end)
            if asked is not None:
                found, position, approx, bound = asked
                lead = 0
        if found is None:
            if text[position : position + 1].isdigit() and _LABEL.match(text) is None:
                return None  # a vector, a score, a list, a name: what follows belongs to it
            later = self._later()
            if later is None:
                return None
            found, position, approx, bound, lead = later
        return self._quantity(found, lead, approx, bound, position)

    def _prefix(self, position: int) -> tuple[int, bool, Bound | None, bool]:
        """Read hedges and filler words from `position` on."""
        text = self.text
        approx, bound, between = False, None, False
        for _ in range(4):
            ahead = AHEAD.match(text, position)
            if ahead is not None:
                name = (ahead["word"] or ahead["sign"]).lower()
                if name == "from":
                    bound = bound or Bound.AT_LEAST
                elif name == "between":
                    between = True
                else:
                    hedge = HEDGES.get(name) or SIGNS.get(name) or SIGNS[name[:4]]
                    approx, bound = approx or hedge.approx, bound or hedge.bound
                position = ahead.end()
                continue
            filler = _FILLER.match(text, position)
            if filler is None or not (filler.group()[:1].islower() or position == 0):
                break
            if (
                text[filler.end() : filler.end() + 1] not in "~≈<>$€£¥₹"
                and not _BEFORE_UNIT.match(text, filler.end())
                and not AHEAD.match(text, filler.end())
            ):
                break
            position = filler.end()
        return position, approx, bound, between

    def _at(self, position: int, between: bool = False) -> Measure | None:
        """The quantity at the head of the cell (or behind its hedge), if what follows lets it be one."""
        text = self.text
        if text[position : position + 1].isalpha():
            return self._spelled(position)
        clock = clock_at(text, position, self._two_parts())
        if clock is not None:
            return clock
        if is_no_quantity(text, position, self.column_name):
            return None
        reading = Reading(cell=True, column=self.column, between=between) if between else self.reading
        measure = measure_at(text, position, reading)
        return measure if measure is not None and measure_stands(text, measure) else None

    def _two_parts(self) -> str:
        """What the first part of "33:12" counts in this column."""
        if self.column is None or self.column.dimension != "time" or self.column.factor > 3600:
            return ""
        return "h" if self.column.factor == 3600 else "min"

    def _spelled(self, position: int) -> Measure | None:
        if _WORD_START.match(self.text, position) is None:
            currency = measure_at(self.text, position, self.reading)
            return currency if currency is not None and not currency.spelled else None
        article = _ONE_UNIT.match(self.text, position)
        if article is not None:
            unit = unit_at(self.text, article.end())
            if unit is None or (not article.group() and not self._sub_before(position)):
                return None
            one = Decimal(1)
            measure = Measure(
                position,
                unit.end,
                one,
                one,
                unit.unit,
                one,
                one,
                one,
                article.end(),
                unit.start,
                unit.end,
                spelled=True,
            )
            if article.group().lower().startswith("sub"):
                measure.bound = Bound.AT_MOST
            return measure
        spelled = measure_at(self.text, position, self.reading)
        if spelled is None:
            return None
        measure = spelled
        rest = self.text[measure.end :].strip()
        if measure.unit is None and rest and rest[0] not in "(,;" and not (measure.scaled or self.column is not None):
            return None
        if measure.fraction and measure.unit is None:
            return None
        return measure

    def _sub_before(self, position: int) -> bool:
        return self.text[max(0, position - 4) : position].lower().startswith("sub")

    def _later(self) -> tuple[Measure, int, bool, Bound | None, int] | None:
        """A quantity behind words: "Li-Po 5000 mAh", "Requests/sec: 136112", "High (3M+ installs)"; else None."""
        text = self.text
        label = _LABEL.match(text)
        if label is not None:
            position, approx, bound, between = self._prefix(label.end())
            found = self._at(position, between)
            if found is not None and found.unit is None and text[label.end() - 1] == ":":
                found = None  # "SQL:2016" is a name
            if found is not None:
                head = label.group().rstrip(" :\u00a0")
                if found.unit is None:
                    stated = lookup(head)
                    if stated is not None and stated.id != "1":
                        found.unit = stated
                return found, position, approx, bound, label.start()
        bracket = _BRACKET.search(text)
        limit = bracket.start() if bracket is not None else len(text)
        position = 0
        for _ in range(6):
            digit = _BEFORE_UNIT.search(text, position, limit)
            if digit is None:
                return None
            begin = digit.start()
            if begin and (
                text[begin - 1].isalnum() or (text[begin - 1] in "_/.-:" and begin > 1 and text[begin - 2].isalnum())
            ):
                run = _RUN.match(text, begin)
                position = run.end() if run is not None else begin + 1
                continue
            begin = self._with_sign(begin)
            found = self._at(begin)
            if found is not None and found.unit is not None and self._states_a_unit(found):
                hedged, approx, bound = self._hedged(begin)
                if self._only_words(text[:hedged]):
                    return found, hedged, approx, bound, 0
                return None
            run = _LONG_RUN.match(text, digit.start())
            position = run.end() if run is not None else begin + 1
        return None

    def _is_of_another_kind(self, measure: Measure) -> bool:
        """Whether a stated unit measures something else than the column does."""
        column, unit = self.column, measure.unit
        return (
            column is not None
            and unit is not None
            and COUNT.id not in (column.id, unit.id)
            and not is_currency(unit)
            and not same_dimension(unit.id, column.id)
        )

    def _of_the_column(self, position: int) -> tuple[Measure, int, bool, Bound | None] | None:
        """What the column asks for, further on: "10-80% in 18 min" under minutes; else None. Brackets narrow, so they end it."""
        text = self.text
        bracket = _BRACKET.search(text, position)
        limit = bracket.start() if bracket is not None else len(text)
        for _ in range(4):
            digit = _BEFORE_UNIT.search(text, position, limit)
            if digit is None:
                return None
            begin = self._with_sign(digit.start())
            found = self._at(begin) if not text[digit.start() - 1].isalnum() else None
            if found is not None and found.unit is not None and not self._is_of_another_kind(found):
                hedged, approx, bound = self._hedged(begin)
                return found, hedged, approx, bound
            run = _LONG_RUN.match(text, digit.start())
            position = run.end() if run is not None else digit.end()
        return None

    def _with_sign(self, begin: int) -> int:
        head = _SIGN_BEFORE.search(self.text[max(0, begin - 5) : begin])
        return begin if head is None else begin - (head.end() - head.start())

    def _hedged(self, begin: int) -> tuple[int, bool, Bound | None]:
        before = hedge_before(self.text, begin)
        if before is None:
            return begin, False, None
        return before[1], before[0].approx, before[0].bound

    def _states_a_unit(self, measure: Measure) -> bool:
        unit = measure.unit
        if unit is None or unit.id in ("1", "ratio"):
            return False
        return not (unit.dimension == "length" and self.text[measure.unit_start : measure.unit_end] == "nm")

    def _only_words(self, lead: str) -> bool:
        """Whether what stands before the number is a short label and not a sentence that mentions one."""
        words = lead.split()
        return (
            len(words) <= 4
            and "+" not in lead
            and not any(word.lower() in ("free", "no", "lowest", "custom", "depends", "none") for word in words)
        )

    def _quantity(self, measure: Measure, lead: int, approx: bool, bound: Bound | None, position: int) -> Quantity:
        text = self.text
        bound = bound or measure.bound
        end = measure.end
        behind = hedge_behind(text, end)
        if behind is not None:
            approx, bound, end = approx or behind[0].approx, bound or behind[0].bound, behind[1]
        if (
            measure.low != measure.high
            and bound is Bound.AT_LEAST
            and measure.bound is None
            and text[:position].lower().rstrip().endswith("from")
        ):
            bound = None  # "from 5 to 10" is a range, no price that starts there
        unit, conflict = unit_of(text, measure, self.column)
        low, high = in_canonical(measure.low, unit), in_canonical(measure.high, unit)
        resolution = in_canonical(measure.resolution, unit)
        qualifier, span = self._qualifier(((lead, position), (end, len(text))))
        shift = self.offset
        written, unit_span = written_unit(text, measure)
        return Quantity(
            Kind.RANGE if low != high else Kind.QUANTITY,
            self.raw,
            low=low,
            high=high,
            unit=unit.id if unit is not None else "1",
            approx=approx,
            bound=bound,
            qualifier=qualifier,
            unit_conflict=conflict,
            resolution=resolution,
            written_low=measure.written_low,
            written_high=measure.written_high,
            written_unit=written,
            start=shift + measure.start,
            end=shift + measure.end,
            number_span=(shift + measure.start, shift + measure.number_end),
            unit_span=(shift + unit_span[0], shift + unit_span[1]) if unit_span else None,
            qualifier_span=span,
        )
