"""Cells: the value of one fact read as an interval in a canonical unit, as a yes or no, or as the words and figures of a text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from flows.check.lexicon import Lexicon
from flows.check.sheet import Cell
from flows.check.words import Token, known_tokens, number_concept
from flows.quantities import find_quantities, parse_cell
from flows.quantities.units import is_currency, lookup
from schemas.catalogue import MetricKind
from schemas.checking import CheckFact, CheckMetric
from schemas.quantity import Bound, Kind, Quantity

_D = Decimal
APPROXIMATE = _D("0.10")
UNIT_WORDS = re.compile(r"[(\[]\s*([^)\]]{1,30})\s*[)\]]")
_NO = re.compile(
    r"^\s*(?:no|none|not|n/?a|false|never|without|unsupported|unavailable|absent|lacks?|❌|✗|✘|✕|×|🟥)(?![\w-])"
    r"|\bnot (?:supported|available|included|possible|provided|offered|implemented|built)\b|\bunsupported\b",
    re.I,
)
_YES = re.compile(r"^\s*(?:yes|true|✓|✔|✅|☑|🟩|full|included|built[- ]in|native|supported|available)(?![\w-])", re.I)
_ABSENT = re.compile(r"^\s*(?:[-–—?]|\.\.\.|unknown|tbd|tba)?\s*$", re.I)


def read_cells(
    facts: Iterable[CheckFact],
    entity_at: Mapping[str, int],
    metric_at: Mapping[str, int],
    metrics: Sequence[CheckMetric],
    lexicon: Lexicon,
) -> list[Cell]:
    """The facts that have a value, of entities and metrics that the case has."""
    cells: list[Cell] = []
    for fact in facts:
        entity, metric = entity_at.get(fact.entity), metric_at.get(fact.metric)
        if entity is None or metric is None or fact.value is None or _ABSENT.match(fact.value):
            continue
        cells.append(_cell(fact, entity, metric, metrics[metric], lexicon))
    return cells


def _column_unit(metric: CheckMetric) -> str | None:
    """The unit of the column, or the one that stands in brackets in the metric's name ("time (ms)")."""
    if metric.unit:
        # "in" as a column's unit is the inch; in prose it is a preposition.
        return "inch" if metric.unit.strip().lower() in ("in", "in.") else metric.unit
    for found in UNIT_WORDS.finditer(metric.name):
        if lookup(found.group(1)) is not None:
            return found.group(1)
    # "Minutes" over bare figures: the whole name is the unit.
    return next((name for name in (metric.name, *metric.aliases) if name.lower() in _PERIOD_NAMES), None)


_PERIOD_NAMES = frozenset("seconds minutes hours days weeks months years".split())


def _is_money(unit: str | None) -> bool:
    found = lookup(unit.split("/")[0].split(" per ")[0].strip()) if unit else None
    return found is not None and is_currency(found)


_FREE = re.compile(r"^\s*free\b\D*$", re.I)


def _cell(fact: CheckFact, entity: int, metric: int, card: CheckMetric, lexicon: Lexicon) -> Cell:
    raw = (fact.value or "")[:2000]
    numeric_column = card.kind is MetricKind.QUANTITY
    column = _column_unit(card) if numeric_column else None
    if column is None and numeric_column and _TWO_PARTS.match(raw) and not _TIME_OF_DAY.search(card.name):
        # "33:12" in a column of quantities: minutes and seconds.
        column = "min"
    quantity = _parsed(_in_bytes(raw, card), column)
    quantity = _thousands(quantity, card)
    if numeric_column and _FREE.match(raw) and _is_money(_column_unit(card)):
        # "Free" in a column of prices is the price 0: what costs anything is dearer.
        quantity = parse_cell("0", _column_unit(card))
    low = high = least = most = None
    unit = quantity.unit
    if card.kind is MetricKind.DATE or quantity.kind is Kind.DATE:
        found = re.search(r"\b(1[5-9]\d\d|20\d\d|21\d\d)\b", quantity.date or raw)
        if found:
            low = high = least = most = _D(found.group(1)) + _part_of_year(quantity.date)
            unit = "year-date"
    elif quantity.low is not None and quantity.high is not None and card.kind is not MetricKind.TEXT:
        low, high = quantity.low, quantity.high
        least, most = _interval(quantity, low, high)
    order, concepts = _words_of(raw, lexicon)
    textual = low is None
    return Cell(
        fact=fact.id,
        entity=entity,
        metric=metric,
        raw=raw,
        quantity=quantity,
        disputed=fact.disputed,
        context=fact.context,
        low=low,
        high=high,
        unit=unit,
        least=least,
        most=most,
        truth=_truth(raw, quantity) if textual else None,
        concepts=concepts,
        order=order,
        numbers=_numbers_in(raw) if textual else (),
        denied=_denied(raw, lexicon) if textual else frozenset(),
        strong=_strong(raw, lexicon) if textual else frozenset(),
        where=_context_concepts(fact.context, lexicon) if fact.context else frozenset(),
    )


