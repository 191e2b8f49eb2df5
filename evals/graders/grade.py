"""What a grader gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from evals.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Grade:
    """`value` lies between 0 (worst) and 1; None where there was nothing to grade, which is never a pass or a fail.

    `note` says in a few words what lowered the value.
    """

    value: float | None
    note: str = ""


class Grader(Protocol):
    """Grades one candidate. Pure: the same candidate has the same grade."""

    def __call__(self, candidate: Candidate, /) -> Grade: ...


def share(good: int, of: int, note: str = "") -> Grade:
    """`good / of`, or nothing to grade."""
    return Grade(good / of if of else None, note)


def met(rules: dict[str, bool]) -> Grade:
    """The share of rules that hold; the note names those that do not."""
    failed = [name for name, holds in rules.items() if not holds]
    return share(len(rules) - len(failed), len(rules), "; ".join(failed))
