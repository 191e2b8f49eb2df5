"""The built-in drafter over the catalogue's own rows: no store, no network, no model, the same answer every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from evals.candidates import Candidate
from schemas.drafts import Draft
from schemas.facts import FactSheet


class LocalApp:
    """An `App` that reads a catalogue folder. `today` fixes ages and staleness."""

    def __init__(self, folder: Path, today: date) -> None:
        from flows.facts.registry import Registry
        from flows.gather.catalogue import load_catalogue

        self.catalogue = load_catalogue(folder)
        self._registry = Registry(self.catalogue)
        self._today = today

    def __call__(self, slugs: Sequence[str], /) -> Iterator[Candidate]:
        from flows.draft.builtin import write

        for slug in slugs:
            sheet = self.sheet(slug)
            yield candidate(sheet, write(sheet))

    def sheet(self, slug: str) -> FactSheet:
        """The fact sheet of one comparison. Raises UnknownName."""
        from flows.facts.observe import observe_row
        from flows.facts.sheet import build_sheet

        comparison = self._registry.comparison(slug)
        read_at = datetime.combine(self._today, time(), UTC)
        rows = [row for row in self.catalogue.observations if row.entity in comparison.entities]
        observations = [observe_row(row, self._registry, read_at) for row in rows]
        return build_sheet(comparison, self.catalogue, observations, self._today)


def candidate(sheet: FactSheet, draft: Draft) -> Candidate:
    """A draft rendered and checked as it stands, nothing taken out. Raises UnknownReference."""
    from flows.examine import examine

    examined = examine(draft, sheet)
    return Candidate(sheet, draft, examined.rendered, examined.report)
