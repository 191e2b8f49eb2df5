"""The assembled application as an `App`: drafts by whatever the settings name, on the facts that the store has."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator, Sequence

from evals.candidates import Candidate
from evals.report import table, to_json
from evals.runner import SuiteResult, run_suite
from evals.suite import load_suite
from flows.bootstrap import build
from flows.draft.port import DraftJob
from flows.errors import InputError
from flows.examine import Examiner
from flows.parts import Parts, Progress
from flows.pipeline import observe, publishable, stored_sheet


class AssembledApp:
    """Asks no source over the network. Attempts of a model are in the ledger, under one run id for the whole suite."""

    def __init__(self, parts: Parts, progress: Progress | None = None) -> None:
        self._parts, self._progress = parts, progress
        self.run_id = uuid.uuid4().hex

    def __call__(self, slugs: Sequence[str], /) -> Iterator[Candidate]:
        for slug in slugs:
            if self._progress is not None:
                self._progress(slug)
            yield asyncio.run(self._candidate(slug))

    async def _candidate(self, slug: str) -> Candidate:
        parts = self._parts
        comparison = parts.registry.comparison(slug)
        observe(parts, comparison)
        sheet = stored_sheet(parts, comparison)
        examine = Examiner(sheet, parts.lexicon)
        job = DraftJob(run_id=self.run_id, examine=examine)
        try:
            result = await parts.drafter.draft(sheet, job)
        finally:
            await parts.drafter.close()
        # What a reader would get: without the sentences that fail, where the rest stands.
        draft, examined = await publishable(result.draft, examine)
        return Candidate(sheet, draft, examined.rendered, examined.report, drafted=result.draft)


def run_assembled(suite: str, progress: Progress | None = None) -> SuiteResult:
    """Run a suite on the application that the environment's settings describe."""
    with build(offline=True) as parts:
        known = {comparison.slug for comparison in parts.catalogue.comparisons}
        if missing := [slug for slug in load_suite(suite).comparisons if slug not in known]:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            raise InputError(
                f"the suite {suite!r} grades {missing[0]}{more}, which this catalogue does not have: "
                "unset TIEBREAK_DATA to grade the one that came along"
            )
        return run_suite(suite, AssembledApp(parts, progress))


def printed(result: SuiteResult, *, as_json: bool) -> str:
    """The result as a table, or as JSON."""
    return to_json(result) if as_json else table(result)
