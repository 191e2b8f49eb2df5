"""The fact sheet made ready for checking, once for many texts: cells, metrics with their words and classes, names."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from flows.check.conditions import apart, metric_of
from flows.check.graded import Graded
from flows.check.inside import revealed, within
from flows.check.lexicon import STANDARD, Lexicon
from flows.check.lexicon.assertions import DIMENSION_NOUNS, UNIT_NOUNS
from flows.check.lexicon.model import measures
from flows.check.names import NameIndex
from flows.check.pairs import held_metrics, opposed_metrics, periods, short_names
from flows.check.twins import twins, two_measures
from flows.check.wholes import part_of
from flows.check.wording import Wording, read_wording
from flows.check.words import known_tokens, stem
from flows.quantities import find_quantities, parse_cell
from flows.quantities.units import is_currency, lookup, same_dimension
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckFact, CheckMetric
from schemas.quantity import Bound, Kind, Quantity

_D = Decimal
APPROXIMATE = _D("0.10")
#: Two unconditioned facts of one cell further apart than this are in conflict.
CONFLICT = _D("0.05")
_UNIT_WORDS = re.compile(r"[(\[]\s*([^)\]]{1,30})\s*[)\]]")
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "sixteen": "16", "twenty": "20", "thirty": "30", "fifty": "50", "hundred": "100", "first": "1st", "second": "2nd", "third": "3rd",
    "single": "1", "dual": "2", "quad": "4",
}  # fmt: skip
_NO = re.compile(
    r"^\s*(?:no|none|not|n/?a|false|never|without|unsupported|unavailable|absent|lacks?|❌|✗|✘|✕|×|🟥)(?![\w-])"
    r"|\bnot (?:supported|available|included|possible|provided|offered|implemented|built)\b|\bunsupported\b",
    re.I,
)
_YES = re.compile(r"^\s*(?:yes|true|✓|✔|✅|☑|🟩|full|included|built[- ]in|native|supported|available)(?![\w-])", re.I)
_ABSENT = re.compile(r"^\s*(?:[-–—?]|\.\.\.|unknown|tbd|tba)?\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact, read. `low`..`high` as displayed, in canonical `unit`; `least`..`most` the interval of true values."""

    fact: str
    entity: int
    metric: int
    raw: str
    quantity: Quantity
    disputed: bool
    context: str | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    #: True "has", False "has not", None neither.
    truth: bool | None = None
    #: Concepts of the words of the cell, and every number inside a text cell.
    concepts: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    numbers: tuple[Quantity, ...] = ()
    #: Concepts that stand in a negated part of a text cell ("data sharing is not supported").
    denied: frozenset[str] = frozenset()
    #: Concepts that are proper terms there, or the whole of a short cell: their absence elsewhere means something.
    strong: frozenset[str] = frozenset()
    #: Concepts of the words of its context.
    where: frozenset[str] = frozenset()

    @property
    def numeric(self) -> bool:
        return self.low is not None

    @property
    def open_above(self) -> bool:
        return self.quantity.bound is Bound.AT_LEAST


@dataclass(frozen=True)
class MetricCard:
    """A metric with what prose may call it. `weights`: concept -> how much a word of it says that this metric is meant."""

    number: int
    metric: CheckMetric
    unit: str | None
    numeric: bool
    weights: Mapping[str, float]
    phrases: tuple[tuple[str, ...], ...]
    classes: frozenset[str]
    sign: int
    #: The numbers inside the cells of a textual metric.
    numbers: tuple[Quantity, ...] = ()
    #: The units of its numeric cells, where they are not all written in one.
    units: frozenset[str] = frozenset()
    #: The sizes of the units that its cells write: 0.001 for "20 ms".
    sizes: frozenset[Decimal] = frozenset()
    #: A value derived from another metric ("relative to X"): other metrics are preferred for arithmetic.
    derived: bool = False
    #: A column of figures that stand within cells of another kind.
    hidden: bool = False
    #: Where each of its names has a number ("Insert 100 rows"): the metrics, by number, that the rest of a name already names.
    plainer: tuple[tuple[int, tuple[str, ...]], ...] = ()

    @cached_property
    def is_date(self) -> bool:
        return self.metric.kind is MetricKind.DATE or self.unit == "year-date"

    @cached_property
    def fits(self) -> dict[str | None, float | None]:
        """How badly each unit met so far fits; kept by `fitting.unit_fit`."""
        return {}


