"""What the pipeline works with: put together by `bootstrap`, handed to every stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from flows.check.lexicon import Lexicon
from flows.draft.port import Drafter
from flows.facts.registry import Registry
from flows.publish.port import Sink
from schemas.catalogue import Catalogue, Comparison
from schemas.pages import Site
from schemas.policy import Policy

if TYPE_CHECKING:
    from flows.draft.second_reader import SecondReader
    from flows.gather.run import Gathered
    from flows.store.store import Store

#: Told what is going on, in a few words, for a progress line.
Progress = Callable[[str], None]


class Gather(Protocol):
    """Ask every source about the two entities of a comparison. Never raises for a source that fails."""

    def __call__(self, comparison: Comparison, progress: Progress | None = None) -> Gathered: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """The assembled application."""

    catalogue: Catalogue
    registry: Registry
    store: Store
    gather: Gather
    drafter: Drafter
    sink: Sink
    policy: Policy
    #: The checker's words, with what `lexicon.yaml` of the catalogue adds.
    lexicon: Lexicon
    now: Callable[[], datetime]
    site: Site
    #: Where a person finds the pages.
    site_shown: str
    #: Reads what a model drafted once more; None where the rules read alone.
    second_reader: SecondReader | None = None