_TWO_PARTS = re.compile(r"^\s*\d{1,3}:[0-5]\d\s*$")
_TIME_OF_DAY = re.compile(
    r"\b(?:depart\w*|arriv\w*|open\w*|clos(?:es|ing)|kick-?off|starts?|time of day|sun(?:rise|set)|clock|score|ratio)\b",
    re.I,
)


#: Sheets of one category repeat cells ("Yes", "MIT") and share entities with all their facts.
_parsed = lru_cache(maxsize=4096)(parse_cell)


@lru_cache(maxsize=2048)
def _words_of(raw: str, lexicon: Lexicon) -> tuple[tuple[str, ...], frozenset[str]]:
    """The concepts of a cell's words in order, and those that say something."""
    tokens = known_tokens(raw)
    words = [token.low for token in tokens if token.low[0].isalnum()]
    order = tuple(number_concept(word) if word[0].isdigit() else lexicon.concept(word) for word in words)
    telling = frozenset(concept for word, concept in zip(words, order, strict=True) if word not in lexicon.stop)
    telling |= _compounded(tokens, lexicon)
    # "Go" and "C" are all that such a cell says.
    return order, telling or frozenset(order if named_by_stop(raw, lexicon) else ())


#: Words of grammar that say something where a compound begins with them: "All-wheel drive", "on-premises".
COMPOUNDED = frozenset("all on off in out over under".split())


def _compounded(tokens: Sequence[Token], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        lexicon.concept(one.low)
        for one, other in itertools.pairwise(tokens)
        if other.text == "-" and one.end == other.start and one.low in COMPOUNDED
    )


def named_by_stop(raw: str, lexicon: Lexicon) -> bool:
    """Whether a cell is one word that is nothing but grammar elsewhere, written like a name."""
    word = raw.strip()
    return word.isalpha() and word[0].isupper() and word.lower() in lexicon.stop and not _NO.search(word)


@lru_cache(maxsize=2048)
def _context_concepts(context: str, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        number_concept(token.low) if token.low[0].isdigit() else lexicon.concept(token.low)
        for token in known_tokens(context[:200])
        if token.low[0].isalnum() and token.low not in lexicon.stop
    )


_BARE_SIZE = re.compile(r"^\s*[~<>≈]?\s*\d[\d.,]*\s?[MGT]i?\s*$")
_SIZED = re.compile(r"\b(?:sizes?|memory|ram|vram|disk|storage|footprint|download)\b", re.I)


def _in_bytes(raw: str, metric: CheckMetric) -> str:
    """ "3.80G" in a column of sizes: the byte is left out, as `ls` and `du` do."""
    if (
        (metric.unit or "G") in ("K", "M", "G", "T")
        and _BARE_SIZE.match(raw)
        and any(map(_SIZED.search, (metric.name, *metric.aliases)))
    ):
        return f"{raw.rstrip()}B"
    return raw


_KILO = re.compile(r"^\s*[\d.,]*\s*k(?:loc|lines|msg|msgs|events|rows|docs|imgs?)\b", re.I)


