"""What the store hands out besides the shared schemas: rows with a meaning, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from schemas.checking import Report
from schemas.drafts import Draft
from schemas.states import DraftState


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft with its newest revision and the newest report on it (None before the first check)."""

    id: int
    comparison: str
    state: DraftState
    reason: str | None
    drafter: str
    model: str | None
    prompt_hash: str | None
    sheet_hash: str
    fingerprint: str
    created_at: datetime
    updated_at: datetime
    revision_id: int
    revision_number: int
    revision_hash: str
    author: str
    draft: Draft
    report: Report | None


@dataclass(frozen=True, slots=True)
class ApprovalRecord:
    """A yes, and exactly what it was given to."""

    id: int
    draft_id: int
    approved_by: str
    approved_at: datetime
    revision_hash: str
    fingerprint: str
    labels_hash: str
    carried_from: int | None
    reviewed_by: str | None
    reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class PublicationRecord:
    """A row of `publications`. `written_at` None: the sink does not have it yet."""

    id: int
    comparison: str
    number: int
    draft_id: int
    approval_id: int
    revision_hash: str
    sheet_hash: str
    checker_version: str
    published_at: datetime
    verified_at: datetime
    written_at: datetime | None
    retracted_at: datetime | None
    retracted_reason: str | None
    change: str


@dataclass(frozen=True, slots=True)
class CostRow:
    """Attempts and cost of one group (a day, a model, a prompt, a comparison). `unknown`: attempts without a price."""

    key: str
    attempts: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost_usd: Decimal
    unknown: int
