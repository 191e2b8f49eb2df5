"""Runs a suite: every comparison drafted and checked by the app, graded, and held against the gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean

from evals.candidates import App, Candidate
from evals.graders import GRADERS, Grade
from evals.overlap import Overlap, overlap
from evals.suite import Suite, load_suite


@dataclass(frozen=True, slots=True)
class Graded:
    """One comparison with its grades, by grader."""

    slug: str
    category: str
    decision: str
    words: int
    grades: Mapping[str, Grade]


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What a suite gave. `failures`: one sentence for each gate that does not hold; none means that it passed."""

    suite: Suite
    rows: tuple[Graded, ...]
    overlap: Overlap
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.failures

    def values(self, grader: str) -> list[float]:
        """The values of one grader over all comparisons that had something to grade."""
        return [value for row in self.rows if (value := row.grades[grader].value) is not None]


def run_suite(name: str, app: App) -> SuiteResult:
    """Grades every comparison of the suite `name`. Raises UnknownName, InputError, or what the app raises."""
    return grade_suite(load_suite(name), app)


def grade_suite(suite: Suite, app: App) -> SuiteResult:
    """`run_suite` for a suite that is at hand."""
    candidates = list(app(suite.comparisons))
    rows = tuple(_graded(candidate) for candidate in candidates)
    result = SuiteResult(suite, rows, overlap(candidates), ())
    return SuiteResult(suite, rows, result.overlap, tuple(_failures(result)))


def _graded(candidate: Candidate) -> Graded:
    return Graded(
        slug=candidate.slug,
        category=candidate.sheet.category.id,
        decision=str(candidate.report.decision),
        words=sum(len(s.text.split()) for s in candidate.rendered.sentences),
        grades={name: grader(candidate) for name, grader in GRADERS.items()},
    )


def _failures(result: SuiteResult) -> list[str]:
    suite = result.suite
    failures = []
    if len(result.rows) < suite.min_comparisons:
        failures.append(f"{len(result.rows)} comparisons, at least {suite.min_comparisons} are needed")
    categories = {row.category for row in result.rows}
    if len(categories) < suite.min_categories:
        failures.append(f"{len(categories)} categories, at least {suite.min_categories} are needed")
    for grader, gate in suite.gates.items():
        values = result.values(grader)
        if not values:
            failures.append(f"{grader}: nothing to grade")
            continue
        if mean(values) < gate.mean:
            failures.append(f"{grader}: mean {mean(values):.2f} is below {gate.mean:.2f}")
        if min(values) < gate.worst:
            worst = min(
                (r for r in result.rows if r.grades[grader].value is not None),
                key=lambda r: r.grades[grader].value or 0,
            )
            failures.append(
                f"{grader}: {worst.slug} has {min(values):.2f}, below {gate.worst:.2f} ({worst.grades[grader].note})"
            )
    if result.overlap.median > suite.overlap:
        failures.append(f"overlap: median {result.overlap.median:.2f} is above {suite.overlap:.2f}")
    return failures
