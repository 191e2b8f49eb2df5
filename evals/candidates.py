"""What is graded: a draft with its fact sheet, its rendered text and its check report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.checking import Report
from schemas.drafts import Draft, RenderedDraft
from schemas.facts import FactSheet


@dataclass(frozen=True, slots=True)
class Candidate:
    """One draft of one comparison, as it would be published. `drafted` is what the drafter wrote before failing
    sentences were taken out; None where nothing was taken out."""

    sheet: FactSheet
    draft: Draft
    rendered: RenderedDraft
    report: Report
    drafted: Draft | None = None

    @property
    def slug(self) -> str:
        return self.sheet.comparison.slug

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two entities, in the order of the comparison."""
        one, other = self.sheet.entities
        return one.name, other.name

    @property
    def spoken(self) -> tuple[str, ...]:
        """Every name and alias of the two, the longest first."""
        names = {name for entity in self.sheet.entities for name in (entity.name, *entity.aliases)}
        return tuple(sorted(names, key=lambda name: (-len(name), name)))

    def text(self, *blocks: str) -> str:
        """The rendered sentences of the blocks whose names start with one of `blocks`, joined by spaces."""
        return " ".join(s.text for s in self.rendered.sentences if s.block.startswith(blocks))


class App(Protocol):
    """Yields the candidate of every slug, in order. A slug without a candidate raises a TiebreakError."""

    def __call__(self, slugs: Sequence[str], /) -> Iterable[Candidate]: ...