@dataclass(frozen=True)
class Compiled:
    """A case ready for any number of texts. Immutable after `compile_case`."""

    case: CheckCase
    lexicon: Lexicon
    names: NameIndex
    metrics: tuple[MetricCard, ...]
    cells: Mapping[tuple[int, int], tuple[Cell, ...]]
    by_concept: Mapping[str, tuple[int, ...]]
    #: Class of measure (weight, price, noise) -> the metrics of that class, for graded words.
    by_class: Mapping[str, tuple[int, ...]]
    #: Concepts of value words -> cells that hold them, for words that not every cell of the metric has.
    by_value: Mapping[str, tuple[Cell, ...]]
    #: Every concept that a fact, metric or name mentions.
    vocabulary: frozenset[str]
    entity_count: int
    class_nouns: frozenset[str]
    entity_names: tuple[str, ...] = field(default=())
    name_tokens: tuple[frozenset[str], ...] = field(default=())
    #: Concept -> {textual metric: how much the word, in its name or its values, says that it is meant}.
    text_words: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    value_words: tuple[frozenset[str], ...] = field(default=())
    #: Figures of contexts and metric names, with their unit: they describe how something was measured.
    conditions: frozenset[tuple[str, str]] = field(default=frozenset())
    strong_words: tuple[frozenset[str], ...] = field(default=())
    #: The words of the cells of each metric as they are written, in lower case.
    spelling: tuple[frozenset[str], ...] = field(default=())
    #: Abbreviations in capitals in names and cells, in lower case.
    initials: frozenset[str] = frozenset()
    #: The vocabulary with the words of contexts and units, and the first five letters of each longer concept.
    accounted: frozenset[str] = frozenset()
    #: Names of metrics and texts of cells that prose may repeat as they stand.
    wording: Wording = field(default_factory=Wording)
    #: Concepts that tell the facts of one cell apart: "cpu", "50" (tabs).
    context_words: frozenset[str] = frozenset()
    #: For each metric the columns of its conditions.
    columns: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def part_of(self) -> Mapping[int, int]:
        """Member -> the whole that it is part of: player, team."""
        return part_of(self.case)

    @cached_property
    def fellows(self) -> Mapping[int, tuple[int, ...]]:
        """Whole -> its members."""
        found: dict[int, tuple[int, ...]] = {}
        for member, whole in self.part_of.items():
            found[whole] = (*found.get(whole, ()), member)
        return found

    def peers(self, entity: int) -> tuple[int, ...]:
        """The entities that this one is ranked among: players among players, teams among teams."""
        everyone = range(self.entity_count)
        if not self.part_of:
            return tuple(everyone)
        whole = entity in self.fellows
        return tuple(other for other in everyone if (other in self.fellows) is whole)

    def apart(self, ones: tuple[int, ...], others: tuple[int, ...]) -> bool:
        """Whether one side is a whole and the other its members: "For the Herons, Adair had 22" lists nobody."""
        fellows = self.fellows if self.part_of else {}
        return any(one in fellows for one in ones) is not any(other in fellows for other in others)

    def rivals(self, entity: int, named: tuple[int, ...]) -> tuple[int, ...]:
        """Whom a thing is measured against where these are named: against its own whole means against its fellows."""
        if not self.part_of:
            return named
        if self.part_of.get(entity) in named and len(named) == 1:
            return self.fellows[named[0]]
        peers = set(self.peers(entity))
        return tuple(other for other in named if other in peers) or named

    @cached_property
    def weights_of(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        """Concept -> the metrics whose names have it, each with how much the word says that it is meant."""
        return {
            concept: tuple((metric, self.metrics[metric].weights[concept]) for metric in metrics)
            for concept, metrics in self.by_concept.items()
        }

    @cached_property
    def read_words(self) -> dict[str, tuple[str, str, Graded | None]]:
        """What each word met so far is to this sheet: kind of item, concept, degree; kept by `items.read_line`."""
        return {}

    @cached_property
    def fitting(self) -> dict[str | None, tuple[tuple[MetricCard, float], ...]]:
        """The metrics that a value in each unit met so far can be of, with how badly it fits; kept by `fitting.fitting`."""
        return {}

    @cached_property
    def any_metric(self) -> tuple[tuple[MetricCard, float], ...]:
        """Every metric, in the form of `fitting`."""
        return tuple((card, 0.0) for card in self.metrics)

    @cached_property
    def any_date(self) -> tuple[tuple[MetricCard, float], ...]:
        """Every metric of dates, in the form of `fitting`."""
        return tuple((card, 0.0) for card in self.metrics if card.is_date)

    @cached_property
    def phrases_of(self) -> Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        """The first word of each name of a metric -> the metric and the whole name."""
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        for card in self.metrics:
            for phrase in card.phrases:
                found[phrase[0]].append((card.number, phrase))
        return {word: tuple(phrases) for word, phrases in found.items()}

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """What the accounted words begin with, from three letters on."""
        return frozenset(word[:size] for word in self.accounted for size in range(3, len(word) + 1))

    @cached_property
    def numeric_classes(self) -> frozenset[str]:
        """The classes of measure that some metric with figures has."""
        return frozenset(name for card in self.metrics if card.numeric for name in card.classes)

    @cached_property
    def by_fact(self) -> Mapping[str, Cell]:
        """The first cell of each fact, by its id."""
        found: dict[str, Cell] = {}
        for cells in self.cells.values():
            for cell in cells:
                found.setdefault(cell.fact, cell)
        return found

    @cached_property
    def held_metrics(self) -> tuple[int, ...]:
        """See `pairs.held_metrics`, and so for the next three: asked for only by texts that state pairs of figures."""
        return held_metrics(self)

    @cached_property
    def opposed_metrics(self) -> tuple[tuple[int, int], ...]:
        return opposed_metrics(self)

    @cached_property
    def periods(self) -> tuple[tuple[int, ...], ...]:
        return periods(self)

    @cached_property
    def short_names(self) -> Mapping[int, frozenset[str]]:
        return short_names(self)

    @cached_property
    def has_dates(self) -> bool:
        return any(card.is_date for card in self.metrics)

    def cell(self, entity: int, metric: int) -> tuple[Cell, ...]:
        return self.cells.get((entity, metric), ())

    def cell_in_all(self, entity: int, metric: int) -> tuple[Cell, ...]:
        """The facts of one entity under every condition of a metric."""
        return tuple(cell for column in self.columns[metric] for cell in self.cell(entity, column))


def compile_case(case: CheckCase, lexicon: Lexicon = STANDARD) -> Compiled:
    """Reads every fact once. Facts that name an unknown entity or metric are left out: nothing can lean on them."""
    case = revealed(apart(case))
    entity_at = {entity.id: number for number, entity in enumerate(case.entities)}
    metric_at = {metric.id: number for number, metric in enumerate(case.metrics)}
    cells = _cells(case.facts, entity_at, metric_at, case.metrics, lexicon)
    cards = _cards(case.metrics, cells, lexicon)
    by_concept: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        for concept in card.weights:
            by_concept[concept].append(card.number)
    by_class: dict[str, list[int]] = defaultdict(list)
    for card in cards:
        for name in card.classes:
            by_class[name].append(card.number)
    by_value = _values(cells)
    metric_stems = {
        stem(token.low)
        for metric in case.metrics
        for name in (metric.name, *metric.aliases)
        for token in known_tokens(_own_words(name))
    }
    value_stems = {concept for cell in cells for concept in cell.concepts}
    names = NameIndex(case.entities, metric_stems, lexicon)
    name_words = {
        lexicon.concept(token.low)
        for entity in case.entities
        for name in (entity.name, *entity.aliases)
        for token in known_tokens(name)
    }
    value_words, strong_words = _value_words(cells, cards)
    columns = _columns(case.metrics)
    grouped: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        grouped[cell.entity, cell.metric].append(cell)
    return Compiled(
        case=case,
        lexicon=lexicon,
        names=names,
        metrics=cards,
        cells=_apart(
            case.metrics,
            cards,
            {key: _settled(tuple(found)) for key, found in grouped.items()},
            len(case.entities),
            lexicon,
        ),
        by_concept={concept: tuple(found) for concept, found in by_concept.items()},
        by_class={name: tuple(found) for name, found in by_class.items()},
        by_value=by_value,
        vocabulary=frozenset(by_concept) | value_stems | name_words,
        accounted=_accounted(case, frozenset(by_concept) | value_stems | name_words, lexicon),
        entity_count=len(case.entities),
        class_nouns=lexicon.class_nouns,
        entity_names=tuple(entity.name for entity in case.entities),
        text_words=_text_words(cards, value_words, strong_words, lexicon),
        value_words=value_words,
        conditions=_conditions(case),
        strong_words=strong_words,
        spelling=_spelling(cells, len(cards)),
        initials=_initials(case, cells),
        wording=read_wording(case),
        columns=columns,
        context_words=_telling(cells, columns),
        name_tokens=tuple(
            frozenset(token.low for name in (entity.name, *entity.aliases) for token in known_tokens(name[:200]))
            for entity in case.entities
        ),
    )


def _telling(cells: Iterable[Cell], columns: Sequence[tuple[int, ...]]) -> frozenset[str]:
    groups: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.entity, columns[cell.metric][0]].append(cell)
    words: set[str] = set()
    for found in groups.values():
        if len(found) > 1:
            words |= frozenset.union(*(cell.where for cell in found))
            words -= frozenset.intersection(*(cell.where for cell in found))
    return frozenset(words)


