"""What an editor does to a draft: look, approve, reject, edit."""

from __future__ import annotations

from flows.draft.port import Examined
from flows.errors import Blocked, StoreConflict, StoreError
from flows.examine import examine, labels_hash, report_hash, revision_hash
from flows.parts import Parts
from flows.store.records import DraftRecord
from flows.sweep import release_draft
from schemas.checking import Decision
from schemas.drafts import Draft
from schemas.facts import FactSheet
from schemas.states import DraftState


def look(parts: Parts, draft_id: int) -> tuple[DraftRecord, FactSheet, Examined]:
    """A draft, the facts it was written from, and what the checker says of it now. Raises UnknownName."""
    record = parts.store.drafts.get(draft_id)
    sheet = parts.store.observations.sheet(record.sheet_hash)
    if sheet is None:
        raise StoreError(
            f"the facts of draft {draft_id} are not in the store: `tiebreak run {record.comparison} --redraft`"
        )
    return record, sheet, examine(record.draft, sheet, parts.lexicon)


def approve(parts: Parts, draft_id: int, *, editor: str, override: bool = False) -> str | None:
    """Approve and publish. Gives where the page is, or None while publishing is paused.

    A contradicted claim can never be approved; an unverifiable or unchecked one only with `override`.
    Raises Blocked, StoreConflict.
    """
    record, sheet, examined = look(parts, draft_id)
    if record.state is not DraftState.IN_REVIEW:
        raise StoreConflict(f"draft {draft_id} is {record.state.value}, not in review: `tiebreak review list`")
    report = examined.report
    failing = [claim for claim in report.claims if claim.label.value != "supported"]
    if report.decision is Decision.REJECT:
        raise Blocked(
            f"draft {draft_id} holds a contradicted claim, {failing[0].text!r}: edit it (`tiebreak review edit {draft_id}`) or reject it"
        )
    if report.decision is Decision.REVIEW and not override:
        what = (
            f"{failing[0].text!r} is unverifiable"
            if failing
            else f"a check could not be made: {report.unchecked[0].reason}"
        )
        raise Blocked(
            f"draft {draft_id}: {what}; edit it, reject it, or approve with --override to answer for it yourself"
        )
    now = parts.now()
    parts.store.drafts.save_report(
        record.revision_id, report, sheet_hash=sheet.sheet_hash, report_hash=report_hash(examined), at=now
    )
    approval = parts.store.drafts.approve(
        record,
        approved_by=editor,
        labels_hash=labels_hash(examined),
        at=now,
        reviewed_by=editor,
        reviewed_on=now.date(),
    )
    return release_draft(parts, record, sheet, examined, approval_id=approval)


def reject(parts: Parts, draft_id: int, *, editor: str, reason: str) -> None:
    """Reject a draft that is in review; the old page, if any, stays. Raises StoreConflict, UnknownName."""
    record = parts.store.drafts.get(draft_id)
    if record.state is not DraftState.IN_REVIEW:
        raise StoreConflict(f"draft {draft_id} is {record.state.value}, not in review: `tiebreak review list`")
    parts.store.drafts.move(draft_id, DraftState.REJECTED, at=parts.now(), reason=f"{editor}: {reason}")


def edit(parts: Parts, draft_id: int, draft: Draft, *, parent: int, editor: str, reason: str) -> Examined:
    """Add a revision after number `parent` and check it. Raises StoreConflict when someone saved meanwhile."""
    record, sheet, _before = look(parts, draft_id)
    if record.state is not DraftState.IN_REVIEW:
        raise StoreConflict(f"draft {draft_id} is {record.state.value}, not in review: it cannot be edited")
    examined = examine(draft, sheet, parts.lexicon)
    now = parts.now()
    revision = parts.store.drafts.add_revision(
        draft_id, draft, parent=parent, revision_hash=revision_hash(draft), author=editor, reason=reason, at=now
    )
    parts.store.drafts.save_report(
        revision, examined.report, sheet_hash=sheet.sheet_hash, report_hash=report_hash(examined), at=now
    )
    return examined
