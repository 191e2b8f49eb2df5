"""The fact sheet as a text is read against it: cells, metrics with their words and classes, names. Made by `compiling`, once for many texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from flows.check.earlier import earlier_columns, is_place, is_usual, years_of
from flows.check.graded import Graded
from flows.check.lexicon import Lexicon
from flows.check.names import NameIndex
from flows.check.pairs import held_metrics, opposed_metrics, periods, short_names
from flows.check.unions import Unions
from flows.check.wholes import part_of, total_of
from flows.check.wording import Wording
from flows.quantities.units import is_currency, lookup
from schemas.catalogue import MetricKind
from schemas.checking import CheckCase, CheckMetric
from schemas.quantity import Bound, Quantity

#: The last digit of "8:35" where it counts hours.
_AN_HOUR_PART = Decimal(60)


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
    def ordered(self) -> bool:
        """Whether things are put in order by it: not by figures that stand within cells of another kind."""
        return not self.hidden or self.metric.id.endswith("#count")

    @cached_property
    def is_date(self) -> bool:
        return self.metric.kind is MetricKind.DATE or self.unit == "year-date"

    def of_one_unit(self, other: MetricCard) -> bool:
        """Whether a gap between two metrics makes sense: counts of passengers and of cars have no unit in common."""
        return self.unit == other.unit and (self.unit not in (None, "1") or self.metric.unit == other.metric.unit)

    def goes_with(self, other: MetricCard) -> bool:
        """Whether one thing may be set against itself in the two: "the price with ads" and "the price without", not two columns of bytes."""
        return self.of_one_unit(other) and not self.weights.keys().isdisjoint(other.weights)

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
    #: Those of the strong words that some cell affirms, and the value words that stand in every cell of the metric.
    affirmed_words: tuple[frozenset[str], ...] = field(default=())
    common_words: tuple[frozenset[str], ...] = field(default=())
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
    #: What rows have in common, as rows of sums behind the entities.
    unions: Unions = field(default_factory=Unions)

    @cached_property
    def part_of(self) -> Mapping[int, int]:
        """Member -> the whole that it is part of: player, team."""
        return part_of(self.case) or total_of(self.metrics, self.cells, self.entity_count)

    @cached_property
    def total(self) -> int | None:
        """The row that is the sum of all others, where there is one."""
        return (
            next(iter(self.fellows)) if len(self.fellows) == 1 and len(self.part_of) == self.entity_count - 1 else None
        )

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
        if entity >= self.entity_count:
            kind = self.unions.all[entity - self.entity_count].metric
            return tuple(union.number for union in self.unions.all if union.metric == kind)
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
    def before(self) -> Mapping[int, tuple[int, ...]]:
        """Metric -> the columns that hold its earlier or usual values; see `earlier`."""
        return earlier_columns(self.metrics)

    @cached_property
    def then(self) -> Mapping[int, int]:
        """Column of earlier values -> the metric that it is of."""
        return {then: now for now, thens in self.before.items() for then in thens}

    @cached_property
    def usual(self) -> frozenset[int]:
        """Those columns of `then` that hold what is usual, not what was."""
        return frozenset(then for then in self.then if is_usual(self.metrics[then]))

    @cached_property
    def placed(self) -> frozenset[int]:
        """The metrics with an earlier column that hold places in an order."""
        return frozenset(now for now in self.before if is_place(self.metrics[now]))

    @cached_property
    def past_years(self) -> frozenset[int]:
        """The years of the columns of earlier values."""
        return years_of(self.metrics, self.then)

    @cached_property
    def own_years(self) -> frozenset[int]:
        """The years of the columns that have an earlier one, and are none."""
        return years_of(self.metrics, self.before.keys() - self.then.keys()) - self.past_years

    @cached_property
    def below_zero(self) -> frozenset[int]:
        """The metrics of shares and of money of which some cell is less than nothing: gains and losses."""
        return frozenset(
            cell.metric
            for cells in self.cells.values()
            for cell in cells
            if cell.low is not None
            and cell.low < 0
            and cell.unit is not None
            and (cell.unit == "percent" or ((unit := lookup(cell.unit)) is not None and is_currency(unit)))
        )

    @cached_property
    def two_parts(self) -> str:
        """What the first number of "33:12" counts, where cells are written so: "min", "h", or nothing."""
        clocks = Counter(
            "h" if cell.quantity.resolution == _AN_HOUR_PART else "min"
            for cells in self.cells.values()
            for cell in cells
            if cell.unit == "s" and ":" in cell.raw
        )
        return clocks.most_common(1)[0][0] if clocks else ""

    @cached_property
    def weights_of(self) -> Mapping[str, tuple[tuple[int, float], ...]]:
        """Concept -> the metrics whose names have it, each with how much the word says that it is meant."""
        return {
            concept: tuple((metric, self.metrics[metric].weights[concept]) for metric in metrics)
            for concept, metrics in self.by_concept.items()
        }

    @cached_property
    def read_words(self) -> dict[str, tuple[str, str, Graded | None]]:
        """What each word met so far is to this sheet: kind of item, concept, degree; kept by `lines.read_line`."""
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
    def plain(self) -> frozenset[int]:
        """The metrics that another one's name names but for its number; see `MetricCard.plainer`."""
        return frozenset(number for card in self.metrics for number, _ in card.plainer)

    @cached_property
    def phrases_of(self) -> Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]]:
        """The first word of each name of a metric -> the metric and the whole name."""
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        for card in self.metrics:
            for phrase in card.phrases:
                found[phrase[0]].append((card.number, phrase))
        return {word: tuple(phrases) for word, phrases in found.items()}

    @cached_property
    def economies(self) -> frozenset[int]:
        """The metrics that say how far a thing goes on what it burns: the more it uses, the lower they are."""
        return frozenset(card.number for card in self.metrics if card.sign > 0 and "efficiency" in card.classes)

    @cached_property
    def beside_numbers(self) -> Mapping[str, frozenset[str]]:
        """Number in the name of a metric -> the words next to it there: of "objects allocated: 10 fields" the fields."""
        found: dict[str, set[str]] = defaultdict(set)
        for card in self.metrics:
            for phrase in card.phrases:
                for at, concept in enumerate(phrase):
                    if concept[:1].isdigit():
                        # Two behind it: of "64 kB payload" the payload, not only the unit.
                        found[concept].update(phrase[max(0, at - 1) : at], phrase[at + 1 : at + 3])
        return {number: frozenset(words) for number, words in found.items()}

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

    @cached_property
    def grammar_names(self) -> frozenset[str]:
        """Concepts of the cells that are one word of grammar, or one letter, written like a name: "Go", "C"."""
        return frozenset(
            concept
            for concept, cells in self.by_value.items()
            for cell in cells
            if len(cell.order) == 1
            and cell.raw.strip()[:1].isupper()
            and (len(concept) == 1 or cell.order[0] in self.lexicon.stop)
        )

    def cell(self, entity: int, metric: int) -> tuple[Cell, ...]:
        return self.cells.get((entity, metric), ())

    def cell_in_all(self, entity: int, metric: int) -> tuple[Cell, ...]:
        """The facts of one entity under every condition of a metric."""
        return tuple(cell for column in self.columns[metric] for cell in self.cell(entity, column))


def today_of(case: CheckCase, given: date | None) -> date | None:
    """The page's date: the caller's, else the case's; None when there is none (the checker has no clock)."""
    return given or case.date