def _columns(metrics: Sequence[CheckMetric]) -> tuple[tuple[int, ...], ...]:
    """For each metric the columns of its conditions, itself included."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, metric in enumerate(metrics):
        groups[metric_of(metric.id)].append(number)
    return tuple(tuple(groups[metric_of(metric.id)]) for metric in metrics)


def _accounted(case: CheckCase, vocabulary: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    """What prose may name because some fact does, loosely: "config" meets "configuration" by its first five letters."""
    loose = [
        *(fact.context or "" for fact in case.facts),
        *(metric.unit or "" for metric in case.metrics),
        *(metric.name for metric in case.metrics),
    ]
    concepts = vocabulary | {lexicon.concept(token.low) for text in loose for token in known_tokens(text[:200])}
    for unit in (metric.unit for metric in case.metrics if metric.unit):
        found = lookup(unit)
        nouns = DIMENSION_NOUNS.get(found.dimension if found is not None else "", frozenset()) | UNIT_NOUNS.get(
            unit.lower(), frozenset()
        )
        concepts |= {lexicon.concept(noun) for noun in nouns} | nouns
    return concepts | {concept[: 6 if len(concept) > 6 else 5] for concept in concepts if len(concept) >= 5}


def _own_words(name: str) -> str:
    """A metric's name without what it is relative to: "time vs. msgspec structs" speaks of time."""
    return _RELATIVE.split(name)[0] or name