def _thousands(quantity: Quantity, metric: CheckMetric) -> Quantity:
    """ "1013.8 kloc/s": a counted thing with a kilo before it that is in no table of units."""
    if (
        quantity.low is None
        or quantity.high is None
        or not (_KILO.match(quantity.raw) or _KILO.match(metric.unit or ""))
    ):
        return quantity
    return replace(
        quantity, low=quantity.low * 1000, high=quantity.high * 1000, resolution=(quantity.resolution or _D(1)) * 1000
    )


def _part_of_year(date_text: str | None) -> Decimal:
    """Months and days as a part of a year, so that two dates of one year have an order; 0 where only the year is known."""
    parts = (date_text or "").split("-")[1:]
    if not parts or not all(part.isdigit() for part in parts):
        return _D(0)
    return (_D(parts[0]) - 1) / 12 + (_D(parts[1]) / 372 if len(parts) > 1 else _D(0))


_LISTED = re.compile(r"(\d+(?:\.\d+)?)((?:\s?/\s?\d+(?:\.\d+)?)+)\s?([A-Za-z]+)")


@lru_cache(maxsize=2048)
def _numbers_in(raw: str) -> tuple[Quantity, ...]:
    """Every number of a text cell; "128/256/512 GB" holds three."""
    found = [quantity for quantity in find_quantities(raw) if quantity.low is not None]
    found.extend(
        quantity
        for pieces in re.findall(r"(?<![\w.])(\d{1,3})\s?[x×](?=\s)", raw)
        if (quantity := parse_cell(pieces)).low is not None
    )
    for listed in _LISTED.finditer(raw):
        for number in (listed.group(1), *re.findall(r"\d+(?:\.\d+)?", listed.group(2))):
            quantity = parse_cell(f"{number} {listed.group(3)}")
            if quantity.low is not None:
                found.append(quantity)
    return tuple(found)


_PART = re.compile(r"[.;]\s|\n|,\s(?=but|so|and no|no\b)|\(|\)")
_DENIAL = re.compile(r"\b(?:not|no|without|never|cannot|can't|n't|lacks?|neither|unsupported|none)\b|n't\b", re.I)


@lru_cache(maxsize=2048)
def _denied(raw: str, lexicon: Lexicon) -> frozenset[str]:
    denied: set[str] = set()
    affirmed: set[str] = set()
    for part in _PART.split(raw):
        words = {
            lexicon.concept(token.low)
            for token in known_tokens(part)
            if token.low[0].isalnum() and token.low not in lexicon.stop
        }
        (denied if _DENIAL.search(part) else affirmed).update(words)
    return frozenset(denied - affirmed)


@lru_cache(maxsize=2048)
def _strong(raw: str, lexicon: Lexicon) -> frozenset[str]:
    tokens = [token for token in known_tokens(raw) if token.low[0].isalnum()]
    content = [token for token in tokens if token.low not in lexicon.stop]
    strong = {
        lexicon.concept(token.low)
        for at, token in enumerate(tokens)
        if token in content
        and (
            any(c.isupper() for c in token.text[1:])
            or (at > 0 and token.text[0].isupper() and token.low not in lexicon.capability_verbs)
        )
    }
    if len(content) <= 3:
        strong |= {lexicon.concept(token.low) for token in content} | _compounded(known_tokens(raw), lexicon)
    if named_by_stop(raw, lexicon):
        strong |= {lexicon.concept(token.low) for token in tokens}
    return frozenset(strong)


def _interval(quantity: Quantity, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    half = (quantity.resolution or _D(0)) / 2
    if quantity.approx:
        least, most = low - abs(low) * APPROXIMATE, high + abs(high) * APPROXIMATE
    elif (
        low == high
        and quantity.written_low is not None
        and quantity.written_low != quantity.written_low.to_integral_value()
    ):
        least, most = low - half, high + half
    else:
        least, most = low, high
    if quantity.bound is Bound.AT_LEAST:
        most = _D("Infinity")
    elif quantity.bound is Bound.AT_MOST:
        least = min(_D(0), least)
    return least, most


def _truth(raw: str, quantity: Quantity) -> bool | None:
    if quantity.boolean is not None:
        return quantity.boolean
    if _NO.search(raw):
        return False
    if _YES.search(raw):
        return True
    return None
