"""Verdict: the label of one claim with the cells that decided it, and the combinations that it was tried in."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter

from flows.check.outcome import Outcome
from schemas.checking import Label
from schemas.record import record

BY_COST = attrgetter("cost")


@record
class Verdict:
    """`metric` and `entities`: the cells that decided. `runner_up`: the fact that the number would fit elsewhere.

    `factors`: the amounts of the text that a value was calculated with. `who`: those of whom a counted claim holds.
    """

    label: Label
    evidence: tuple[str, ...] = ()
    computation: str = ""
    reason: str = ""
    right: str | None = None
    runner_up: str | None = None
    metric: int | None = None
    entities: tuple[int, ...] = ()
    comparands: tuple[int, ...] = ()
    factors: tuple[Decimal, ...] = ()
    who: frozenset[int] | None = None


@record
class Tried:
    """What one combination made of a claim, and how dear its links are."""

    cost: float
    outcome: Outcome
    metric: int
    entities: tuple[int, ...]
    comparands: tuple[int, ...]


def verdict_of(entry: Tried) -> Verdict:
    """What the combination that decides makes the verdict."""
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