_RELATIVE = re.compile(r"\b(?:vs\.?|versus|relative to|compared (?:to|with)|against)\s", re.I)


def number_concept(low: str) -> str:
    """ "ten" and "10" are one word in the name of a metric."""
    return _NUMBER_WORDS.get(low, low)


def _cells(
    facts: Iterable[CheckFact],
    entity_at: Mapping[str, int],
    metric_at: Mapping[str, int],
    metrics: Sequence[CheckMetric],
    lexicon: Lexicon,
) -> list[Cell]:
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
    for found in _UNIT_WORDS.finditer(metric.name):
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
    quantity = _parsed(_in_bytes(raw, card), _column_unit(card) if numeric_column else None)
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


#: Sheets of one category repeat cells ("Yes", "MIT") and share entities with all their facts.
_parsed = lru_cache(maxsize=4096)(parse_cell)


@lru_cache(maxsize=2048)
def _words_of(raw: str, lexicon: Lexicon) -> tuple[tuple[str, ...], frozenset[str]]:
    """The concepts of a cell's words in order, and those that say something."""
    words = [token.low for token in known_tokens(raw) if token.low[0].isalnum()]
    order = tuple(number_concept(word) if word[0].isdigit() else lexicon.concept(word) for word in words)
    return order, frozenset(concept for word, concept in zip(words, order, strict=True) if word not in lexicon.stop)


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
        strong |= {lexicon.concept(token.low) for token in content}
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


