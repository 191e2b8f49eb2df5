"""Judge: a typed claim with graded links goes in, a label with its evidence comes out.

Each combination of linked entities and metric is executed. Combinations within a band of the cheapest one carry the
claim; a value that holds only further away belongs to another cell, which is named, and the claim is contradicted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.check import arithmetic
from flows.check.absolute import absolute
from flows.check.bands import UNIVERSAL_BAND, deciding_label, near_enough, widest
from flows.check.combinations import every_combination
from flows.check.counting import alone, counted, nobody_else
from flows.check.derive import derived
from flows.check.outcome import DISPUTED, C, S, U
from flows.check.pairs import find, find_order
from flows.check.reread import reread
from flows.check.sheet import Compiled
from flows.check.typed import Form, TypedClaim
from flows.check.verdict import BY_COST, Tried, Verdict, verdict_of

#: Forms in which a denial is of a figure: it says something only of the cells that were meant.
_FIGURED = frozenset({Form.RATIO, Form.PERCENT, Form.DIFFERENCE})


def judge(claim: TypedClaim, compiled: Compiled) -> Verdict:
    """The verdict on one claim. Never looks at the text."""
    verdict = _judge(claim, compiled)
    if verdict.label is S:
        return verdict if claim.positive or claim.form not in _FIGURED else _undenied(claim, verdict, compiled)
    for reading in claim.readings:
        if claim.form is Form.CAPABILITY and (claim.count is not None or claim.exclusive):
            # How many have it, and that nobody else does, is said of every reading.
            reading = replace(
                reading, subjects=claim.subjects, count=claim.count, exclusive=claim.exclusive, besides=claim.besides
            )
        other = _judge(reading, compiled)
        if other.label is S:
            return other
    asked = claim.derivations() if claim.derivations is not None else ()
    found = derived(claim, asked, compiled)
    if found is not None:
        outcome, metric, entities, factors = found
        return Verdict(
            outcome.label, outcome.evidence, outcome.computation, metric=metric, entities=entities, factors=factors
        )
    if claim.fixed is None and verdict.runner_up is None and verdict.reason != DISPUTED:
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


def _undenied(claim: TypedClaim, verdict: Verdict, compiled: Compiled) -> Verdict:
    """The verdict on a denial that holds: none where what it denies holds in any reading that would have carried it.

    "Not four dollars cheaper" is true of nearly every pair of cells: it says something only of the pair that was meant.
    """
    affirmed = judge(replace(claim, positive=True), compiled)
    return replace(affirmed, label=C, right=None) if affirmed.label is S else verdict


def holding(claim: TypedClaim, compiled: Compiled, band: float) -> dict[int, Verdict]:
    """The metrics other than the best linked one in which the claim holds, the nearest first, `band` at most beyond that one."""
    tried = sorted(every_combination(claim, compiled, band), key=BY_COST)
    found: dict[int, Verdict] = {}
    for entry in tried:
        if entry.cost > tried[0].cost + band:
            break
        if entry.outcome.label is S and entry.metric not in (tried[0].metric, *found):
            found[entry.metric] = verdict_of(entry)
    return found


def _judge(claim: TypedClaim, compiled: Compiled) -> Verdict:
    if claim.fixed is not None:
        return Verdict(claim.fixed, claim.facts, claim.shown, reason=claim.reason)
    if claim.operands:
        return _arithmetic(claim)
    if claim.pair is not None:
        found = (find_order if claim.form is Form.COMPARISON else find)(claim.pair, compiled)
        label = {True: S, False: C, None: U}[found.fits]
        reason = "" if found.fits else claim.reason
        return Verdict(label, found.evidence, found.computation, reason, metric=found.metric, entities=found.entities)
    if claim.count is not None:
        return counted(claim, compiled)
    tried = sorted(_tried(claim, compiled), key=BY_COST)
    if not tried:
        return Verdict(U, reason=claim.reason or "no fact is about this")
    verdict = _decide(claim, tried)
    if verdict.label is C and verdict.runner_up is None and claim.form is Form.ABSOLUTE:
        elsewhere = _elsewhere(claim, compiled)
        if elsewhere is not None:
            verdict = replace(verdict, runner_up=elsewhere, reason=f"the value belongs to another cell ({elsewhere})")
    if verdict.label is S and verdict.metric is not None:
        if claim.exclusive:
            return alone(claim, verdict, tried, compiled)
        if claim.not_alone and nobody_else(claim, verdict, compiled).label is S:
            return replace(verdict, label=C, reason="nobody else does")
    return verdict


def _tried(claim: TypedClaim, compiled: Compiled) -> Iterator[Tried]:
    """The combinations from the cheapest on, until the claim is decided: what lies beyond the band changes nothing."""
    whole = claim.universal or claim.vague or claim.exclusive
    deciding = deciding_label(claim)
    limit = widest(claim)
    first: Tried | None = None
    best: float | None = None
    present = False
    for entry in every_combination(claim, compiled):
        best = entry.cost if best is None else min(best, entry.cost)
        first = entry if first is None or entry.cost < first.cost else first
        if not whole and present and entry.cost > best + limit:
            return
        yield entry
        present = present or not entry.outcome.absent
        if not whole and entry.outcome.label is deciding and near_enough(claim, entry, first):
            return


def _arithmetic(claim: TypedClaim) -> Verdict:
    """A gap between the two figures before it: the figures themselves are claims of their own."""
    stated = claim.stated
    if stated is None:
        return Verdict(U)
    outcome = arithmetic.between_figures(claim.operands[0], claim.operands[1], stated, claim.form, claim.relation)
    return Verdict(outcome.label, outcome.evidence, outcome.computation, outcome.reason, outcome.right)


def _elsewhere(claim: TypedClaim, compiled: Compiled) -> str | None:
    """The fact, of whatever entity, that has the stated value."""
    stated = claim.stated
    if stated is None:
        return None
    for metric in claim.metrics[:12]:
        for entity in range(compiled.entity_count):
            for cell in compiled.cell(entity, metric.metric):
                if absolute(stated, cell).label is S:
                    return cell.fact
    return None


def _decide(claim: TypedClaim, tried: list[Tried]) -> Verdict:
    if claim.vague:
        here = _of_the_nearest(tried)
        labels = {entry.outcome.label for entry in here}
        if here and len(labels) == 1:
            return verdict_of(here[0])
        return Verdict(U, reason="no metric is named, and they do not agree")
    if claim.universal:
        limit = tried[0].cost + UNIVERSAL_BAND
        against = next(
            (entry for entry in _of_the_nearest(tried) if entry.outcome.label is C and entry.cost <= limit), None
        )
        if against is not None:
            return verdict_of(against)
    present = [entry for entry in tried if not entry.outcome.absent]
    if not present:
        return Verdict(U, reason="no fact says so")
    # An absent cell at the best link does not let a far one decide: the band is counted from the best link of all.
    near = [entry for entry in present if near_enough(claim, entry, tried[0])]
    disputed: Tried | None = None
    if deciding_label(claim) is C and near and near[0].outcome.reason != DISPUTED:
        for label in (C, S, U):
            for entry in near:
                if entry.outcome.label is label:
                    return verdict_of(entry)
    for entry in near:
        if entry.outcome.label is S:
            # What is meant first of all and is disputed decides nothing, and no farther cell stands in for it.
            return verdict_of(disputed if disputed is not None and disputed.cost < entry.cost else entry)
        if disputed is None and entry.outcome.reason == DISPUTED:
            disputed = entry
    far = next((entry for entry in present if entry.outcome.label is S), None)
    runner = far.outcome.evidence[0] if far is not None and far.outcome.evidence else None
    for label in (C, U):
        for entry in near:
            if entry.outcome.label is label:
                verdict = replace(verdict_of(entry), runner_up=runner)
                if runner is None or claim.form is not Form.ABSOLUTE:
                    return verdict
                return replace(verdict, reason=f"the value belongs to another cell ({runner})")
    if far is not None:
        return Verdict(
            C,
            far.outcome.evidence,
            far.outcome.computation,
            f"the value belongs to another cell ({runner})",
            runner_up=runner,
        )
    return Verdict(U, reason="the nearest fact does not exist")


def _of_the_nearest(tried: list[Tried]) -> list[Tried]:
    """What there is of whom the cheapest combination is about, in every metric."""
    return [
        entry
        for entry in tried
        if not entry.outcome.absent and entry.entities == tried[0].entities and entry.comparands == tried[0].comparands
    ]
