"""Sentences about one metric: how two values, or one, are put into words. Figures are always references."""

from __future__ import annotations

import re

from flows.draft.builtin import english
from flows.draft.builtin.choice import Choice
from flows.draft.builtin.content import LARGE, Content, Point, PointKind
from schemas.catalogue import Direction, Entity, Metric, MetricKind
from schemas.drafts import Sentence
from schemas.facts import Fact
from schemas.quantity import Kind

#: Verbs that say nothing of the metric: the noun has to stand beside them.
_PALE = frozenset(
    {"has", "is", "takes", "needs", "uses", "counts", "costs", "gets", "offers", "lists", "reaches", "holds"}
)
_PLAIN_YEAR = re.compile(r"\d{4}(?:-\d{2})?|[A-Z][a-z]+ \d{4}")


#: A unit that is a word, not a sign: "columns", "hours".
_WORD = re.compile(r"[a-z]{4,}")


class Voice:
    """Words for the points of one page. `choice` varies them; names and values come from the sheet."""

    def __init__(self, content: Content, choice: Choice) -> None:
        self.content = content
        self.choice = choice
        one, other = content.sheet.entities
        self.one, self.other_one = one.id, other.id
        self._names = {one.id: one.name, other.id: other.name}
        self._short = {one.id: short_name(one, other), other.id: short_name(other, one)}
        #: Whether long names are shortened: not where the page introduces its two sides.
        self.brief = False
        self._units = [metric.unit for metric in content.sheet.metrics if metric.kind is MetricKind.QUANTITY]

    # Names and references

    @property
    def names(self) -> tuple[str, str]:
        """What the two sides are called, in the order of the page."""
        return self.name(self.one), self.name(self.other_one)

    def name(self, entity: str) -> str:
        return self._short[entity] if self.brief else self._names[entity]

    def full_name(self, entity: str) -> str:
        return self._names[entity]

    def their(self, entity: str) -> str:
        return english.possessive(self.name(entity))

    def rival(self, entity: str) -> str:
        """The id of the other entity."""
        return self.other_one if entity == self.one else self.one

    def noun(self, point: Point | Metric) -> str:
        """What the metric is called, without an article: "startup time", "code formatter"."""
        return english.bare(english.noun_of(point.metric if isinstance(point, Point) else point))

    def thing(self, point: Point | Metric) -> str:
        """The noun of a capability with the article it takes: "a code formatter", "offline downloads"."""
        metric = point.metric if isinstance(point, Point) else point
        noun = english.noun_of(metric)
        return noun if english.is_plural(noun) or english.is_mass(noun) else english.article(noun)

    def argument(self, point: Point) -> str:
        """What the better side has to offer: "startup time", "a code formatter", "the lack of a server process"."""
        if point.kind is PointKind.CAPABILITY and point.winner is not None and point.winner != point.larger:
            return f"the lack of {self.thing(point)}"
        return self.thing(point) if point.kind is PointKind.CAPABILITY else self.noun(point)

    def fact(self, entity: str, metric: Metric) -> Fact:
        return self.content.facts[entity, metric.id]

    def ref(self, entity: str, metric: Metric) -> str:
        return f"{{{{ {entity}.{metric.id} }}}}"

    def sentence(self, text: str) -> Sentence:
        return Sentence(text=english.sentence(text, (*self._names.values(), *self._short.values())))

    # One side

    def verb(self, entity: str, metric: Metric) -> str | None:
        """The metric's verb with its preposition set for the value: "was first released in 2018"."""
        verb = metric.wording.verb
        fact = self.fact(entity, metric)
        if verb and verb.endswith(" on") and _PLAIN_YEAR.fullmatch(fact.display or ""):
            return f"{verb[:-3]} in"
        return verb

    def tells(self, metric: Metric) -> bool:
        """Whether verb and value alone say which metric is meant, to a reader and to the checker."""
        verb = metric.wording.verb
        if not verb or metric.kind is MetricKind.BOOLEAN:
            return False
        shown = [fact.display or "" for (_, name), fact in self.content.facts.items() if name == metric.id]
        if metric.kind is MetricKind.QUANTITY and any(text.strip("~+").replace(",", "").isdigit() for text in shown):
            return False  # a bare count says nothing of what is counted
        return self.alone_in_unit(metric) or (verb not in _PALE and akin(verb, self.noun(metric)))

    def alone_in_unit(self, metric: Metric) -> bool:
        """Whether no other metric of the page has the unit, so that a figure alone says what it measures."""
        return self._units.count(metric.unit) == 1

    def states(self, entity: str, metric: Metric, family: str, subject: str | None = None) -> str:
        """A clause about one side: "Flask handles {{ ... }}", "its throughput is {{ ... }}"."""
        fact = self.fact(entity, metric)
        quantity = fact.quantity
        noun = self.noun(metric)
        name = subject or self.name(entity)
        whose = "its" if subject == "it" else english.possessive(name)
        if quantity is not None and quantity.kind is Kind.BOOLEAN:
            return self.capability(entity, metric, name)
        value = self.value(entity, metric)
        verb = self.verb(entity, metric)
        return self.choice.pick(
            f"states.{family}",
            [
                f"{name} {verb} {value}" if verb and self.tells(metric) else None,
                f"{whose} {noun} {english.verb_for(noun)} {value}"
                if not (verb and self.counts(entity, metric))
                else None,
                f"{name} {verb} {value}" if verb and not self.tells(metric) and self.counts(entity, metric) else None,
            ],
        )

    def value(self, entity: str, metric: Metric) -> str:
        """The reference, in quotation marks where it prints words rather than a figure."""
        fact = self.fact(entity, metric)
        words = fact.quantity is not None and fact.quantity.kind is Kind.TEXT
        return f"“{self.ref(entity, metric)}”" if words else self.ref(entity, metric)

    def amount(self, entity: str, metric: Metric) -> str:
        """The figure as a noun phrase: "a startup time of {{ ... }}", or bare where its unit names it: "4 streams"."""
        value, noun = self.ref(entity, metric), self.noun(metric)
        if self.counts(entity, metric):
            return value
        return f"{noun if english.is_plural(noun) else english.article(noun)} of {value}"

    def has(self, entity: str, metric: Metric) -> bool:
        """Whether the entity has the capability: its cell says yes, or says in words what it has."""
        quantity = self.fact(entity, metric).quantity
        return quantity is not None and quantity.boolean is not False

    def capability(self, entity: str, metric: Metric, subject: str | None = None) -> str:
        """ "FastAPI has automatic API docs", "Flask has no automatic API docs"; without a subject in a list.

        The verb of a boolean metric is the whole predicate ("comes with Python").
        """
        thing, noun = self.thing(metric), self.noun(metric)
        name = self.name(entity) if subject is None else subject
        quantity = self.fact(entity, metric).quantity
        predicate = self.predicate(metric)
        if quantity is not None and quantity.kind is Kind.TEXT:
            value = self.value(entity, metric)
            return f"{name} has {thing}: {value}" if name else f"{noun}: {value}"
        if self.has(entity, metric):
            return f"{name} {predicate or f'has {thing}'}".strip()
        if predicate:
            return f"{name} does not {english.infinitive(predicate)}".strip()
        return f"{name} has no {noun}" if name else f"no {noun}"

    def predicate(self, metric: Metric) -> str | None:
        """What a yes says of its entity: "comes with Python"; None where the noun with "has" says it."""
        return metric.wording.verb if metric.kind is MetricKind.BOOLEAN else None

    def plural(self, verb: str) -> str:
        """The verb for two subjects: "have", "come with"."""
        return "are" + verb[2:] if verb == "is" or verb.startswith("is ") else english.infinitive(verb)

    # Both sides, in one word

    def equal(self, point: Point) -> bool:
        """Whether both sides print the same value."""
        return self.fact(self.one, point.metric).display == self.fact(self.other_one, point.metric).display

    def counts(self, entity: str, metric: Metric) -> bool:
        """Whether the printed value repeats the noun ("68,000 stars" for "GitHub stars") and no other metric counts the
        same: noun and value would clash, and the value says it all."""
        if not self.alone_in_unit(metric):
            return False
        unit = (self.fact(entity, metric).display or "").split(" ")[-1].lower().rstrip("s")
        return len(unit) > 2 and unit in self.noun(metric).lower()

    def spelled(self, metric: Metric) -> bool:
        """Whether both values print their unit as one word, such as "1,600 columns": twice in a sentence, it drags."""
        units = {(self.fact(one, metric).display or "").rpartition(" ")[2] for one in (self.one, self.other_one)}
        return len(units) == 1 and bool(_WORD.fullmatch(units.pop()))

    def order(self, point: Point, entity: str) -> str | None:
        """ "higher" or "lower": how `entity`'s value lies to the other; None where the two cannot be told apart."""
        if point.larger is None or (point.winner is None and point.metric.direction is not Direction.NEUTRAL):
            return None
        return "higher" if point.larger == entity else "lower"

    # Conditions

    def if_you(self, point: Point) -> str:
        """What completes "if ...": the metric's own condition, or that the metric counts."""
        matters = point.metric.wording.matters
        noun = self.noun(point)
        if matters:
            return f"you {matters}"
        return self.choice.pick(
            "if_you",
            [
                f"{noun} {english.verb_for(noun)} what you care about",
                f"you care about {noun}",
                f"{noun} {english.verb_for(noun, 'comes', 'come')} first for you",
            ],
        )

    def is_wide(self, point: Point) -> bool:
        """Whether the gap is large enough to decide by itself."""
        return (point.ratio or 0) >= LARGE


def akin(verb: str, noun: str) -> bool:
    """Whether verb and noun share a stem, so that the verb says the noun: "starts in" and "startup time"."""
    stems = {word[:4].lower() for word in re.findall(r"[^\W\d_]{4,}", noun)}
    return any(word[:4].lower() in stems for word in re.findall(r"[^\W\d_]{4,}", verb))


def short_name(entity: Entity, other: Entity) -> str:
    """The shortest alias that is a part of a long name ("Model 3") and no part of what the other side is called."""
    if len(entity.name.split()) < 3:
        return entity.name
    taken = " ".join((other.name, *other.aliases)).lower()
    parts = [
        alias
        for alias in entity.aliases
        if f" {alias} " in f" {entity.name} " and len(alias) >= 3 and alias.lower() not in taken
    ]
    return min(parts, key=len, default=entity.name)