def _settled(found: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Facts of one cell and one context that disagree are in conflict: none of them may carry a claim."""
    if len(found) < 2:
        return found
    settled: list[Cell] = []
    for cell in found:
        rivals = [other for other in found if other is not cell and other.context == cell.context]
        if any(_conflict(cell, other) for other in rivals):
            settled.append(_disputed(cell))
        else:
            settled.append(cell)
    return tuple(settled)


def _apart(
    metrics: Sequence[CheckMetric],
    cards: Sequence[MetricCard],
    cells: dict[tuple[int, int], tuple[Cell, ...]],
    entities: int,
    lexicon: Lexicon,
) -> dict[tuple[int, int], tuple[Cell, ...]]:
    """`cells`, where what one entity has in metrics that are one measure under several names disagrees, disputed."""
    units = [card.unit if card.numeric else None for card in cards]
    for group in twins(metrics, units, lexicon.concept):
        for first, second in itertools.combinations(group, 2):
            if within(metrics[first].id, metrics[second].id):
                continue
            shared = [entity for entity in range(entities) if (entity, first) in cells and (entity, second) in cells]
            differ = [entity for entity in shared if _differ(cells[entity, first], cells[entity, second])]
            if not two_measures(len(shared), len(differ)):
                for key in itertools.product(differ, (first, second)):
                    cells[key] = tuple(map(_disputed, cells[key]))
    return cells


def _differ(found: Iterable[Cell], others: Sequence[Cell]) -> bool:
    return any(
        _conflict(one, other)
        for one in found
        for other in others
        if one.numeric or (one.truth is not None and other.truth is not None)
    )


def _disputed(cell: Cell) -> Cell:
    return replace(cell, disputed=True)


def _conflict(one: Cell, other: Cell) -> bool:
    if one.low is not None and other.low is not None and one.high is not None and other.high is not None:
        if one.unit != other.unit:
            return True
        largest = max(abs(one.high), abs(other.high))
        return largest > 0 and max(abs(one.low - other.low), abs(one.high - other.high)) / largest > CONFLICT
    if one.truth is not None and other.truth is not None:
        return one.truth is not other.truth
    return one.concepts != other.concepts and not (one.concepts <= other.concepts or other.concepts <= one.concepts)


@lru_cache(maxsize=1024)
def size_of(unit: str | None) -> Decimal | None:
    """The size of a written unit in the canonical one of its dimension; None for money and what is no unit."""
    found = lookup(unit.split("/")[0].split(" per ")[0].strip()) if unit else None
    return found.factor if found is not None and not is_currency(found) else None


def _cards(metrics: Sequence[CheckMetric], cells: Iterable[Cell], lexicon: Lexicon) -> tuple[MetricCard, ...]:
    units: dict[int, Counter[str]] = defaultdict(Counter)
    numeric: Counter[int] = Counter()
    written: dict[int, set[Decimal]] = defaultdict(set)
    total: Counter[int] = Counter()
    inside: dict[int, list[Quantity]] = defaultdict(list)
    for cell in cells:
        inside[cell.metric].extend(cell.numbers)
        total[cell.metric] += 1
        if cell.numeric:
            numeric[cell.metric] += 1
            units[cell.metric][cell.unit or "1"] += 1
            factor = size_of(cell.quantity.written_unit or metrics[cell.metric].unit)
            if factor is not None:
                written[cell.metric].add(factor)
    vocabulary = [_phrases(metric, lexicon) for metric in metrics]
    group = {number: units[number].most_common(1)[0][0] if units[number] else "" for number in range(len(metrics))}
    sizes = Counter(group.values())
    # How rare a word is among the metrics that a number could be confused with: those of one unit.
    spread: Counter[tuple[str, str]] = Counter(
        (group[number], concept)
        for number, phrases in enumerate(vocabulary)
        for concept in {c for phrase in phrases for c in phrase}
    )
    cards: list[MetricCard] = []
    for number, (metric, phrases) in enumerate(zip(metrics, vocabulary, strict=True)):
        size = sizes[group[number]]
        weights = {
            concept: math.log(1 + size / spread[group[number], concept]) / math.log(1 + size)
            for phrase in phrases
            for concept in phrase
        }
        for word in _unit_nouns(metric):
            weights.setdefault(lexicon.concept(word), 0.5)
        unit = units[number].most_common(1)[0][0] if units[number] else None
        cards.append(
            MetricCard(
                number=number,
                metric=metric,
                unit=unit,
                numeric=numeric[number] * 2 >= total[number] and numeric[number] > 0,
                weights=weights,
                phrases=phrases,
                classes=_classes(metric, unit, set(weights), lexicon),
                sign={Direction.HIGHER: 1, Direction.LOWER: -1, Direction.NEUTRAL: 0}[metric.direction],
                numbers=tuple(inside[number]),
                units=frozenset(units[number]) - {"1"},
                sizes=frozenset(written[number]),
                hidden="#" in metric.id,
                derived=unit == "ratio"
                and bool(
                    {"relative", "vs", "versus", "ratio", "normalized", "normalised"}
                    & {token.low for token in known_tokens(metric.name)}
                ),
            )
        )
    cards = [replace(card, plainer=plainer) if (plainer := _plainer(card, cards)) else card for card in cards]
    if any("price" in card.classes and card.unit not in (None, "1", "percent") for card in cards):
        # Where prices are stated in money, "the cheapest" does not speak of a price rise in percent.
        cards = [
            replace(card, classes=card.classes - {"price"}) if card.unit in (None, "1", "percent") else card
            for card in cards
        ]
    return tuple(cards)


def _plainer(card: MetricCard, cards: Sequence[MetricCard]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """ "Insert" beside "Insert 100 rows": what a text names in full when it leaves out the number of the other name."""
    if not card.phrases or not all(any(word[:1].isdigit() for word in phrase) for phrase in card.phrases):
        return ()
    return tuple(
        (other.number, phrase)
        for other in cards
        if other.unit == card.unit or (other.unit and card.unit and same_dimension(other.unit, card.unit))
        for phrase in other.phrases
        if any(set(phrase) < set(own) for own in card.phrases)
    )


def _phrases(metric: CheckMetric, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    return _phrases_of((metric.name, *metric.aliases), lexicon)


@lru_cache(maxsize=2048)
def _phrases_of(names: tuple[str, ...], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The concepts of each name of a metric, in order."""
    phrases: list[tuple[str, ...]] = []
    for name in names:
        plain = _UNIT_WORDS.sub(
            lambda found: "" if lookup(found.group(1)) is not None else found.group(), _own_words(name[:200])
        )
        phrase = tuple(
            number_concept(token.low.replace(",", "")) if token.low[0].isdigit() else lexicon.concept(token.low)
            for token in known_tokens(plain)
            if token.low[0].isalnum()
            and (token.low not in _WEAK_NAME_WORDS or (token.text.isupper() and len(token.text) > 1))
            and (len(token.low) > 1 or token.low.isdigit())
        )
        parts = (
            tuple(
                lexicon.concept(word.lower()) for word in _CAMEL.findall(plain) if word.lower() not in _WEAK_NAME_WORDS
            )
            if _HUMPS.search(plain)
            else ()
        )
        if parts and parts not in phrases:
            phrases.append(parts)
        if not phrase and (single := known_tokens(plain)):
            phrase = (single[0].low,)
        if phrase and phrase not in phrases:
            phrases.append(phrase)
    return tuple(phrases)


#: "StaticAll time": the words inside a joined name.
_HUMPS = re.compile(r"[a-z][A-Z]")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])|\d+")


