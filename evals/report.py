"""A suite's result as a table for people and as JSON for tools."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import mean

from evals.carriers import Carried
from evals.graders import GRADERS
from evals.overlap import Overlap
from evals.runner import SuiteResult


def table(result: SuiteResult) -> str:
    """One line a comparison, one column a grader; a dash where there was nothing to grade."""
    heads = ["comparison", "decision", "words", *GRADERS, "overlap"]
    rows = [
        [
            row.slug,
            row.decision,
            str(row.words),
            *(_show(row.grades[name].value) for name in GRADERS),
            _show(result.overlap.nearest[row.slug]),
        ]
        for row in result.rows
    ]
    means = [_show(mean(values)) if (values := result.values(name)) else "-" for name in GRADERS]
    words = round(mean(row.words for row in result.rows)) if result.rows else 0
    rows.append(["mean (overlap: median)", "", str(words), *means, _show(result.overlap.median)])
    widths = [max(len(line[i]) for line in [heads, *rows]) for i in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [heads, *rows]
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    lines += [
        "",
        *(
            f"{row.slug}: {name}: {grade.note}"
            for row in result.rows
            for name, grade in row.grades.items()
            if grade.note
        ),
    ]
    lines += (
        ["", *(f"FAILED {failure}" for failure in result.failures)]
        if result.failures
        else ["", f"passed: {result.suite.name}"]
    )
    return "\n".join(lines)


def overlap_table(found: Overlap) -> str:
    """Overlap page by page, then the medians."""
    lines = [f"{'comparison':40}  nearest  copied"]
    lines += [f"{slug:40}  {value:7.2f}  {found.copied[slug]:6.2f}" for slug, value in found.nearest.items()]
    lines.append(f"{'median':40}  {found.median:7.2f}  {found.median_copied:6.2f}")
    return "\n".join([*lines, f"median over all pairs of pages: {found.pairs:.2f}"])


def carrier_table(checked: Sequence[Carried]) -> str:
    """What is not supported, then the counts by kind."""
    lines = [f"{one.sentence}  {'; '.join(one.wrong) or 'no claim found'}" for one in checked if not one.passed]
    for kind in sorted({one.kind for one in checked}):
        of_kind = [one for one in checked if one.kind == kind]
        lines.append(f"{kind:16} {sum(one.passed for one in of_kind):5} of {len(of_kind)} supported")
    return "\n".join(lines)


def to_json(result: SuiteResult) -> str:
    """The same, and whether the gate held."""
    content = {
        "suite": result.suite.name,
        "passed": result.passed,
        "failures": list(result.failures),
        "overlap": {
            "median": round(result.overlap.median, 4),
            "median_copied": round(result.overlap.median_copied, 4),
            "median_of_pairs": round(result.overlap.pairs, 4),
        },
        "means": {name: round(mean(values), 4) if (values := result.values(name)) else None for name in GRADERS},
        "comparisons": [
            {
                "slug": row.slug,
                "category": row.category,
                "decision": row.decision,
                "words": row.words,
                "overlap": round(result.overlap.nearest[row.slug], 4),
                "grades": {name: {"value": grade.value, "note": grade.note} for name, grade in row.grades.items()},
            }
            for row in result.rows
        ],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def _show(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
