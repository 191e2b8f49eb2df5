"""Scene: what the forms know about one sentence: who is mentioned in which role, and what came before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flows.check.items import Line
from schemas.record import record

SUBJECT, COMPARAND, OWNER, TOPIC = "subject", "comparand", "owner", "topic"


@dataclass(slots=True)
class Mention:
    """A name, pronoun or set at one place.

    `how`: name, part, pronoun, both, all, neither, other, which, list, count, described, nobody (a bound is denied of all
    others), noone (an order is; `otherwise` is who it is said of).
    """

    at: int
    entities: tuple[int, ...]
    role: str
    possessive: bool
    how: str
    #: What a pronoun may mean instead, with less reason.
    otherwise: tuple[int, ...] = ()
    #: "three of them", "most of them": how many of the entities are meant, without saying which.
    count: range | None = None
    #: Who is excepted: "all but X".
    but: tuple[int, ...] = ()


@record
class Figure:
    """A stated value at an item, and whose cell of which metric it is."""

    at: int
    metric: int
    entities: tuple[int, ...]


@record
class Doubt:
    """A clause that no form has read, by its first and last item: its traits, and how likely it goes beyond the facts (log odds)."""

    first: int
    last: int
    traits: frozenset[str]
    score: float


@dataclass(slots=True)
class Scene:
    """What the forms know about one sentence: its items, mentions in order, and what came before."""

    line: Line
    mentions: list[Mention]
    by_at: dict[int, Mention]
    #: Entities carried from before: the last subject, the header's, the previous sentence's others.
    carried: tuple[int, ...]
    #: The other subject of the sentence before, when it had two.
    carried_too: tuple[int, ...]
    topic: tuple[int, ...]
    before: tuple[int, ...]
    previous: Scene | None
    question: Scene | None
    #: Metrics linked by claims of this sentence, in order of position: (item index, metric).
    linked: list[tuple[int, int]] = field(default_factory=list)
    #: Items that claims speak for, and those that an idiom covers ("most of").
    claimed: set[int] = field(default_factory=set)
    idle: set[int] = field(default_factory=set)
    #: Items of figures that do not hold: their clause is flagged.
    failed: set[int] = field(default_factory=set)
    #: The values stated so far, each with the cell that it was held against.
    figures: list[Figure] = field(default_factory=list)
    #: The clauses that no form has read.
    doubts: list[Doubt] = field(default_factory=list)
    #: Comparands of this sentence's claims, for "that" and bare comparatives.
    comparand: tuple[int, ...] = ()
    last_metric: int | None = None
    occurrences: dict[str, list[int]] | None = None
    #: Of these the words of metric names, with what each says of which metric.
    telling: tuple[tuple[str, list[int], tuple[tuple[int, float], ...]], ...] | None = None
    #: What header, question and the sentence before say of which metric, and where names of metrics stand as a whole.
    around: tuple[tuple[str, tuple[tuple[int, str, float], ...]], ...] | None = None
    phrases: dict[int, list[tuple[int, int]]] | None = None
    #: Places of counted subjects whose number a claim has taken.
    counted: set[int] = field(default_factory=set)
    extra: dict[str, object] = field(default_factory=dict)
    concept: Callable[[str], str] = str

    def subject_before(self, at: int) -> Mention | None:
        """The nearest mention before item `at` that is a subject, topic or possessor of its clause."""
        for mention in reversed(self.mentions):
            if mention.at < at and mention.role in (SUBJECT, TOPIC):
                return mention
        return None

    def subject_after(self, at: int) -> Mention | None:
        for mention in self.mentions:
            if mention.at > at and mention.role in (SUBJECT, TOPIC):
                return mention
        return None