def _unit_nouns(metric: CheckMetric) -> tuple[str, ...]:
    """The words of the column's unit that prose may use as a noun: "shots", "lines", "req"."""
    return tuple(
        token.low
        for token in known_tokens((metric.unit or "")[:40])
        if len(token.low) >= 3
        and token.low.isalpha()
        and token.low != "per"
        and (
            (unit := lookup(token.low)) is None
            or ((metric.unit or "").lower() == token.low and unit.dimension == "count")
        )
    )


_WEAK_NAME_WORDS = frozenset(
    {
        "up",
        "get",
        "use",
        "used",
        "'s",
        "a",
        "no",
        "it",
        "you",
        "can",
        "be",
        "do",
        "has",
        "have",
        "than",
        "out",
        "its",
        "of",
        "the",
        "an",
        "for",
        "in",
        "on",
        "per",
        "to",
        "and",
        "or",
        "with",
        "by",
        "at",
        "is",
        "from",
        "built",
    }
)


def _classes(metric: CheckMetric, unit: str | None, concepts: set[str], lexicon: Lexicon) -> frozenset[str]:
    """What kind of thing the metric measures, from its unit first and its words second."""
    known = measures(lexicon)
    classes = {name for concept in concepts if concept in known for name in known[concept]}
    lower = metric.direction is Direction.LOWER
    if unit == "percent" and lexicon.concept("compression") in concepts:
        classes.add("size")
    match unit:
        case "s" | "s/op" | "min" | "h":
            classes.add("time")
            classes.discard("price")
            if lower or (metric.direction is Direction.NEUTRAL and "battery" not in classes):
                classes.add("speed")
            elif metric.direction is Direction.HIGHER:
                classes.discard("speed")
        case "month" | "year":
            classes.add("time")
            classes.discard("date")
            if lexicon.concept("age") in concepts:
                classes = {"age"}
        case "byte" | "bit":
            classes |= {"memory" if "memory" in classes else "size"}
            classes.discard("speed")
        case "byte/s" | "bit/s" | "1/s" | "m/s":
            classes.add("speed")
            classes.discard("price")
        case "kg":
            classes = {"weight"}
        case "m":
            classes.add("length")
        case "W":
            classes.add("power")
        case "year-date":
            classes = {"date"}
        case "dB":
            classes.add("noise")
        case _:
            pass
    if unit not in (None, "year-date", "1"):
        classes.discard("date")
    measured = lookup(unit.split("/")[0]) if unit not in (None, "1", "percent") else None
    if measured is not None:
        if is_currency(measured):
            classes = {"price"}
        else:
            # A refresh rate or a charging power is no price, whatever its words may also mean.
            classes.discard("price")
    if metric.kind is MetricKind.DATE:
        classes = {"date"}
    return frozenset(classes)


