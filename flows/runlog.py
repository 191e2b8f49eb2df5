"""What one run has to tell, while it goes on and afterwards."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flows.parts import Parts, Progress
from schemas.checking import Report
from schemas.runs import Run, Stage


@dataclass(slots=True)
class RunLog:
    """What a run has to tell, while it goes on."""

    run: Run
    progress: Progress | None
    stages: list[Stage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        if self.progress is not None:
            self.progress(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            self.stages.append(Stage(name=name, seconds=round(time.perf_counter() - began, 4)))

    def update(self, **changes: object) -> None:
        self.run = self.run.model_copy(update=changes)


def label_counts(report: Report) -> dict[str, int]:
    """How many claims carry which label; unchecked ones apart."""
    counts = dict(Counter(claim.label.value for claim in report.claims))
    if report.unchecked:
        counts["unchecked"] = len(report.unchecked)
    return counts


def page_path(parts: Parts, slug: str) -> str:
    """Where a person finds the page."""
    return f"{parts.site_shown}/{slug}/index.html"
