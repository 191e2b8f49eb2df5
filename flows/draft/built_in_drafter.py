"""The built-in drafter behind the port: no model, no key, no cost."""

from __future__ import annotations

from flows.draft.builtin import write
from flows.draft.port import DraftJob, DraftResult
from schemas.facts import FactSheet


class BuiltInDrafter:
    """Writes from facts alone; the same sheet gives the same text."""

    name = "builtin"
    model: str | None = None
    prompt_hash: str | None = None

    async def draft(self, sheet: FactSheet, job: DraftJob) -> DraftResult:  # noqa: ARG002 - the port's signature
        """Never fails for a sheet that has facts on both sides."""
        return DraftResult(write(sheet))

    async def close(self) -> None:
        """It holds nothing."""
