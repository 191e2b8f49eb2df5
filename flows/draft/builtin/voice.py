"""Sentences about one metric: how two values, or one, are put into words. Figures are always references."""

from __future__ import annotations

import re

from flows.draft.builtin import english
from flows.draft.builtin.choice import Choice
from flows.draft.builtin.content import LARGE, Content, Point, PointKind
from schemas.catalogue import Direction, Metric, MetricKind
from schemas.drafts import Sentence
from schemas.facts import Fact
from schemas.quantity import Kind

#: Verbs that say nothing of the metric: the noun has to stand beside them.
_PALE = frozenset(
    {"has", "is", "takes", "needs", "uses", "counts", "costs", "gets", "offers", "lists", "reaches", "holds"}
)
#: From this ratio on, the ratio itself is worth printing.
_WORTH_A_RATIO = 1.5
_PLAIN_YEAR = re.compile(r"\d{4}(?:-\d{2})?|[A-Z][a-z]+ \d{4}")


class Voice:
    """Words for the points of one page. `choice` varies them; names and values come from the sheet."""

    def __init__(self, content: Content, choice: Choice) -> None:
        self.content = content
        self.choice = choice
        one, other = content.sheet.entities
        self.one, self.other_one = one.id, other.id
        self._names = {one.id: one.name, other.id: other.name}
        self._units = [metric.unit for metric in content.sheet.metrics if metric.kind is MetricKind.QUANTITY]

    # Names and references

    def name(self, entity: str) -> str:
        return self._names[entity]

    def their(self, entity: str) -> str:
        return english.possessive(self._names[entity])

    def rival(self, entity: str) -> str:
        """The id of the other entity."""
        return self.other_one if entity == self.one else self.one

    def noun(self, point: Point | Metric) -> str:
        return english.noun_of(point.metric if isinstance(point, Point) else point)

    def fact(self, entity: str, metric: Metric) -> Fact:
        return self.content.facts[entity, metric.id]

    def ref(self, entity: str, metric: Metric) -> str:
        return f"{{{{ {entity}.{metric.id} }}}}"

    def sentence(self, text: str) -> Sentence:
        return Sentence(text=english.sentence(text, tuple(self._names.values())))

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
        return verb not in _PALE or self._units.count(metric.unit) == 1

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
                f"{whose} {noun} {english.verb_for(noun)} {value}",
            ],
        )

    def value(self, entity: str, metric: Metric) -> str:
        """The reference, in quotation marks where it prints words rather than a figure."""
        fact = self.fact(entity, metric)
        words = fact.quantity is not None and fact.quantity.kind is Kind.TEXT
        return f"“{self.ref(entity, metric)}”" if words else self.ref(entity, metric)

    def capability(self, entity: str, metric: Metric, subject: str | None = None) -> str:
        """ "FastAPI has automatic API docs", "Flask has no automatic API docs"."""
        quantity = self.fact(entity, metric).quantity
        yes = quantity is not None and quantity.boolean is True
        verb = metric.wording.verb or "has"
        name = subject or self.name(entity)
        noun = self.noun(metric)
        if yes:
            return f"{name} {verb} {noun}"
        return f"{name} has no {noun}" if verb == "has" else f"{name} does not {_infinitive(verb)} {noun}"

    # Two sides

    def pair(self, point: Point, family: str, lead: str | None = None) -> str:
        """Both values in one sentence, `lead` first (the better side unless told)."""
        first = lead or point.winner or point.larger or self.one
        second = self.rival(first)
        match point.kind:
            case PointKind.CAPABILITY:
                return self._pair_of_answers(point, family)
            case PointKind.DIFFERENCE:
                return self._pair_of_words(point, family, first, second)
            case PointKind.DATE:
                return self._pair_of_dates(point, family, first, second)
            case PointKind.NUMBER:
                return self._pair_of_figures(point, family, first, second)

    def ratio(self, point: Point) -> str | None:
        """ "Flask's throughput is {{ throughput.ratio }} FastAPI's"; None where the ratio is small or not firm."""
        reference = f"{point.metric.id}.ratio"
        if reference not in self.content.references or point.larger is None or (point.ratio or 0) < _WORTH_A_RATIO:
            return None
        small = self.rival(point.larger)
        noun = self.noun(point)
        be = english.verb_for(noun)
        return f"{self.their(point.larger)} {noun} {be} {{{{ {reference} }}}} {self.their(small)}"

    def _pair_of_figures(self, point: Point, family: str, first: str, second: str) -> str:
        metric, noun = point.metric, self.noun(point)
        a, b = self.name(first), self.name(second)
        x, y = self.ref(first, metric), self.ref(second, metric)
        be = english.verb_for(noun)
        verb = metric.wording.verb if self.tells(metric) else None
        better, worse = metric.wording.better, metric.wording.worse
        wins = point.winner == first
        loses = point.winner == second
        level = self.verb_of_order(point, first)
        ratio = self.ratio(point)
        return self.choice.pick(
            f"figures.{family}",
            [
                f"{a} {verb} {x}, against {y} for {b}" if verb else None,
                f"{a} {verb} {x}; {b} {verb} {y}" if verb else None,
                f"{a} is {better}: its {noun} {be} {x}, against {y} for {b}" if wins and better else None,
                f"{a} is {better} than {b}, with {english.article(noun) if not english.is_plural(noun) and _countable(noun) else noun} of {x} against {y}"
                if wins and better
                else None,
                f"{b} is {worse}: {y}, where {a} {verb} {x}" if wins and worse and verb else None,
                f"{a} is {worse}: {x}, where {b} {verb} {y}" if loses and worse and verb else None,
                f"{self.their(first)} {noun} {be} {x}, {self.their(second)} {y}",
                f"{noun} {be} {x} for {a} and {y} for {b}",
                f"{ratio}: {self.ref(point.larger or first, metric)} against {self.ref(self.rival(point.larger or first), metric)}"
                if ratio
                else None,
                f"with {x} against {y}, {a} has the {level} {noun}" if level else None,
                f"{a} {verb} {x} where {b} {verb} {y}" if verb else None,
            ],
        )

    def verb_of_order(self, point: Point, entity: str) -> str | None:
        """ "higher" or "lower": how `entity`'s value lies to the other; None where the two cannot be told apart."""
        if point.larger is None or (point.winner is None and point.metric.direction is not Direction.NEUTRAL):
            return None
        return "higher" if point.larger == entity else "lower"

    def _pair_of_dates(self, point: Point, family: str, first: str, second: str) -> str:
        metric, noun = point.metric, self.noun(point)
        a, b = self.name(first), self.name(second)
        x, y = self.ref(first, metric), self.ref(second, metric)
        verb, same = self.verb(first, metric), self.verb(second, metric)
        return self.choice.pick(
            f"dates.{family}",
            [
                f"{a} {verb} {x} and {b} {same} {y}" if verb else None,
                f"{self.their(first)} {noun} dates from {x}, {self.their(second)} from {y}",
                f"{a} {verb} {x}, {b} on {y}" if verb and verb.endswith(" on") and same == verb else None,
                f"{noun}: {x} for {a}, {y} for {b}",
            ],
        )

    def _pair_of_answers(self, point: Point, family: str) -> str:
        has = point.larger or self.one
        lacks = self.rival(has)
        a, b, noun = self.name(has), self.name(lacks), self.noun(point)
        verb = point.metric.wording.verb or "has"
        return self.choice.pick(
            f"answers.{family}",
            [
                f"{a} {verb} {noun}, {b} does not",
                f"{self.capability(has, point.metric)}; {self.capability(lacks, point.metric)}",
                f"unlike {b}, {a} {verb} {noun}",
                f"{a} {verb} {noun}, which {b} lacks",
            ],
        )

    def _pair_of_words(self, point: Point, family: str, first: str, second: str) -> str:
        metric, noun = point.metric, self.noun(point)
        a, b = self.name(first), self.name(second)
        answers = [self.fact(e, metric).quantity for e in (first, second)]
        if any(q is not None and q.kind is Kind.BOOLEAN for q in answers):
            return " and ".join(self._word(entity, metric) for entity in (first, second))
        x, y = self.value(first, metric), self.value(second, metric)
        verb = metric.wording.verb
        return self.choice.pick(
            f"words.{family}",
            [
                f"{a} {verb} {self.ref(first, metric)}, {b} {verb} {self.ref(second, metric)}" if verb else None,
                f"{noun}: {x} for {a}, {y} for {b}",
                f"on {noun}, {a} says {x} and {b} {y}",
                f"{self.their(first)} {noun} {english.verb_for(noun)} {x}, {self.their(second)} {y}",
                f"{noun} {english.verb_for(noun)} {x} for {a} and {y} for {b}",
            ],
        )

    def _word(self, entity: str, metric: Metric) -> str:
        quantity = self.fact(entity, metric).quantity
        if quantity is not None and quantity.kind is Kind.BOOLEAN:
            return self.capability(entity, metric)
        noun = self.noun(metric)
        return f"{self.their(entity)} {noun} {english.verb_for(noun)} {self.value(entity, metric)}"

    # Conditions

    def if_you(self, point: Point) -> str:
        """What completes "if ...": the metric's own condition, or that the metric counts."""
        matters = point.metric.wording.matters
        noun = self.noun(point)
        return f"you {matters}" if matters else f"{noun} {english.verb_for(noun)} what you care about"

    def is_wide(self, point: Point) -> bool:
        return (point.ratio or 0) >= LARGE


def _infinitive(verb: str) -> str:
    """ "supports" -> "support", "comes with" -> "come with", "is" -> "be"."""
    head, space, rest = verb.partition(" ")
    irregular = {"is": "be", "has": "have", "does": "do"}
    if head in irregular:
        return irregular[head] + space + rest
    if head.endswith(("sses", "shes", "ches", "xes", "zes")):
        return head[:-2] + space + rest
    if head.endswith("ies"):
        return head[:-3] + "y" + space + rest
    return (head[:-1] if head.endswith("s") else head) + space + rest


_MASS = frozenset(
    {
        "throughput",
        "memory",
        "storage",
        "latency",
        "bandwidth",
        "power",
        "weight",
        "performance",
        "capacity",
        "range",
        "torque",
    }
)


def _countable(noun: str) -> bool:
    """Whether the noun takes an article: "a startup time", but "throughput"."""
    head = noun.split(" of ")[0].split(" ")[-1].lower()
    return head not in _MASS - {"range", "weight", "capacity", "latency"}
