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
from schemas.facts import Finding, FindingKind, Observation

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
    unique = {(finding.kind, finding.sentence, finding.observations): finding for finding in found}
    return tuple(sorted(unique.values(), key=lambda one: (_ORDER[one.kind], one.sentence, one.observations)))
