"""Counting: how many satisfy a claim, and whether anybody else does."""

from __future__ import annotations

from flows.check.aggregates import aggregate
from flows.check.bands import VALUE_BAND, near_enough
from flows.check.execute import execute
from flows.check.outcome import C, S, U
from flows.check.sheet import Compiled
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from flows.check.verdict import Tried, Verdict, verdict_of


def counted(claim: TypedClaim, compiled: Compiled) -> Verdict:
    """How many entities satisfy the claim, metric by metric from the nearest; the first that gives the stated number supports."""
    seen: Verdict | None = None
    comparand = claim.comparands[0] if claim.comparands else None
    named = claim.subjects[0].entities if claim.subjects else ()
    everyone = tuple(range(compiled.entity_count))
    members = named if len(named) > 1 else everyone
    if members == everyone and compiled.part_of:
        members = tuple(compiled.part_of)
    for metric in sorted(claim.metrics, key=lambda choice: choice.cost):
        if metric.cost > claim.metrics[0].cost + VALUE_BAND:
            break
        who: list[int] = []
        evidence: list[str] = []
        for entity in members:
            outcomes = [one for one, _ in execute(claim, Choice((entity,), 0.0, ""), comparand, metric, compiled)]
            for outcome in outcomes:
                evidence.extend(outcome.evidence)
            if any(outcome.label is S for outcome in outcomes):
                # Once, in however many conditions it does.
                who.append(entity)
        names = [compiled.entity_names[entity] for entity in who]
        label = S if claim.count is not None and len(who) in claim.count else C
        verdict = Verdict(
            label,
            tuple(dict.fromkeys(evidence)),
            f"{len(names)} do ({', '.join(names)[:200]}), the text says {_shown(claim.count)}",
            right=str(len(names)),
            metric=metric.metric,
            who=frozenset(who),
        )
        if label is S:
            return verdict
        together = _together(claim, members, metric.metric, compiled)
        if together is not None:
            return together
        seen = seen or verdict
    return seen or Verdict(U, reason="no fact is about this")


def _together(claim: TypedClaim, members: tuple[int, ...], metric: int, compiled: Compiled) -> Verdict | None:
    """ "Nine districts reported 159 cases": said of all of them, a figure may be what they have together."""
    if (
        claim.form is not Form.ABSOLUTE
        or claim.stated is None
        or not claim.positive
        or claim.count != range(len(members), len(members) + 1)
    ):
        return None
    cells = [next(iter(compiled.cell(entity, metric)), None) for entity in members]
    found = aggregate(cells, claim.stated, "sum", positive=True)
    return Verdict(S, found.evidence, found.computation, metric=metric) if found.label is S else None


def _shown(count: range | None) -> str:
    if not count:
        return "none"
    return str(count[0]) if len(count) == 1 else f"{count[0]} to {count[-1]}"


def alone(claim: TypedClaim, verdict: Verdict, tried: list[Tried], compiled: Compiled) -> Verdict:
    """ "Only X is faster": than whichever near comparand makes X the only one. Than all others, the first would always be."""
    first = nobody_else(claim, verdict, compiled)
    if first.label is S or claim.form is not Form.COMPARISON:
        return first
    for entry in tried:
        everybody = len({*entry.entities, *entry.comparands}) == compiled.entity_count
        if entry.outcome.label is S and not everybody and near_enough(claim, entry, tried[0]):
            other = nobody_else(claim, verdict_of(entry), compiled)
            if other.label is S:
                return other
    return first


def nobody_else(claim: TypedClaim, verdict: Verdict, compiled: Compiled) -> Verdict:
    """ "the only one": nobody else for whom there is a fact may satisfy the claim."""
    number = verdict.metric or 0
    metric = next((choice for choice in claim.metrics if choice.metric == number), MetricChoice(number, 0.0, ""))
    comparand = Choice(verdict.comparands, 0.0, "") if verdict.comparands else None
    excused = {*verdict.entities, *verdict.comparands, *claim.besides}
    one = verdict.entities[0] if verdict.entities else 0
    for entity in compiled.peers(one) if one >= compiled.entity_count else range(compiled.entity_count):
        if entity in excused or (verdict.entities and entity not in compiled.peers(verdict.entities[0])):
            continue
        for outcome, _ in execute(claim, Choice((entity,), 0.0, ""), comparand, metric, compiled):
            if outcome.label is S:
                return Verdict(
                    C,
                    (*verdict.evidence, *outcome.evidence),
                    outcome.computation,
                    f"{compiled.entity_names[entity]} does, too",
                    None,
                    None,
                    verdict.metric,
                    verdict.entities,
                )
    return verdict
