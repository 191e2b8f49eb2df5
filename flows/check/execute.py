"""Execute: what the cells of one combination make of a typed claim, form by form.

Nothing here chooses cells or looks at the text: it hands them to the arithmetic of the claim's form. What it yields besides each
outcome is how much farther that reading of the combination is than the links themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from flows.check import aggregates, arithmetic, contexts, dating, ordering
from flows.check.absolute import absolute, verbatim
from flows.check.capability import Said, all_have
from flows.check.lexicon.model import OPPOSITE
from flows.check.outcome import ABSENT, C, Outcome, S, U, denied, every
from flows.check.ranking import rank
from flows.check.sheet import Cell, Compiled
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.record import record

#: How much farther an order among the members of one whole is than one among all.
TEAM = 0.3
#: "a fifth of the cold start": how much farther that of the thing compared before is than its own.
_FORMER = 0.3

_Found = Iterable[tuple[Outcome, float]]


@record
class _Combination:
    """One choice of whose cells, of which metric, against whose."""

    subject: Choice
    comparand: Choice | None
    metric: int
    compiled: Compiled

    def cells(self, entity: int) -> tuple[Cell, ...]:
        return self.compiled.cells.get((entity, self.metric), ())

    def valued(self, entity: int) -> bool:
        """Whether one of the cells holds a value that can be set against another."""
        return any(cell.low is not None or cell.high is not None for cell in self.cells(entity))


def execute(
    claim: TypedClaim, subject: Choice, comparand: Choice | None, metric: MetricChoice, compiled: Compiled
) -> _Found:
    """The outcomes of a claim in one combination, the nearest reading first; none where the form asks for something it does not state."""
    run = _BY_FORM.get(claim.form)
    if run is None or (claim.stated is None and not compiled.metrics[metric.metric].ordered):
        # What a text holds besides has no order of its own: "the best plan" is not the one with the longest trial.
        return ()
    if metric.flip and claim.sign is not None:
        claim = replace(claim, sign=OPPOSITE[claim.sign])
    return run(claim, _Combination(subject, comparand, metric.metric, compiled))


# Forms of one cell


def _value(claim: TypedClaim, at: _Combination) -> _Found:
    if claim.period is not None:
        return _date(claim, at)
    stated, subject = claim.stated, at.subject
    if stated is None:
        return ()
    readings = (stated, *claim.also) if claim.positive else (stated,)
    entities = subject.entities
    if claim.unnamed:
        entities = tuple(filter(at.cells, entities)) or entities
    return ((_truth(claim)(entities, lambda entity: _absolute(readings, at.cells(entity))), 0.0),)


def _date(claim: TypedClaim, at: _Combination) -> _Found:
    said, when = claim.period, Hedge(claim.degree) if claim.degree else Hedge.PLAIN
    if said is None:
        return ()
    return _each(_truth(claim), at, lambda cell: dating.dated(said, when, cell))


def _age(claim: TypedClaim, at: _Combination) -> _Found:
    stated, today = claim.stated, claim.today
    if stated is None or today is None:
        return ()
    return _each(_truth(claim), at, lambda cell: dating.age(stated, cell, today))


def _capability(claim: TypedClaim, at: _Combination) -> _Found:
    if claim.relation == "verbatim":
        return _each(every, at, lambda cell: verbatim(claim.words[0], cell))
    said = Said(claim.words, claim.proper, claim.positive, claim.builtin, claim.qualified, claim.shared)
    return ((all_have(at.subject.entities, at.metric, said, at.compiled), 0.0),)


def _truth(claim: TypedClaim) -> Callable[[Iterable[int], Callable[[int], Outcome]], Outcome]:
    return every if claim.positive else denied


def _each(
    truth: Callable[[Iterable[int], Callable[[int], Outcome]], Outcome],
    at: _Combination,
    test: Callable[[Cell], Outcome],
) -> _Found:
    """Every subject, by whichever of its facts fits best."""
    return ((truth(at.subject.entities, lambda entity: any_of(map(test, at.cells(entity)))), 0.0),)


# Forms of a set


def _aggregate(claim: TypedClaim, at: _Combination) -> _Found:
    if claim.stated is None:
        return ()
    entities = at.subject.entities
    if claim.unnamed:
        entities = tuple(filter(at.cells, entities)) or entities
    if claim.relation in aggregates.ENDS:
        # The range of a metric takes in every condition that it was measured under.
        firsts: list[Cell | None] = [cell for entity in entities for cell in at.cells(entity)]
    else:
        firsts = [next(iter(at.cells(entity)), None) for entity in entities]
    return ((aggregates.aggregate(firsts, claim.stated, claim.relation, positive=claim.positive), 0.0),)


def _rank(claim: TypedClaim, at: _Combination) -> Iterator[tuple[Outcome, float]]:
    if claim.sign is None:
        return
    subject, compiled = at.subject, at.compiled
    fields: list[tuple[tuple[int, ...] | None, float]] = [(at.comparand.entities if at.comparand else None, 0.0)]
    own = compiled.part_of.get(subject.entities[0])
    if at.comparand is None and own is not None:
        # "the most passes, 61": of everybody, or of his team.
        fields.append((compiled.fellows[own], TEAM))
    for among, farther in fields:
        outcome = rank(
            subject.entities,
            compiled.metrics[at.metric],
            claim.sign,
            claim.rank,
            compiled,
            among=among,
            positive=claim.positive,
            shared=claim.relation == "shared",
            degree=claim.degree,
        )
        yield outcome, farther


# Forms of two cells


def _two(claim: TypedClaim, at: _Combination) -> Iterator[tuple[Outcome, float]]:
    """A claim that sets two cells against each other: two of one entity, or one of each side."""
    subject, comparand, metric, compiled = at.subject, at.comparand, at.metric, at.compiled
    if claim.since:
        for then in compiled.before.get(metric, ()):
            yield every(subject.entities, between_metrics(claim, metric, then, compiled)), 0.0
        return
    for other in claim.against_metrics:
        if other.metric != metric and compiled.metrics[other.metric].unit == compiled.metrics[metric].unit:
            yield every(subject.entities, between_metrics(claim, metric, other.metric, compiled)), other.cost
    if comparand is not None:
        yield _against(claim, at, comparand), _FORMER if claim.against_metrics else 0.0
    elif not claim.against_metrics:
        yield from _among_themselves(claim, at)


def _among_themselves(claim: TypedClaim, at: _Combination) -> _Found:
    """ "Both are alike", "the two are 5 ms apart"."""
    entities = at.subject.entities
    if claim.form is Form.SAME and len(entities) > 1:
        head = entities[0]
        return ((every(entities[1:], lambda entity: _pair(claim, head, entity, at)), 0.0),)
    if claim.form in (Form.DIFFERENCE, Form.PERCENT) and len(entities) == 2:
        return ((_pair(claim, entities[0], entities[1], at), 0.0),)
    return ()


def _against(claim: TypedClaim, at: _Combination, comparand: Choice) -> Outcome:
    subject, compiled = at.subject, at.compiled
    if claim.stated is not None and claim.stated.hedge is Hedge.UP_TO and len(subject.entities) > 1:
        # "up to 18x": the largest of the set.
        outcomes = [_pair(claim, a, b, at) for a in subject.entities for b in comparand.entities if a != b]
        best = next((outcome for outcome in outcomes if outcome.label is S), None)
        return best if best is not None else (outcomes[0] if outcomes else ABSENT)
    pairs = [(a, b) for a in subject.entities for b in compiled.rivals(a, comparand.entities) if a != b]
    if _rest(subject, comparand, compiled) or _rest(comparand, subject, compiled):
        # Of all the others those take part that have a value: "N/A" is none.
        pairs = [pair for pair in pairs if at.valued(pair[0]) and at.valued(pair[1])] or pairs[:1]
    return every(range(len(pairs)), lambda k: _pair(claim, *pairs[k], at))


def _rest(one: Choice, other: Choice, compiled: Compiled) -> bool:
    """Whether `one` is everybody but `other`: a set that no name of the text stands for."""
    size = len(one.entities)
    return size + len(other.entities) == compiled.entity_count and (
        size > 2 or (size > 1 and one.why in ("all others", "nobody else"))
    )


_BY_FORM: dict[Form, Callable[[TypedClaim, _Combination], _Found]] = {
    Form.ABSOLUTE: _value,
    Form.DATE: _value,
    Form.AGE: _age,
    Form.CAPABILITY: _capability,
    Form.AGGREGATE: _aggregate,
    Form.RANK: _rank,
    Form.COMPARISON: _two,
    Form.RATIO: _two,
    Form.PERCENT: _two,
    Form.DIFFERENCE: _two,
    Form.SAME: _two,
}


# Cells, several of which may stand in one place


def between_metrics(claim: TypedClaim, one: int, other: int, compiled: Compiled) -> Callable[[int], Outcome]:
    """The claim about one entity, between two of its metrics."""
    return lambda entity: _cells_of(claim, compiled.cell(entity, one), compiled.cell(entity, other), compiled, one)


def _pair(claim: TypedClaim, one: int, other: int, at: _Combination) -> Outcome:
    """Two entities in one metric; a figure between them may be taken in any context that both have a fact for."""
    compiled, metric = at.compiled, at.metric
    if claim.stated is not None and (claim.here or claim.there) and len(compiled.columns[metric]) > 1:
        found = contexts.pairs(
            compiled.cell_in_all(one, metric), compiled.cell_in_all(other, metric), claim.here, claim.there
        )
        return any_of(in_cells(claim, x, y, compiled, x.metric) for x, y in found)
    return _cells_of(claim, compiled.cell(one, metric), compiled.cell(other, metric), compiled, metric)


def _cells_of(
    claim: TypedClaim, one: tuple[Cell, ...], other: tuple[Cell, ...], compiled: Compiled, metric: int
) -> Outcome:
    if not one or not other:
        return ABSENT
    if claim.stated is None or len(one) + len(other) <= 2:
        return in_cells(claim, one[0], other[0], compiled, metric)
    found = contexts.pairs(one, other, claim.here, claim.there)
    return any_of(in_cells(claim, x, y, compiled, metric) for x, y in found)


def in_cells(claim: TypedClaim, a: Cell, b: Cell, compiled: Compiled, metric: int) -> Outcome:
    """A claim of two cells, in just these two."""
    card, stated, positive = compiled.metrics[metric], claim.stated, claim.positive
    if card.is_date and claim.form is Form.SAME and claim.relation in ("year", "month"):
        return dating.same(a, b, claim.relation, positive=positive)
    if card.is_date and claim.form is Form.DIFFERENCE and stated is not None:
        return dating.difference(a, b, stated, claim.sign, positive=positive)
    if claim.form is Form.SAME:
        return ordering.same(a, b, positive=positive, exact=claim.relation == "exact")
    if claim.form is Form.COMPARISON:
        if claim.sign is None:
            return ABSENT
        return ordering.order(a, b, claim.sign, card, positive=positive, degree=claim.degree)
    if stated is None:
        return ABSENT
    if claim.form is Form.RATIO:
        return arithmetic.ratio(a, b, stated, claim.sign, claim.relation, card, positive=positive)
    if claim.form is Form.PERCENT:
        return arithmetic.percent(a, b, stated, claim.sign, claim.relation, card, positive=positive)
    return arithmetic.difference(a, b, stated, claim.sign, card, positive=positive)


def _absolute(readings: tuple[Stated, ...], cells: tuple[Cell, ...]) -> Outcome:
    """Whether some fact of a cell has one of the stated values."""
    if len(readings) == 1 == len(cells):
        return absolute(readings[0], cells[0])
    return any_of(absolute(reading, cell) for cell in cells for reading in readings)


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Several facts of one cell (contexts, versions): any match supports."""
    found = list(outcomes)
    if len(found) == 1:
        return found[0]
    for label in (S, U, C):
        for outcome in found:
            if outcome.label is label and not outcome.absent:
                return outcome
    return found[0] if found else ABSENT
