"""The assembled application as the app of a suite: its sources, its drafter, its gate. Nothing is stored or published."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from evals.candidates import Candidate
from flows.draft.port import DraftJob
from flows.examine import examine
from flows.facts.sheet import build_sheet
from flows.parts import Parts, Progress
from flows.pipeline import publishable
from schemas.facts import FactSheet


class AssembledApp:
    """Drafts with the parts that settings chose, one comparison after the other."""

    def __init__(self, parts: Parts, progress: Progress | None = None) -> None:
        self._parts = parts
        self._progress = progress

    def __call__(self, slugs: Sequence[str], /) -> Iterator[Candidate]:
        for number, slug in enumerate(slugs, start=1):
            if self._progress is not None:
                self._progress(f"eval {number}/{len(slugs)} {slug}")
            yield asyncio.run(self._candidate(slug))

    async def _candidate(self, slug: str) -> Candidate:
        """The draft as a reader would get it: without the sentences that fail, where the rest stands."""
        sheet = self._sheet(slug)
        try:
            result = await self._parts.drafter.draft(
                sheet, DraftJob(run_id=f"eval-{slug}", examine=lambda draft: examine(draft, sheet))
            )
        finally:
            await self._parts.drafter.close()
        draft, examined = publishable(result.draft, sheet)
        return Candidate(sheet, draft, examined.rendered, examined.report, drafted=result.draft)

    def _sheet(self, slug: str) -> FactSheet:
        parts = self._parts
        comparison = parts.registry.comparison(slug)
        gathered = parts.gather(comparison, None)
        return build_sheet(comparison, parts.registry, gathered.observations, parts.now().date())