def _value_words(
    cells: Sequence[Cell], cards: Sequence[MetricCard]
) -> tuple[tuple[frozenset[str], ...], tuple[frozenset[str], ...]]:
    known: list[set[str]] = [set() for _ in cards]
    strong: list[set[str]] = [set() for _ in cards]
    shared: list[Counter[str]] = [Counter() for _ in cards]
    sizes: Counter[int] = Counter()
    for cell in cells:
        if not cell.numeric:
            known[cell.metric] |= cell.concepts
            strong[cell.metric] |= cell.strong
            shared[cell.metric].update(cell.concepts)
            sizes[cell.metric] += 1
    for number in range(len(cards)):
        # A word of every cell tells nothing apart.
        if sizes[number] > 1:
            strong[number] -= {concept for concept, count in shared[number].items() if count == sizes[number]}
    return tuple(frozenset(words) for words in known), tuple(frozenset(words) for words in strong)


_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")


def _initials(case: CheckCase, cells: Sequence[Cell]) -> frozenset[str]:
    texts = [
        *(cell.raw for cell in cells if not cell.numeric),
        *(name for metric in case.metrics for name in (metric.name, *metric.aliases)),
    ]
    return frozenset(found.lower() for text in texts for found in _CAPITALS.findall(text))


def _spelling(cells: Sequence[Cell], count: int) -> tuple[frozenset[str], ...]:
    found: list[set[str]] = [set() for _ in range(count)]
    for cell in cells:
        if not cell.numeric:
            found[cell.metric].update(token.low for token in known_tokens(cell.raw[:400]))
    return tuple(frozenset(words) for words in found)


