"""Does every claim rest on a fact? By the checker, and by a second rule that does not trust it."""

from __future__ import annotations

import re

from evals.candidates import Candidate
from evals.graders.grade import Grade, share
from schemas.checking import Label

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def grounded(candidate: Candidate) -> Grade:
    """Supported claims, of all claims and of all checks that could not be made."""
    report = candidate.report
    good = report.count(Label.SUPPORTED)
    bad = [claim.text for claim in report.claims if claim.label is not Label.SUPPORTED]
    bad += [one.reason for one in report.unchecked]
    return share(good, good + len(bad), "; ".join(bad[:3]))


def kept(candidate: Candidate) -> Grade:
    """Sentences that were left, of those that the drafter wrote: what it got wrong does not count as quality."""
    before = candidate.drafted or candidate.draft
    written, left = (sum(len(block.sentences) for block in draft.blocks) for draft in (before, candidate.draft))
    return share(left, written, f"{written - left} sentences taken out" if written > left else "")


def typed_figures(candidate: Candidate) -> Grade:
    """Figures that a reference printed, of all figures in the prose: what somebody typed is not bound to a fact.

    Digits inside the names of entities and metrics are words, not figures.
    """
    free = candidate.rendered.text
    for name in sorted(_names(candidate), key=len, reverse=True):
        free = free.replace(name, re.sub(r"\d", "x", name))
    printed = [(r.start, r.end) for r in candidate.rendered.references]
    figures = [m for s in candidate.rendered.sentences for m in _DIGITS.finditer(free, s.start, s.end)]
    typed = [m.group() for m in figures if not any(start <= m.start() and m.end() <= end for start, end in printed)]
    return share(len(figures) - len(typed), len(figures), ", ".join(typed[:5]))


def _names(candidate: Candidate) -> set[str]:
    sheet = candidate.sheet
    names = {name for entity in sheet.entities for name in (entity.name, *entity.aliases)}
    for metric in sheet.metrics:
        wording = metric.wording
        spoken = (wording.noun, wording.verb, wording.matters, wording.better, wording.worse, wording.question)
        names |= {metric.name, *metric.aliases, *(word for word in spoken if word)}
    return {name for name in names if re.search(r"\d", name)}
