"""Runs of many: who comes first."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from evals.bench._example import application
from flows import pipeline
from flows.draft.port import DraftJob, DraftResult
from flows.errors import ModelRefused
from flows.parts import Parts
from flows.pipeline import GATHERING, run_many
from schemas.catalogue import Comparison
from schemas.facts import FactSheet
from schemas.runs import Outcome


class Noting:
    """A model that is asked, and refuses."""

    name = "model"
    model: str | None = "none"
    prompt_hash: str | None = "p"

    def __init__(self, seen: list[str]) -> None:
        self._seen = seen

    async def draft(self, sheet: FactSheet, job: DraftJob) -> DraftResult:
        # As a real one: looks for a kept answer, waits for a slot, books the question.
        for _turn in range(4):
            await asyncio.sleep(0)
        self._seen.append("asked")
        raise ModelRefused("not today")

    async def close(self) -> None:
        """It holds nothing."""


def test_the_model_is_asked_while_other_facts_are_still_resolved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    resolve, gather, together = pipeline.stored_sheet, pipeline.observe, Barrier(GATHERING, timeout=60)

    def noted(parts: Parts, comparison: Comparison) -> FactSheet:
        seen.append("resolved")
        return resolve(parts, comparison)

    def all_at_once(*given: Any) -> object:
        gathered = gather(*given)
        together.wait()
        return gathered

    monkeypatch.setattr(pipeline, "stored_sheet", noted)
    monkeypatch.setattr(pipeline, "observe", all_at_once)
    with application(tmp_path, GATHERING) as made:
        runs = asyncio.run(run_many(replace(made, drafter=Noting(seen)), made.catalogue.comparisons))
    assert {run.outcome for run in runs} == {Outcome.FAILED}
    assert (seen.count("asked"), seen.count("resolved")) == (GATHERING, GATHERING)
    # While one asks, the next few are resolved: never all of them before the first has asked.
    ahead = [seen[:number].count("resolved") - seen[:number].count("asked") for number in range(len(seen))]
    assert max(ahead) <= GATHERING // 2