def _text_words(
    cards: Sequence[MetricCard], known: Sequence[frozenset[str]], strong: Sequence[frozenset[str]], lexicon: Lexicon
) -> dict[str, dict[int, float]]:
    table: dict[str, dict[int, float]] = defaultdict(dict)
    spread: Counter[str] = Counter(concept for words in known for concept in words)
    plain = {
        lexicon.concept(word)
        for word in (
            "built",
            "included",
            "available",
            "supported",
            "yes",
            "not",
            "none",
            "default",
            "optional",
            "required",
        )
    }
    for card in cards:
        if card.numeric or card.is_date:
            continue
        for concept, weight in card.weights.items():
            table[concept][card.number] = max(weight, 0.3)
        for concept in known[card.number]:
            if concept in plain:
                continue
            weight = (0.7 if concept in strong[card.number] else 0.3) / spread[concept] ** 0.5
            table[concept][card.number] = table[concept].get(card.number, 0.0) + (
                weight if concept not in card.weights else 0.1
            )
    return table


_PER_SO_MANY = re.compile(r"(?:/|\bper)\s?(\d{2,}(?:,\d{3})*)\b")


def _conditions(case: CheckCase) -> frozenset[tuple[str, str]]:
    texts = {fact.context for fact in case.facts if fact.context} | {
        name for metric in case.metrics for name in (metric.name, *metric.aliases)
    }
    # "$7/1000 loads": so many are what the price is for.
    so_many = {
        (number.replace(",", ""), "1") for fact in case.facts for number in _PER_SO_MANY.findall(fact.value or "")
    }
    return frozenset(so_many).union(*(_figures(text[:300]) for text in texts))


@lru_cache(maxsize=2048)
def _figures(text: str) -> frozenset[tuple[str, str]]:
    """The whole numbers of a name or a context, with their units."""
    return frozenset(
        (str(int(quantity.written_low)), quantity.unit or "1")
        for quantity in find_quantities(text)
        if quantity.written_low is not None
        and quantity.written_low == quantity.written_low.to_integral_value()
        and quantity.low == quantity.high
    )


def _values(cells: Sequence[Cell]) -> dict[str, tuple[Cell, ...]]:
    """Value words that tell cells apart: those that do not stand in every cell of their metric."""
    seen: dict[tuple[int, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if not cell.numeric:
            for concept in cell.concepts:
                seen[cell.metric, concept].append(cell)
    values: dict[str, list[Cell]] = defaultdict(list)
    for (_, concept), found in seen.items():
        values[concept].extend(found)
    return {concept: tuple(found) for concept, found in values.items()}


def today_of(case: CheckCase, given: date | None) -> date | None:
    """The page's date: the caller's, else the case's; None when there is none (the checker has no clock)."""
    return given or case.date
