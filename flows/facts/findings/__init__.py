"""Rules over the observations of one comparison. Each rule is a generator of findings; none knows any entity by name."""

from __future__ import annotations

from collections.abc import Sequence

from flows.facts.findings.contradiction import contradictions
from flows.facts.findings.duplicate_metric import duplicate_metrics
from flows.facts.findings.implausible import implausible_values
from flows.facts.findings.others_say import others_say
from flows.facts.findings.outliers import impossible_orders, outliers
from flows.facts.findings.shown import shown_differences, shown_winners
from flows.facts.findings.stale import expired_settlements, stale_figures
from flows.facts.findings.unit_mismatch import unit_mismatches
from flows.facts.findings.view import View
from flows.facts.findings.wrong_column import wrong_columns
from schemas.facts import Fact, FactStatus, Finding, FindingKind, Observation

_RULES = (
    contradictions,
    wrong_columns,
    duplicate_metrics,
    unit_mismatches,
    implausible_values,
    outliers,
    impossible_orders,
    shown_differences,
    shown_winners,
    stale_figures,
    others_say,
)

_ORDER = {kind: number for number, kind in enumerate(FindingKind)}


def examine(view: View, observations: Sequence[Observation] = ()) -> tuple[Finding, ...]:
    """All findings, by kind and then by what they are about. `observations`: all, expired settlements included."""
    found = [finding for rule in _RULES for finding in rule(view)]
    found += expired_settlements(view, tuple(observations))
    # A row that a source prints twice gives one sentence about both cells.
    merged: dict[tuple[FindingKind, str], Finding] = {}
    for finding in found:
        key = (finding.kind, finding.sentence)
        known = merged.get(key)
        if known is not None:
            together = tuple(dict.fromkeys((*known.observations, *finding.observations)))
            finding = known.model_copy(
                update={"observations": together, "withholds": known.withholds or finding.withholds}
            )
        merged[key] = finding
    return tuple(sorted(merged.values(), key=lambda one: (_ORDER[one.kind], one.sentence)))


def withhold(facts: Sequence[Fact], findings: Sequence[Finding], settled: frozenset[str]) -> tuple[Fact, ...]:
    """The facts, with those that rest only on what findings withhold marked as disputed, or as stale.

    A fact keeps its status where one reading stands beside the doubtful ones, and where an editor settled it (`settled`:
    the ids of settlements).
    """
    doubtful = {one for finding in findings if finding.withholds for one in finding.observations}
    wrong = {
        one
        for finding in findings
        if finding.withholds and finding.kind is not FindingKind.STALE
        for one in finding.observations
    }
    return tuple(_withheld(fact, wrong, doubtful) if settled.isdisjoint(fact.evidence) else fact for fact in facts)


def _withheld(fact: Fact, wrong: set[str], doubtful: set[str]) -> Fact:
    if fact.status not in (FactStatus.AGREED, FactStatus.SINGLE) or not doubtful.issuperset(fact.evidence):
        return fact
    if wrong.isdisjoint(fact.evidence):
        return fact.model_copy(update={"status": FactStatus.STALE})
    return fact.model_copy(update={"status": FactStatus.DISPUTED, "quantity": None, "display": None})
