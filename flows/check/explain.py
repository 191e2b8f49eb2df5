"""A report for people: the text cut into marked segments, and one short paragraph a claim."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from schemas.checking import Claim, Label, Report

Mark = Literal["plain", "supported", "contradicted", "unverifiable", "unchecked"]
_RANK: dict[Mark, int] = {"plain": 0, "supported": 1, "unverifiable": 2, "unchecked": 3, "contradicted": 4}
_SIGN: dict[Label, str] = {Label.SUPPORTED: "✓", Label.CONTRADICTED: "✗", Label.UNVERIFIABLE: "?"}


@dataclass(frozen=True, slots=True)
class Segment:
    """`text[start:end]` with one mark. `claims` are the numbers (from 1) of the claims that cover it, worst first."""

    start: int
    end: int
    text: str
    mark: Mark
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """`segments` put together give back the text; `notes[n - 1]` explains claim n; `problems` are the checks that could not be made."""

    segments: tuple[Segment, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]


def explain(report: Report, text: str) -> Explanation:
    """Segments and notes for a terminal or a page. Where claims overlap, the worst label marks the segment."""
    edges = {0, len(text)}
    for claim in report.claims:
        edges |= {claim.start, claim.end}
    for gap in report.unchecked:
        edges |= {gap.start, gap.end}
    ordered = sorted(edge for edge in edges if 0 <= edge <= len(text))
    segments = [_segment(report, text, start, end) for start, end in pairwise(ordered) if start < end]
    return Explanation(
        segments=tuple(segments),
        notes=tuple(note(claim, number) for number, claim in enumerate(report.claims, 1)),
        problems=tuple(f"{text[gap.start : gap.end][:80]!r}: {gap.reason}" for gap in report.unchecked),
    )


def _segment(report: Report, text: str, start: int, end: int) -> Segment:
    marks: list[tuple[Mark, int]] = [
        (claim.label.value, number)
        for number, claim in enumerate(report.claims, 1)
        if claim.start < end and start < claim.end
    ]
    mark: Mark = max((mark for mark, _ in marks), key=_RANK.__getitem__, default="plain")
    if any(gap.start < end and start < gap.end for gap in report.unchecked) and _RANK[mark] < _RANK["unchecked"]:
        mark = "unchecked"
    numbers = tuple(number for _, number in sorted(marks, key=lambda pair: (-_RANK[pair[0]], pair[1])))
    return Segment(start, end, text[start:end], mark, numbers)


def note(claim: Claim, number: int) -> str:
    """One claim in one line: what was read, what was computed, what would be right, and which facts it rests on."""
    parts = [f"{number}. {_SIGN[claim.label]} {claim.text!r} ({claim.kind}, {claim.label.value})"]
    if claim.computation:
        parts.append(claim.computation)
    if claim.reason and claim.reason not in claim.computation:
        parts.append(claim.reason)
    if claim.right is not None and claim.label is Label.CONTRADICTED:
        parts.append(f"right would be: {claim.right}")
    if claim.runner_up is not None and claim.runner_up not in claim.reason:
        parts.append(f"it would fit {claim.runner_up}")
    if claim.evidence:
        shown = ", ".join(claim.evidence[:6])
        parts.append(f"facts: {shown}{', …' if len(claim.evidence) > 6 else ''}")
    return "; ".join(parts)
