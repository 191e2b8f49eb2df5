"""Typed claims: what a reader, the rules or a model, says that a phrase asserts. An executor decides; it never asks who proposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from flows.check.lexicon.model import Sign
from flows.check.pairs import Pair
from flows.check.period import Period
from flows.check.stated import Stated
from schemas.checking import Label
from schemas.record import record


class Form(StrEnum):
    ABSOLUTE = "absolute"
    COMPARISON = "comparison"
    RATIO = "ratio"
    PERCENT = "percent"
    DIFFERENCE = "difference"
    RANK = "rank"
    SAME = "same"
    ONLY = "only"
    CAPABILITY = "capability"
    DATE = "date"
    AGE = "age"
    COUNT = "count"
    AGGREGATE = "aggregate"
    UNSUPPORTED = "unsupported"
    UNCOVERED = "uncovered"


@record
class Choice:
    """A set of entities that a slot may mean; every member must satisfy the claim. Lower cost = nearer."""

    entities: tuple[int, ...]
    cost: float
    why: str

    def at(self, cost: float) -> Choice:
        """The same, nearer or farther."""
        return Choice(self.entities, cost, self.why)


#: Why a metric is meant that a figure takes over from the figures before it.
CARRIED = "the figure before"


@record
class MetricChoice:
    """`flip`: the word's sign is turned for this metric ("newer" is a later date and a smaller age)."""

    metric: int
    cost: float
    why: str
    flip: bool = False

    def at(self, cost: float, why: str = "") -> MetricChoice:
        """The same, nearer or farther, for the same reason or another."""
        return MetricChoice(self.metric, cost, why or self.why, self.flip)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a stated value follows from cells of one entity: `times` and `part` a factor that the text sets, `sum` and `step` of
    two metrics of one unit, `per` one metric through another, `apart` a gap to somebody else's cell, `fill` how many of the entity hold an amount. `metrics`: what the words around speak of, for the second cell.
    """

    kind: Literal["times", "part", "sum", "step", "per", "apart", "fill"]
    factor: Decimal = Decimal(1)
    #: The canonical unit of the factor, where it has one of its own.
    unit: str | None = None
    metrics: frozenset[int] = frozenset()


@dataclass(slots=True)
class TypedClaim:
    """One assertion. `start`..`end` is its smallest phrase, `clause` the clause around it.

    `sign`: on which side of the comparand the subject is said to lie. `positive` is False under negation. `rank` is 1 for
    a superlative, -1 for "last"; `scope` the stated number of entities ("of the four"). `words`: concepts that a
    capability names. `fixed`: a label that needs no execution (a number without a form, an assertion beyond the facts).
    """

    form: Form
    start: int
    end: int
    subjects: tuple[Choice, ...] = ()
    comparands: tuple[Choice, ...] = ()
    metrics: tuple[MetricChoice, ...] = ()
    stated: Stated | None = None
    #: Other readings of the number: with the unit of the number before it, where its own is left out.
    also: tuple[Stated, ...] = ()
    sign: Sign | None = None
    positive: bool = True
    rank: int = 0
    scope: int | None = None
    #: How two values relate in a percent: of, less, more, faster, slower, any.
    relation: str = ""
    words: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()
    clause: tuple[int, int] | None = None
    suspect: tuple[int, int] | None = None
    #: Words of the facts' contexts on the subject's side of a gap, and on the comparand's.
    here: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    #: A gap between two contexts of one cell ("than its fp32 run").
    across: bool = False
    fixed: Label | None = None
    reason: str = ""
    #: The facts that a fixed label rests on, and the one line that shows how.
    facts: tuple[str, ...] = ()
    shown: str = ""
    #: A weak link (carried subject without a pronoun): a cell somewhat further away may still carry the claim.
    lenient: bool = False
    #: How the pieces of an order claim are qualified: slightly, much, dramatically, same.
    degree: str = ""
    #: Which items of the sentence the claim covers.
    items: tuple[int, int] = (0, 0)
    reader: str = "rules"
    notes: list[str] = field(default_factory=list)
    #: The page's date, for ages.
    today: date | None = None
    #: The days that a stated date may mean; `degree` then holds its hedge.
    period: Period | None = None
    #: Two figures of the text itself, where the claim is the gap between them.
    operands: tuple[Stated, ...] = ()
    #: Two figures that are stated as one, with what they may be of.
    pair: Pair | None = None
    #: Index of the other metric of the same entity ("faster on the A14 than on the EPYC").
    against_metrics: tuple[MetricChoice, ...] = ()
    #: The other side is the column that holds the earlier or the usual values of the metric.
    since: bool = False
    #: "gets slower", "slows down by 1 %": may speak of one entity in two metrics of one unit.
    change: bool = False
    #: No metric is named ("tops the table"): must hold for every metric with a better side, else it cannot be decided.
    vague: bool = False
    #: "four with X", "two of the three offer Y", "most have Z": how many entities may satisfy the claim.
    count: range | None = None
    #: Other readings that the words around license, tried in order where this one does not hold.
    readings: tuple[TypedClaim, ...] = ()
    #: How the value may follow from cells of one entity; asked only where no cell has it.
    derivations: Callable[[], tuple[Derivation, ...]] | None = None
    #: "everyone else", "all of them": who has no fact takes no part.
    unnamed: bool = False
    #: "the only one": nobody else may satisfy the claim, apart from `besides`.
    exclusive: bool = False
    #: "not the only one": somebody else must satisfy the claim, too, apart from `besides`.
    not_alone: bool = False
    besides: tuple[int, ...] = ()
    #: "in every test": must hold for every metric that it can speak of.
    universal: bool = False
    #: The words may as well speak of something else: what speaks against it does not count.
    tentative: bool = False
    #: Those of a capability's words that are written like names, and whether other words of the phrase say more of it.
    proper: frozenset[str] = frozenset()
    qualified: bool = False
    #: "Rust and C++" of two things: may be one each.
    shared: bool = False
    #: A capability said to be there without further work (built in, included, by default).
    builtin: bool = False
