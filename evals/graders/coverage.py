"""Are the metrics that decide named where the page decides?"""

from __future__ import annotations

import math

from evals.candidates import Candidate
from evals.graders.grade import Grade, share
from flows.references import lookup
from schemas.facts import DerivationKind, FactSheet

#: How many of the deciding metrics are asked for.
_TOP = 4
_PLACES = ("short_answer", "verdict", "choose.", "difference.")


def coverage(candidate: Candidate) -> Grade:
    """Of the deciding metrics, those that the short answer, verdict, conditions or differences cite."""
    wanted = deciding(candidate.sheet)
    spans = [(s.start, s.end) for s in candidate.rendered.sentences if s.block.startswith(_PLACES)]
    cited = {
        fact.split(".", 1)[1].split("@", 1)[0]
        for r in candidate.rendered.references
        if any(start <= r.start < end for start, end in spans)
        for fact in r.facts
    }
    cited |= {
        s.block.removeprefix("difference.") for s in candidate.rendered.sentences if s.block.startswith("difference.")
    }
    missed = [metric for metric in wanted if metric not in cited]
    return share(len(wanted) - len(missed), len(wanted), ", ".join(missed))


def deciding(sheet: FactSheet) -> list[str]:
    """Metrics with a better side that prose may lean on, by width of the gap times the page's own weight of them."""
    usable = {tuple(path.split(".")) for path in lookup(sheet)}
    ratios = {d.metric: float(d.value) for d in sheet.derivations if d.kind is DerivationKind.RATIO}
    keys = sheet.comparison.key_metrics

    def weight(metric: str) -> float:
        gap = math.log2(max(ratios.get(metric, 2.0), 1.0))
        return min(gap, 4.0) * (2.0 if metric in keys else 1.0)

    sides = [entity.id for entity in sheet.entities]
    found = [metric for metric in sheet.better if all((side, metric) in usable for side in sides)]
    return sorted(found, key=lambda metric: (-weight(metric), metric))[:_TOP]
