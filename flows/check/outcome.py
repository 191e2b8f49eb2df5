"""Outcome: what the cells that a claim is held against make of it, for one entity and for several."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from schemas.checking import Label
from schemas.record import record

#: One letter each, as nearly every line of the arithmetic says one of them.
S, C, U = Label.SUPPORTED, Label.CONTRADICTED, Label.UNVERIFIABLE


@record
class Outcome:
    """What one choice of cells makes of a claim. `absent`: a cell that was needed does not exist."""

    label: Label
    evidence: tuple[str, ...] = ()
    computation: str = ""
    right: str | None = None
    reason: str = ""
    absent: bool = False


ABSENT = Outcome(U, reason="no fact says so", absent=True)
#: Why a cell that exists decides nothing.
DISPUTED = "a fact is disputed"


def every(entities: Iterable[int], test: Callable[[int], Outcome]) -> Outcome:
    """A claim about several holds when it holds for each: the worst label decides."""
    outcomes = [test(entity) for entity in entities]
    if not outcomes:
        return ABSENT
    if len(outcomes) == 1 and len(outcomes[0].evidence) < 2:
        # Most claims are about one: nothing to gather.
        only = outcomes[0]
        return replace(only, computation=only.computation[:400]) if len(only.computation) > 400 else only
    evidence = tuple(dict.fromkeys(fact for outcome in outcomes for fact in outcome.evidence))
    for label in (C, U, S):
        for outcome in outcomes:
            if outcome.label is label:
                absent = all(each.absent for each in outcomes) if label is U else False
                # Of a set that fails, what fails is what a reader has to see.
                told = [each for each in outcomes if each.computation and (label is S or each.label is label)]
                lines = "; ".join(dict.fromkeys(each.computation for each in told))
                return Outcome(label, evidence, lines[:400], outcome.right, outcome.reason, absent)
    return ABSENT


def denied(entities: Iterable[int], test: Callable[[int], Outcome]) -> Outcome:
    """ "Nothing else is under 40 s": each single outcome is turned round."""
    turned = {S: C, C: S, U: U}

    def one(entity: int) -> Outcome:
        outcome = test(entity)
        return Outcome(
            turned[outcome.label],
            outcome.evidence,
            f"not: {outcome.computation}",
            outcome.right,
            outcome.reason,
            outcome.absent,
        )

    return every(entities, one)
