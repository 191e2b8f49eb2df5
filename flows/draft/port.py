"""What the pipeline asks of a drafter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from schemas.checking import Report
from schemas.drafts import Draft, RenderedDraft
from schemas.facts import FactSheet
from schemas.runs import Usage


@dataclass(frozen=True, slots=True)
class Examined:
    """A draft as it was checked: rendered, with the report on it."""

    rendered: RenderedDraft
    report: Report


Examine = Callable[[Draft], Awaitable[Examined]]


@dataclass(frozen=True, slots=True)
class DraftJob:
    """What a drafter needs besides the facts.

    `examine` renders and checks a draft (raises UnknownReference for one that cannot be rendered); a drafter that
    repairs calls it after every answer. `max_cost_usd` bounds this job, None leaves it to the settings.
    """

    run_id: str
    examine: Examine
    max_cost_usd: Decimal | None = None
    sample: int = 0


@dataclass(frozen=True, slots=True)
class DraftResult:
    """The best candidate, passed or not: the gate decides, not the drafter. `cost_usd` None: a price is unknown.

    `unmet`: rules besides the facts that it breaks, and parts that are missing; with one of these an editor has to look.
    `dropped`: how many sentences of the answers could not be used, and are not in the draft.
    """

    draft: Draft
    usage: Usage = field(default_factory=Usage)
    cost_usd: Decimal | None = Decimal(0)
    notes: tuple[str, ...] = ()
    attempts: int = 0
    unmet: tuple[str, ...] = ()
    dropped: int = 0


class Parked(Exception):
    """The endpoint asked for a longer wait than a run may take. `wait_s` from now; `usage` so far."""

    def __init__(self, wait_s: float, reason: str, usage: Usage) -> None:
        super().__init__(reason)
        self.wait_s = wait_s
        self.reason = reason
        self.usage = usage


class Drafter(Protocol):
    """Writes drafts. `name` is "builtin" or "model"; `model` and `prompt_hash` are None for the built-in one."""

    name: str
    model: str | None
    prompt_hash: str | None

    async def draft(self, sheet: FactSheet, job: DraftJob) -> DraftResult:
        """Raises ModelError when no candidate came back at all, Parked when it should be tried later."""
        ...

    async def close(self) -> None:
        """Let go of connections; the next draft opens them again. Called at the end of every event loop."""
        ...
