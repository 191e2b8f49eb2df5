"""Wrong numbers: another number, the number of another cell, another unit, scale or year in a supported claim."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from evals.mutant import Claimed, Mutant
from flows.check.sheet import Cell, Compiled
from flows.quantities import find_quantities
from schemas.quantity import Kind, Quantity

_UNITS = {
    "ms": "s", "s": "ms", "seconds": "minutes", "second": "minute", "milliseconds": "seconds", "minutes": "hours", "minute": "hour", "hours": "days", "hour": "day", "µs": "ms", "μs": "ms", "ns": "µs",
    "mb": "GB", "gb": "TB", "kb": "MB", "tb": "GB", "mib": "GiB", "gib": "MiB", "kg": "g", "g": "kg", "mm": "cm", "cm": "mm", "km": "m", "m": "km", "kw": "W", "kwh": "Wh", "days": "weeks", "weeks": "months",
    "months": "years", "years": "months", "gb/s": "MB/s", "mb/s": "GB/s", "mb/s.": "GB/s", "req/s": "req/min", "inches": "feet", "w": "kW",
}  # fmt: skip
#: Units from small to large: a bound is made false by the next one on its far side ("under 1 MB" is as true of 1 GB).
_LADDERS = [
    ladder.split()
    for ladder in (
        "ns µs ms s", "milliseconds seconds minutes hours days weeks months years", "second minute hour day", "KB MB GB TB", "KiB MiB GiB",
        "g kg", "mm cm m km", "W kW", "Wh kWh", "MB/s GB/s", "req/min req/s",
    )
]  # fmt: skip
_SCALES = {"million": "billion", "billion": "million", "thousand": "million", "k": "M", "m": "B", "b": "M"}
_SCALED = re.compile(r"[\d.,]+\s?(million|billion|thousand|k|m|b)", re.I)
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_OVER = re.compile(
    r"(?:over|more than|at least|above|topping|exceed(?:s|ed|ing)?|beyond|north of|upwards of|slower than|higher than|larger than|bigger than|longer than|past|>|≥|minimum of)$",
    re.I,
)
_UNDER = re.compile(
    r"(?:under|less than|fewer than|below|at most|up to|within|shorter than|lower than|faster than|smaller than|cheaper than|sub|<|≤|maximum of)$",
    re.I,
)
#: What may stand between the word of a bound and its number.
_BETWEEN = re.compile(r"(?:\b(?:a factor of|about|around|roughly|some|only|just|the|an?)\s+|[$€£~]|[\s-]+)$", re.I)
_OVER_BEHIND = re.compile(
    r"\s?\+|(?:\s[\w/%]+)?\s(?:or (?:more|higher|longer|better|above|over)|and (?:up|more|above))\b", re.I
)
_UNDER_BEHIND = re.compile(
    r"(?:\s[\w/%]+)?\s(?:or (?:less|fewer|lower|below|under|shorter)|and (?:below|less|under))\b", re.I
)
#: "never below", "none needs more than", "no less than": the bound is the opposite one.
_DENIED_BOUND = re.compile(
    r"(?:\b(?:never|no|not|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b)[^.;:,\n]{0,40}$", re.I
)
_ONE_OF = re.compile(r"\s(?:of|or)\b")


def numbers(claimed: Claimed, compiled: Compiled) -> Iterator[Mutant]:
    """The mutants of each number, year and unit that the claim states."""
    text = claimed.case.text
    for quantity in find_quantities(claimed.text):
        if quantity.kind is Kind.DATE:
            for year in re.finditer(r"\b(?:19|20)\d\d\b", claimed.text[quantity.start : quantity.end]):
                at = claimed.start + quantity.start + year.start()
                yield claimed.made("year", at, at + 4, str(int(year.group()) - 3))
            continue
        if quantity.number_span is None:
            continue
        first, last = claimed.start + quantity.number_span[0], claimed.start + quantity.number_span[1]
        surface = text[first:last]
        if quantity.low is None or quantity.low != quantity.high or quantity.written_low is None:
            continue
        bound = bounded(text, first, last)
        if surface.lower() in _WORDS:
            yield from _number_word(claimed, first, last, bound)
            continue
        if claimed.names(first, last) or re.match(r"\.x\b", text[last:]):
            # "10.x" is a name, too.
            continue
        scaled = _SCALED.fullmatch(surface)
        if scaled is not None and not any(
            surface in name for entity in claimed.case.entities for name in (entity.name, *entity.aliases)
        ):
            yield claimed.made("scale", first + scaled.start(1), last, _SCALES[scaled.group(1).lower()])
        if not re.fullmatch(r"[\d,]+(?:\.\d+)?", surface):
            continue
        if bound:
            value = _beyond(quantity, bound, _own(compiled, claimed, quantity))
            yield claimed.made("number", first, last, _written(surface, value))
        else:
            for factor in ("1.4", "0.62"):
                value = Decimal(surface.replace(",", "")) * Decimal(factor)
                yield claimed.made("number", first, last, _written(surface, value))
        yield from _units(claimed, quantity, last, bound)
        if not bound:
            yield from _other_cells(claimed, compiled, quantity, first, last)


def bounded(text: str, first: int, last: int) -> str:
    """ "over" or "under" where the number at `first`..`last` is a bound on that side: "never below 8" is one as "at least 8" is."""
    before = text[max(0, first - 60) : first]
    behind = text[last : last + 24]
    if _OVER_BEHIND.match(behind):
        return "over"
    if _UNDER_BEHIND.match(behind):
        return "under"
    stripped = before
    while (between := _BETWEEN.search(stripped)) is not None:
        stripped = stripped[: between.start()]
    for pattern, side, other in ((_OVER, "over", "under"), (_UNDER, "under", "over")):
        found = pattern.search(stripped)
        if found is not None:
            return other if _DENIED_BOUND.search(stripped[: found.start()]) else side
    return ""


def _own(compiled: Compiled, claimed: Claimed, quantity: Quantity) -> list[Decimal]:
    """The values, in the unit that the text writes, of the facts that the claim rests on."""
    if not quantity.low or not quantity.written_low or quantity.unit in ("ratio", "percent", "pp"):
        return []
    cells = [compiled.by_fact[fact] for fact in claimed.facts if fact in compiled.by_fact]
    same = [cell for cell in cells if cell.low is not None and cell.unit == quantity.unit]
    ends = (end for cell in same for end in (cell.low, cell.high) if end is not None and end.is_finite())
    return [end * quantity.written_low / quantity.low for end in ends]


def _beyond(quantity: Quantity, bound: str, own: list[Decimal]) -> Decimal:
    """A bound that is false: beyond what the claim rests on, for "over 8" is true of 60, and so is "over 30"."""
    written = quantity.written_low or Decimal(0)
    if bound == "over":
        return max([written * Decimal("1.9"), *(value * Decimal("1.2") for value in own)])
    return min([written * Decimal("0.5"), *(value * Decimal("0.8") for value in own)])


def _number_word(claimed: Claimed, first: int, last: int, bound: str) -> Iterator[Mutant]:
    text = claimed.case.text
    word = text[first:last].lower()
    before, after = text[:first], text[last:]
    became = other_word(word, bound)
    if not became or re.search(r"\b(?:the|these|those)\s$", before[-8:], re.I):
        # "of the four": a count of the things compared, whose mutant may stay true.
        return
    if word == "one" and _ONE_OF.match(after):
        return
    if before[-1:] == "-":
        # "day-one releases", "forty-two": a word of which the number is no part that may be changed alone.
        return
    part = re.match(r"-[a-z]+", after)
    if part is not None and any(
        (word + part.group()) in name.lower()
        for metric in claimed.case.metrics
        for name in (metric.name, *metric.aliases)
    ):
        # "from three-point range" names the metric.
        return
    noun = re.match(
        r" (?!each\b|more\b|less\b|apiece\b)[a-z]{3,}(?=[.,;:!?)\n]|$| (?:of|in|at|on|to|per|for|than|and|or|from|with)\b)",
        after,
    )
    if word == "one" and noun is not None and not noun.group().endswith("s"):
        yield claimed.made("number word", first, last + noun.end(), became + noun.group() + "s")
        return
    yield claimed.made("number word", first, last, became)


def other_word(word: str, bound: str) -> str:
    """Another number word, never "one" for the nouns that follow are plurals; "" for none.

    Beyond the truth where the word is a bound: "within five" is true of what is within two.
    """
    at = _WORDS.index(word)
    if bound == "under":
        return _WORDS[at - 3] if at >= 4 else ""
    if at + 3 < len(_WORDS):
        return _WORDS[at + 3]
    return "" if bound == "over" else _WORDS[at - 3]


def _written(surface: str, value: Decimal) -> str:
    """`value` as `surface` is written: its decimals, its thousands; never the same number again."""
    decimals = len(surface.partition(".")[2])
    rounded = round(value, decimals) if decimals else value.to_integral_value()
    if rounded == Decimal(surface.replace(",", "")):
        rounded += 1
    return f"{rounded:,f}" if "," in surface else f"{rounded:f}"


def _units(claimed: Claimed, quantity: Quantity, last: int, bound: str) -> Iterator[Mutant]:
    if quantity.unit_span is None:
        return
    first, end = claimed.start + quantity.unit_span[0], claimed.start + quantity.unit_span[1]
    became = other_unit(claimed.case.text[first:end], bound, timed=claimed.case.text[end : end + 1].isdigit())
    if became and first >= last:
        yield claimed.made("unit", first, end, became)


def other_unit(unit: str, bound: str, *, timed: bool = False) -> str:
    """Another unit, beyond the truth where its number is a bound; "" for none. `timed`: "2m04s", where m is for minutes."""
    if timed and unit == "m":
        return "h"
    if not bound:
        return _UNITS.get(unit.lower(), "")
    ladder = next((ladder for ladder in _LADDERS if unit in ladder), None)
    if ladder is None:
        return ""
    at = ladder.index(unit) + (1 if bound == "over" else -1)
    return ladder[at] if 0 <= at < len(ladder) else ""


def _other_cells(claimed: Claimed, compiled: Compiled, quantity: Quantity, first: int, last: int) -> Iterator[Mutant]:
    """The number of another entity in the same metric, and of another metric of the same unit for the same entity."""
    own = [
        cell
        for fact in claimed.facts
        if (cell := compiled.by_fact.get(fact)) is not None and compiled.metrics[cell.metric].numeric
    ]
    if len(own) != 1 or quantity.low is None or not quantity.written_low:
        return
    cell = own[0]
    if not cell.numeric or cell.low is None or abs(cell.low - quantity.low) > abs(quantity.low) * Decimal("0.15"):
        return
    scale = quantity.low / quantity.written_low or Decimal(1)
    true = {found.low for found in compiled.cells.get((cell.entity, cell.metric), ())}
    made: set[str] = set()
    seen: Counter[str] = Counter()
    for other in (other for found in compiled.cells.values() for other in found):
        kind = _other(cell, other)
        if not kind or other.low is None or other.low in true or seen[kind] >= 2:
            continue
        if abs(other.low - cell.low) <= max(abs(cell.low), abs(other.low)) * Decimal("0.2"):
            continue
        value = other.low / scale
        surface = f"{value.normalize():f}" if abs(value) < 1000 else f"{value:,.0f}"
        if len(surface) <= 12 and surface not in made:
            made.add(surface)
            seen[kind] += 1
            yield claimed.made(kind, first, last, surface)


def _other(cell: Cell, other: Cell) -> str:
    """What kind of error it is to take the number of `other` for that of `cell`; "" where it cannot be taken for it."""
    if other.low is None or other.low != other.high or other.unit != cell.unit:
        return ""
    if other.quantity.written_low is None or cell.quantity.written_low is None:
        return ""
    if other.metric == cell.metric and other.entity != cell.entity:
        return "number of another entity"
    return "number of another metric" if other.entity == cell.entity and other.metric != cell.metric else ""
