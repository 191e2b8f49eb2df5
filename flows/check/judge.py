"""Judge: a typed claim with graded links goes in, a label with its evidence comes out.

Each combination of linked entities and metric is executed. Combinations within a band of the cheapest one carry the
claim; a value that holds only further away belongs to another cell, which is named, and the claim is contradicted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import NamedTuple

from flows.check import aggregates, contexts, dating, execute
from flows.check.capability import Said, all_have
from flows.check.derive import derived
from flows.check.execute import ABSENT, Outcome
from flows.check.lexicon.model import OPPOSITE
from flows.check.pairs import find, find_order
from flows.check.reread import reread
from flows.check.sheet import Cell, Compiled
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label

#: How much dearer than the best link a cell may be and still carry a value, and an order.
VALUE_BAND = 0.5
ORDER_BAND = 0.3
#: The same for what an affirmed order measures and is set against: an adjective alone names neither ("it is lighter").
READING_BAND = 0.5
WEAK_BAND = 0.6
#: How much farther an order among the members of one whole is than one among all.
TEAM = 0.3
#: Two metrics that a change runs between: "from idle to load" names both, and neither as strongly as one alone would be.
CHANGE_BAND = 1.5
_MAX_COMBINATIONS = 400
#: Forms that state a figure: a figure that fits is rarely chance.
_VALUES = frozenset(
    {Form.ABSOLUTE, Form.RATIO, Form.PERCENT, Form.DIFFERENCE, Form.DATE, Form.AGE, Form.COUNT, Form.AGGREGATE}
)
#: Forms that put things in order without a figure.
_ORDERS = frozenset({Form.RANK, Form.COMPARISON, Form.SAME})
#: Forms of which a denial turns the outcome round.
_DENIED = frozenset(
    {
        Form.COMPARISON,
        Form.RANK,
        Form.SAME,
        Form.RATIO,
        Form.PERCENT,
        Form.DIFFERENCE,
        Form.ABSOLUTE,
        Form.DATE,
        Form.AGE,
    }
)


_BY_COST = attrgetter("cost")
#: Before Python 3.12 an attribute of an enum is looked up ten times as slowly as a name of the module.
_SUPPORTED, _CONTRADICTED = Label.SUPPORTED, Label.CONTRADICTED


class Verdict(NamedTuple):
    """`metric` and `entities`: the cells that decided. `runner_up`: the fact that the number would fit elsewhere."""

    label: Label
    evidence: tuple[str, ...] = ()
    computation: str = ""
    reason: str = ""
    right: str | None = None
    runner_up: str | None = None
    metric: int | None = None
    entities: tuple[int, ...] = ()
    comparands: tuple[int, ...] = ()


class _Tried(NamedTuple):
    cost: float
    outcome: Outcome
    metric: int
    entities: tuple[int, ...]
    comparands: tuple[int, ...]


def judge(claim: TypedClaim, compiled: Compiled) -> Verdict:
    """The verdict on one claim. Never looks at the text."""
    verdict = _judge(claim, compiled)
    if verdict.label is _SUPPORTED:
        return verdict
    for reading in claim.readings:
        if claim.form is Form.CAPABILITY and (claim.count is not None or claim.exclusive):
            # How many have it, and that nobody else does, is said of every reading.
            reading = replace(
                reading, subjects=claim.subjects, count=claim.count, exclusive=claim.exclusive, besides=claim.besides
            )
        other = _judge(reading, compiled)
        if other.label is Label.SUPPORTED:
            return other
    asked = claim.derivations() if claim.derivations is not None else ()
    found = derived(claim, asked, compiled)
    if found is not None:
        outcome, metric, entities = found
        return Verdict(outcome.label, outcome.evidence, outcome.computation, metric=metric, entities=entities)
    if claim.fixed is None and verdict.runner_up is None and verdict.reason != execute.DISPUTED:
        again = reread(claim, asked, compiled)
        if again is not None:
            outcome = again.outcome
            return Verdict(
                outcome.label,
                outcome.evidence,
                outcome.computation,
                metric=again.metric,
                entities=again.entities,
                comparands=again.comparands,
            )
    return verdict


def holding(claim: TypedClaim, compiled: Compiled, band: float) -> dict[int, Verdict]:
    """The metrics other than the best linked one in which the claim holds, the nearest first, `band` at most beyond that one."""
    tried = sorted(_try_all(claim, compiled), key=_BY_COST)
    found: dict[int, Verdict] = {}
    for entry in tried:
        if entry.cost > tried[0].cost + band:
            break
        if entry.outcome.label is _SUPPORTED and entry.metric not in (tried[0].metric, *found):
            found[entry.metric] = _verdict(entry)
    return found


def _judge(claim: TypedClaim, compiled: Compiled) -> Verdict:
    if claim.fixed is not None:
        return Verdict(claim.fixed, claim.facts, claim.shown, reason=claim.reason)
    if claim.operands:
        return _arithmetic(claim)
    if claim.pair is not None:
        found = (find_order if claim.form is Form.COMPARISON else find)(claim.pair, compiled)
        label = {True: Label.SUPPORTED, False: Label.CONTRADICTED, None: Label.UNVERIFIABLE}[found.fits]
        reason = "" if found.fits else claim.reason
        return Verdict(label, found.evidence, found.computation, reason, metric=found.metric, entities=found.entities)
    if claim.count is not None:
        return _count(claim, compiled)
    tried = sorted(_tried(claim, compiled), key=_BY_COST)
    if not tried:
        return Verdict(Label.UNVERIFIABLE, reason=claim.reason or "no fact is about this")
    verdict = _decide(claim, tried)
    if verdict.label is _CONTRADICTED and verdict.runner_up is None and claim.form is Form.ABSOLUTE:
        elsewhere = _elsewhere(claim, compiled)
        if elsewhere is not None:
            verdict = verdict._replace(runner_up=elsewhere, reason=f"the value belongs to another cell ({elsewhere})")
    if verdict.label is _SUPPORTED and verdict.metric is not None:
        if claim.exclusive:
            return _alone(claim, verdict, tried, compiled)
        if claim.not_alone and _exclusive(claim, verdict, compiled).label is Label.SUPPORTED:
            return verdict._replace(label=Label.CONTRADICTED, reason="nobody else does")
    return verdict


def _tried(claim: TypedClaim, compiled: Compiled) -> Iterator[_Tried]:
    """The combinations from the cheapest on, until the claim is decided: what lies beyond the band changes nothing."""
    whole = claim.universal or claim.vague or claim.exclusive
    deciding = _deciding(claim)
    widest = READING_BAND if _read_widely(claim) else _band(claim)
    first: _Tried | None = None
    best: float | None = None
    present = False
    for entry in _try_all(claim, compiled):
        best = entry.cost if best is None else min(best, entry.cost)
        first = entry if first is None or entry.cost < first.cost else first
        if not whole and present and entry.cost > best + widest:
            return
        yield entry
        present = present or not entry.outcome.absent
        if not whole and entry.outcome.label is deciding and _near(claim, entry, first):
            return


def _deciding(claim: TypedClaim) -> Label:
    """The label that one near combination is enough for: what would carry the claim itself speaks against its denial.

    "Not the smallest" is true of nearly every other metric, so a denial holds only where nothing near carries what it denies.
    """
    return _SUPPORTED if claim.positive or claim.form not in _DENIED else _CONTRADICTED


def _band(claim: TypedClaim) -> float:
    if claim.form not in _VALUES:
        return ORDER_BAND
    return WEAK_BAND if claim.lenient else VALUE_BAND


def _read_widely(claim: TypedClaim) -> bool:
    """An order that is affirmed; what is denied of one metric holds of nearly every other."""
    return claim.positive and claim.form in _ORDERS


def _near(claim: TypedClaim, entry: _Tried, first: _Tried) -> bool:
    """Whether a combination is near enough to the cheapest one, `first`, to carry the claim.

    Who an order is about stays strict where the sentence says it: only the metric and the comparand are open then.
    """
    wide = _read_widely(claim) and (claim.lenient or entry.entities == first.entities)
    return entry.cost <= first.cost + (READING_BAND if wide else _band(claim))


def _arithmetic(claim: TypedClaim) -> Verdict:
    """A gap between the two figures before it: the figures themselves are claims of their own."""
    stated = claim.stated
    if stated is None:
        return Verdict(Label.UNVERIFIABLE)
    outcome = execute.gap(claim.operands[0], claim.operands[1], stated, claim.form, claim.relation)
    return Verdict(outcome.label, outcome.evidence, outcome.computation, outcome.reason, outcome.right)


def _elsewhere(claim: TypedClaim, compiled: Compiled) -> str | None:
    """The fact, of whatever entity, that has the stated value."""
    stated = claim.stated
    if stated is None:
        return None
    for metric in claim.metrics[:12]:
        for entity in range(compiled.entity_count):
            for cell in compiled.cell(entity, metric.metric):
                if execute.absolute(stated, cell).label is Label.SUPPORTED:
                    return cell.fact
    return None


def _count(claim: TypedClaim, compiled: Compiled) -> Verdict:
    """How many entities satisfy the claim, metric by metric from the nearest; the first that gives the stated number supports."""
    seen: Verdict | None = None
    comparand = claim.comparands[0] if claim.comparands else None
    counted = claim.subjects[0].entities if claim.subjects else ()
    everyone = tuple(range(compiled.entity_count))
    members = counted if len(counted) > 1 else everyone
    if members == everyone and compiled.part_of:
        members = tuple(compiled.part_of)
    for metric in sorted(claim.metrics, key=lambda choice: choice.cost):
        if metric.cost > claim.metrics[0].cost + VALUE_BAND:
            break
        names: list[str] = []
        evidence: list[str] = []
        for entity in members:
            for outcome, _ in _execute(claim, Choice((entity,), 0.0, ""), comparand, metric, compiled):
                evidence.extend(outcome.evidence)
                if outcome.label is Label.SUPPORTED:
                    names.append(compiled.entity_names[entity])
        label = Label.SUPPORTED if len(names) == claim.count else Label.CONTRADICTED
        verdict = Verdict(
            label,
            tuple(dict.fromkeys(evidence)),
            f"{len(names)} do ({', '.join(names)[:200]}), the text says {claim.count}",
            right=str(len(names)),
            metric=metric.metric,
        )
        if label is Label.SUPPORTED:
            return verdict
        seen = seen or verdict
    return seen or Verdict(Label.UNVERIFIABLE, reason="no fact is about this")


def _alone(claim: TypedClaim, verdict: Verdict, tried: list[_Tried], compiled: Compiled) -> Verdict:
    """ "Only X is faster": than whichever near comparand makes X the only one. Than all others, the first would always be."""
    first = _exclusive(claim, verdict, compiled)
    if first.label is Label.SUPPORTED or claim.form is not Form.COMPARISON:
        return first
    for entry in tried:
        everybody = len({*entry.entities, *entry.comparands}) == compiled.entity_count
        if entry.outcome.label is Label.SUPPORTED and not everybody and _near(claim, entry, tried[0]):
            other = _exclusive(claim, _verdict(entry), compiled)
            if other.label is Label.SUPPORTED:
                return other
    return first


def _exclusive(claim: TypedClaim, verdict: Verdict, compiled: Compiled) -> Verdict:
    """ "the only one": nobody else for whom there is a fact may satisfy the claim."""
    metric = MetricChoice(verdict.metric or 0, 0.0, "")
    comparand = Choice(verdict.comparands, 0.0, "") if verdict.comparands else None
    excused = {*verdict.entities, *verdict.comparands, *claim.besides}
    for entity in range(compiled.entity_count):
        if entity in excused or (verdict.entities and entity not in compiled.peers(verdict.entities[0])):
            continue
        for outcome, _ in _execute(claim, Choice((entity,), 0.0, ""), comparand, metric, compiled):
            if outcome.label is Label.SUPPORTED:
                return Verdict(
                    Label.CONTRADICTED,
                    (*verdict.evidence, *outcome.evidence),
                    outcome.computation,
                    f"{compiled.entity_names[entity]} does, too",
                    None,
                    None,
                    verdict.metric,
                    verdict.entities,
                )
    return verdict


def _decide(claim: TypedClaim, tried: list[_Tried]) -> Verdict:
    best = tried[0].cost
    if claim.vague:
        here = [
            entry
            for entry in tried
            if not entry.outcome.absent
            and entry.entities == tried[0].entities
            and entry.comparands == tried[0].comparands
        ]
        labels = {entry.outcome.label for entry in here}
        if here and len(labels) == 1:
            return _verdict(here[0])
        return Verdict(Label.UNVERIFIABLE, reason="no metric is named, and they do not agree")
    if claim.universal:
        nearest = [
            entry
            for entry in tried
            if not entry.outcome.absent
            and entry.entities == tried[0].entities
            and entry.comparands == tried[0].comparands
        ]
        against = next(
            (entry for entry in nearest if entry.outcome.label is Label.CONTRADICTED and entry.cost <= best + 1.2), None
        )
        if against is not None:
            return _verdict(against)
    present = [entry for entry in tried if not entry.outcome.absent]
    if not present:
        return Verdict(Label.UNVERIFIABLE, reason="no fact says so")
    # An absent cell at the best link does not let a far one decide: the band is counted from the best link of all.
    near = [entry for entry in present if _near(claim, entry, tried[0])]
    disputed: _Tried | None = None
    if _deciding(claim) is Label.CONTRADICTED and near and near[0].outcome.reason != execute.DISPUTED:
        for label in (Label.CONTRADICTED, Label.SUPPORTED, Label.UNVERIFIABLE):
            for entry in near:
                if entry.outcome.label is label:
                    return _verdict(entry)
    for entry in near:
        if entry.outcome.label is Label.SUPPORTED:
            # What is meant first of all and is disputed decides nothing, and no farther cell stands in for it.
            return _verdict(disputed if disputed is not None and disputed.cost < entry.cost else entry)
        if disputed is None and entry.outcome.reason == execute.DISPUTED:
            disputed = entry
    far = next((entry for entry in present if entry.outcome.label is Label.SUPPORTED), None)
    runner = far.outcome.evidence[0] if far is not None and far.outcome.evidence else None
    for label in (Label.CONTRADICTED, Label.UNVERIFIABLE):
        for entry in near:
            if entry.outcome.label is label:
                verdict = _verdict(entry)
                reason = verdict.reason
                if runner is not None and claim.form is Form.ABSOLUTE:
                    reason = f"the value belongs to another cell ({runner})"
                return Verdict(
                    label,
                    verdict.evidence,
                    verdict.computation,
                    reason,
                    verdict.right,
                    runner,
                    verdict.metric,
                    verdict.entities,
                    verdict.comparands,
                )
    if far is not None:
        return Verdict(
            Label.CONTRADICTED,
            far.outcome.evidence,
            far.outcome.computation,
            f"the value belongs to another cell ({runner})",
            runner_up=runner,
        )
    return Verdict(Label.UNVERIFIABLE, reason="the nearest fact does not exist")


def _verdict(entry: _Tried) -> Verdict:
    outcome = entry.outcome
    return Verdict(
        outcome.label,
        outcome.evidence,
        outcome.computation,
        outcome.reason,
        outcome.right,
        None,
        entry.metric,
        entry.entities,
        entry.comparands,
    )


def _try_all(claim: TypedClaim, compiled: Compiled) -> Iterator[_Tried]:
    if claim.change:
        yield from _changes(claim, compiled)
    if claim.across:
        yield from _across(claim, compiled)
    comparands: tuple[Choice | None, ...] = claim.comparands or (None,)
    apart = claim.form not in (Form.SAME, Form.RANK) and not claim.against_metrics
    sides = [
        (subject, comparand)
        for subject in claim.subjects
        for comparand in comparands
        if comparand is None or not apart or set(comparand.entities).isdisjoint(subject.entities)
    ]
    combinations = [
        (metric.cost + subject.cost + (comparand.cost if comparand is not None else 0.0), subject, comparand, metric)
        for metric in claim.metrics
        for subject, comparand in sides
    ]
    if len(combinations) > 1:
        combinations.sort(key=itemgetter(0))
    for cost, subject, comparand, metric in combinations[:_MAX_COMBINATIONS]:
        for outcome, extra in _execute(claim, subject, comparand, metric, compiled):
            yield _Tried(
                cost + extra,
                outcome,
                metric.metric,
                subject.entities,
                comparand.entities if comparand is not None else (),
            )


def _changes(claim: TypedClaim, compiled: Compiled) -> Iterator[_Tried]:
    """One entity in two metrics of one unit: "slows down by 1 %" from one test to the next."""
    near = sorted((choice for choice in claim.metrics if choice.cost <= CHANGE_BAND), key=_BY_COST)[:6]
    if claim.stated is not None:
        claim = replace(claim, stated=claim.stated.closely())
    for subject in claim.subjects[:2]:
        for one in near:
            for other in near:
                if one is other or min(one.cost, other.cost) > VALUE_BAND:
                    continue
                if claim.sign is not None and one.cost > other.cost:
                    # With a direction, what is nearer is what the phrase is about.
                    continue
                if not compiled.metrics[one.metric].goes_with(compiled.metrics[other.metric]):
                    continue
                outcome = execute.every(subject.entities, _between(claim, one.metric, other.metric, compiled))
                if outcome.label is Label.SUPPORTED:
                    yield _Tried(subject.cost + 0.1, outcome, one.metric, subject.entities, ())


def _across(claim: TypedClaim, compiled: Compiled) -> Iterator[_Tried]:
    """One cell in two contexts: "four times as much as with ten tabs"."""
    for subject in claim.subjects[:3]:
        for metric in claim.metrics[:6]:
            found = [compiled.cell_in_all(entity, metric.metric) for entity in subject.entities]
            if not all(len(cells) > 1 for cells in found):
                continue
            outcome = execute.every(range(len(found)), _contexts_of(claim, found, compiled, metric.metric))
            yield _Tried(subject.cost + metric.cost, outcome, metric.metric, subject.entities, ())


def _contexts_of(
    claim: TypedClaim, found: list[tuple[Cell, ...]], compiled: Compiled, metric: int
) -> Callable[[int], Outcome]:
    return lambda k: _any(
        _pair_in(claim, x, y, compiled, metric) for x, y in contexts.apart(found[k], claim.here, claim.there)
    )


def _between(claim: TypedClaim, one: int, other: int, compiled: Compiled) -> Callable[[int], Outcome]:
    """The claim about one entity, between two of its metrics."""
    return lambda entity: _cells_of(claim, compiled.cell(entity, one), compiled.cell(entity, other), compiled, one)


def _execute(
    claim: TypedClaim, subject: Choice, comparand: Choice | None, metric: MetricChoice, compiled: Compiled
) -> Iterator[tuple[Outcome, float]]:
    card = compiled.metrics[metric.metric]
    if card.hidden and claim.stated is None:
        # What a text holds besides has no order of its own: "the best plan" is not the one with the longest trial.
        return

    if metric.flip and claim.sign is not None:
        claim = replace(claim, sign=OPPOSITE[claim.sign])

    number = metric.metric

    def cells(entity: int) -> tuple[Cell, ...]:
        return compiled.cells.get((entity, number), ())

    def first(entity: int) -> Cell | None:
        found = cells(entity)
        return found[0] if found else None

    match claim.form:
        case Form.ABSOLUTE | Form.DATE:
            stated, said = claim.stated, claim.period
            if said is not None:
                when = Hedge(claim.degree) if claim.degree else Hedge.PLAIN
                held = execute.every(
                    subject.entities, lambda entity: _any(dating.dated(said, when, cell) for cell in cells(entity))
                )
                yield (
                    (
                        held
                        if claim.positive
                        else execute.denied(
                            subject.entities,
                            lambda entity: _any(dating.dated(said, when, cell) for cell in cells(entity)),
                        )
                    ),
                    0.0,
                )
                return
            if stated is None:
                return
            readings = (stated, *claim.also)
            if claim.unnamed:
                subject = subject._replace(entities=tuple(filter(cells, subject.entities)) or subject.entities)
            if claim.positive:
                held = execute.every(subject.entities, lambda entity: _absolute(readings, cells(entity)))
            else:
                held = execute.denied(subject.entities, lambda entity: _absolute(readings[:1], cells(entity)))
            yield held, 0.0
        case Form.AGE:
            stated, today = claim.stated, claim.today
            if stated is None or today is None:
                return
            truth = execute.every if claim.positive else execute.denied
            yield (
                truth(subject.entities, lambda entity: _any(dating.age(stated, cell, today) for cell in cells(entity))),
                0.0,
            )
        case Form.AGGREGATE:
            if claim.stated is not None:
                yield (
                    aggregates.aggregate(
                        [first(entity) for entity in subject.entities],
                        claim.stated,
                        claim.relation,
                        positive=claim.positive,
                    ),
                    0.0,
                )
        case Form.CAPABILITY if claim.relation == "verbatim":
            yield (
                execute.every(
                    subject.entities,
                    lambda entity: _any(execute.verbatim(claim.words[0], cell) for cell in cells(entity)),
                ),
                0.0,
            )
        case Form.CAPABILITY:
            yield (
                all_have(
                    subject.entities,
                    metric.metric,
                    Said(claim.words, claim.proper, claim.positive, claim.builtin, claim.qualified, claim.shared),
                    compiled,
                ),
                0.0,
            )
        case Form.RANK:
            if claim.sign is None:
                return
            fields: list[tuple[tuple[int, ...] | None, float]] = [(comparand.entities if comparand else None, 0.0)]
            own = compiled.part_of.get(subject.entities[0])
            if comparand is None and own is not None:
                # "the most passes, 61": of everybody, or of his team.
                fields.append((compiled.fellows[own], TEAM))
            for among, farther in fields:
                yield (
                    execute.rank(
                        subject.entities,
                        card,
                        claim.sign,
                        claim.rank,
                        compiled,
                        among=among,
                        positive=claim.positive,
                        shared=claim.relation == "shared",
                        degree=claim.degree,
                    ),
                    farther,
                )
        case Form.COMPARISON | Form.RATIO | Form.PERCENT | Form.DIFFERENCE | Form.SAME:
            if claim.against_metrics:
                for other in claim.against_metrics:
                    if other.metric != metric.metric and compiled.metrics[other.metric].unit == card.unit:
                        yield (
                            execute.every(subject.entities, _between(claim, metric.metric, other.metric, compiled)),
                            other.cost,
                        )
                if comparand is None:
                    return
                # "a fifth of the cold start": of its own, else of the thing compared before.
                farther = 0.3
            else:
                farther = 0.0
            if comparand is None:
                if claim.form is Form.SAME and len(subject.entities) > 1:
                    head = subject.entities[0]
                    yield (
                        execute.every(
                            subject.entities[1:],
                            lambda entity: _pair(claim, head, entity, compiled, metric.metric),
                        ),
                        0.0,
                    )
                elif claim.form in (Form.DIFFERENCE, Form.PERCENT) and len(subject.entities) == 2:
                    yield (
                        _pair(claim, subject.entities[0], subject.entities[1], compiled, metric.metric),
                        0.0,
                    )
                return
            if claim.stated is not None and claim.stated.hedge is Hedge.UP_TO and len(subject.entities) > 1:
                # "up to 18x": the largest of the set.
                outcomes = [
                    _pair(claim, a, b, compiled, metric.metric)
                    for a in subject.entities
                    for b in comparand.entities
                    if a != b
                ]
                best = next((outcome for outcome in outcomes if outcome.label is Label.SUPPORTED), None)
                yield best if best is not None else (outcomes[0] if outcomes else ABSENT), farther
                return
            pairs = [(a, b) for a in subject.entities for b in compiled.rivals(a, comparand.entities) if a != b]
            if _rest(subject, comparand, compiled) or _rest(comparand, subject, compiled):
                # Of all the others those take part that have a cell.
                pairs = [pair for pair in pairs if cells(pair[0]) and cells(pair[1])] or pairs[:1]
            yield (
                execute.every(
                    range(len(pairs)),
                    lambda k: _pair(claim, pairs[k][0], pairs[k][1], compiled, metric.metric),
                ),
                farther,
            )
        case _:
            return


def _rest(one: Choice, other: Choice, compiled: Compiled) -> bool:
    """Whether `one` is everybody but `other`: a set that no name of the text stands for."""
    size = len(one.entities)
    return size + len(other.entities) == compiled.entity_count and (
        size > 2 or (size > 1 and one.why in ("all others", "nobody else"))
    )


def _pair(claim: TypedClaim, one: int, other: int, compiled: Compiled, metric: int) -> Outcome:
    """Two entities in one metric; a figure between them may be taken in any context that both have a fact for."""
    if claim.stated is not None and (claim.here or claim.there) and len(compiled.columns[metric]) > 1:
        found = contexts.pairs(
            compiled.cell_in_all(one, metric), compiled.cell_in_all(other, metric), claim.here, claim.there
        )
        return _any(_pair_in(claim, x, y, compiled, x.metric) for x, y in found)
    return _cells_of(claim, compiled.cell(one, metric), compiled.cell(other, metric), compiled, metric)


def _cells_of(
    claim: TypedClaim, one: tuple[Cell, ...], other: tuple[Cell, ...], compiled: Compiled, metric: int
) -> Outcome:
    if not one or not other:
        return ABSENT
    if claim.stated is None or len(one) + len(other) <= 2:
        return _pair_in(claim, one[0], other[0], compiled, metric)
    found = contexts.pairs(one, other, claim.here, claim.there)
    return _any(_pair_in(claim, x, y, compiled, metric) for x, y in found)


def _pair_in(claim: TypedClaim, a: Cell, b: Cell, compiled: Compiled, metric: int) -> Outcome:
    card = compiled.metrics[metric]
    if card.is_date and claim.form is Form.SAME and claim.relation in ("year", "month"):
        return dating.same(a, b, claim.relation, positive=claim.positive)
    if card.is_date and claim.form is Form.DIFFERENCE and claim.stated is not None:
        return dating.difference(a, b, claim.stated, claim.sign, positive=claim.positive)
    if claim.form is Form.SAME:
        return execute.same(a, b, positive=claim.positive, exact=claim.relation == "exact")
    if claim.form is Form.COMPARISON:
        if claim.sign is None:
            return ABSENT
        return execute.order(a, b, claim.sign, card, positive=claim.positive, degree=claim.degree)
    if claim.stated is None:
        return ABSENT
    if claim.form is Form.RATIO:
        return execute.ratio(a, b, claim.stated, claim.sign, claim.relation, card, positive=claim.positive)
    if claim.form is Form.PERCENT:
        return execute.percent(a, b, claim.stated, claim.sign, claim.relation, card, positive=claim.positive)
    return execute.difference(a, b, claim.stated, claim.sign, card, positive=claim.positive)


def _absolute(readings: tuple[Stated, ...], cells: tuple[Cell, ...]) -> Outcome:
    """Whether some fact of a cell has one of the stated values."""
    if len(readings) == 1 == len(cells):
        return execute.absolute(readings[0], cells[0])
    return _any(execute.absolute(reading, cell) for cell in cells for reading in readings)


def _any(outcomes: Iterator[Outcome]) -> Outcome:
    """Several facts of one cell (contexts, versions): any match supports."""
    found = list(outcomes)
    if len(found) == 1:
        return found[0]
    for label in (Label.SUPPORTED, Label.UNVERIFIABLE, Label.CONTRADICTED):
        for outcome in found:
            if outcome.label is label and not outcome.absent:
                return outcome
    return found[0] if found else ABSENT
