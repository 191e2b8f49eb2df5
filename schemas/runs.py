"""What one run did: usage, cost, stages, outcome."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from schemas.catalogue import Closed


class Outcome(StrEnum):
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PARKED = "parked"
    FAILED = "failed"


class Usage(Closed):
    """Tokens of one or more answers. `estimated` when an answer never arrived and the numbers are ours."""

    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            estimated=self.estimated or other.estimated,
        )


#: Outcomes of an attempt that no answer decides: it is under way, or its process ended before it was settled.
ASKED, LOST = "asked", "lost"


class Attempt(Closed):
    """One request to a model, also a failed one: a row of the ledger. `cost_usd` None means the price is unknown.

    The row is there before the request is, with `outcome` ASKED and an estimate of what it will cost.
    """

    id: str
    run_id: str
    comparison: str
    at: datetime
    model: str
    prompt: str
    prompt_hash: str
    answer_key: str
    outcome: str
    latency_s: float
    usage: Usage = Usage()
    cost_usd: Decimal | None = None
    request_id: str | None = None
    raw: str | None = None
    error: str | None = None


class Stage(Closed):
    name: str
    seconds: float
    cost_usd: Decimal | None = Decimal(0)


class Run(Closed):
    """The record of one pass over one comparison, and what `tiebreak run` prints."""

    id: str
    comparison: str
    started_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome | None = None
    decision: str | None = None
    drafter: str = ""
    model: str | None = None
    prompt_hash: str | None = None
    sheet_hash: str | None = None
    fingerprint: str | None = None
    facts: dict[str, int] = Field(default_factory=dict)
    claims: dict[str, int] = Field(default_factory=dict)
    findings: int = 0
    #: Sentences that were written and are not in the draft: unusable ones of a model's last answers, and what a failing claim took out.
    dropped: int = 0
    stages: tuple[Stage, ...] = ()
    usage: Usage = Usage()
    cost_usd: Decimal | None = Decimal(0)
    draft_id: int | None = None
    page: str | None = None
    notes: tuple[str, ...] = ()
    error: str | None = None


class Publication(Closed):
    """An immutable published version of a page."""

    id: int
    comparison: str
    number: int
    draft_id: int
    revision_hash: str
    sheet_hash: str
    published_at: datetime
    approved_by: str
    #: For a carried approval: the editor who read the text, and when.
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    retracted_at: datetime | None = None
    retracted_reason: str | None = None
