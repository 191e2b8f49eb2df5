"""What happens to a draft that was checked: stored, moved where policy says, published when it says so."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flows.draft.port import Examined
from flows.errors import StoreConflict
from flows.examine import labels_hash, report_hash, revision_hash
from flows.parts import Parts
from flows.runlog import RunLog, label_counts
from flows.sweep import release_draft
from schemas.checking import Decision
from schemas.drafts import Draft
from schemas.facts import FactSheet
from schemas.runs import Outcome
from schemas.states import DraftState

#: Approver of what the built-in drafter wrote and the checker passed.
BUILT_IN = "policy:built_in"
#: Approver of model text in a category that the policy lists.
AUTO = "policy:auto_publish"


def decide(
    parts: Parts,
    sheet: FactSheet,
    draft: Draft,
    examined: Examined,
    log: RunLog,
    *,
    redraft: bool,
    unmet: Sequence[str] = (),
) -> None:
    """Store the draft and its report, move it where policy says, publish when it says so.

    `unmet`: rules besides the facts that the draft breaks, such as a part that is missing: an editor has to look.
    """
    now, slug, report = parts.now(), sheet.comparison.slug, examined.report
    made_from = "\n".join(
        [
            slug,
            sheet.sheet_hash,
            parts.drafter.name,
            parts.drafter.model or "",
            revision_hash(draft),
            log.run.id if redraft else "",
        ]
    )
    draft_id = parts.store.drafts.add(
        draft,
        draft_key=hashlib.sha256(made_from.encode()).hexdigest(),
        comparison=slug,
        drafter=parts.drafter.name,
        model=parts.drafter.model,
        prompt_hash=parts.drafter.prompt_hash,
        sheet_hash=sheet.sheet_hash,
        fingerprint=sheet.fingerprint,
        revision_hash=revision_hash(draft),
        author=parts.drafter.model or parts.drafter.name,
        run_id=log.run.id,
        at=now,
    )
    record = parts.store.drafts.get(draft_id)
    parts.store.drafts.save_report(
        record.revision_id, report, sheet_hash=sheet.sheet_hash, report_hash=report_hash(examined), at=now
    )
    log.update(draft_id=draft_id, decision=report.decision.value, claims=label_counts(examined.report))
    approver = None if unmet else _approver(parts, sheet, report.decision)
    for older in parts.store.drafts.in_state(DraftState.IN_REVIEW, comparison=slug):
        if older.id != draft_id:
            parts.store.drafts.move(
                older.id,
                DraftState.REJECTED,
                at=now,
                reason=f"overtaken by draft {draft_id}, which is from newer facts",
            )
    if approver is None:
        if record.state is DraftState.DRAFTED:
            parts.store.drafts.move(draft_id, DraftState.IN_REVIEW, at=now, reason=_why_review(examined, unmet))
        log.update(outcome=Outcome.IN_REVIEW)
        return
    with log.stage("publish"):
        if record.state is DraftState.DRAFTED:
            parts.store.drafts.approve(record, approved_by=approver, labels_hash=labels_hash(examined), at=now)
        approval = parts.store.drafts.approval(draft_id)
        if approval is None:
            raise StoreConflict(
                f"draft {draft_id} is {record.state.value} without an approval: run `tiebreak run {slug} --redraft`"
            )
        page = release_draft(parts, record, sheet, examined, approval_id=approval.id)
    log.update(outcome=Outcome.PUBLISHED if page else Outcome.APPROVED, page=page)
    if page is None:
        log.notes.append("publishing is paused: `tiebreak resume publish` lets it go on")


def _approver(parts: Parts, sheet: FactSheet, decision: Decision) -> str | None:
    """Which policy says yes by itself, or None when an editor has to."""
    if decision is not Decision.PUBLISH:
        return None
    if parts.drafter.name == "builtin":
        return BUILT_IN
    return AUTO if sheet.category.id in parts.policy.auto_publish else None


def _why_review(examined: Examined, unmet: Sequence[str]) -> str:
    report = examined.report
    if report.unchecked:
        return f"{len(report.unchecked)} check(s) could not be made: {report.unchecked[0].reason}"
    failing = [claim for claim in report.claims if claim.label.value != "supported"]
    if failing:
        return f"{len(failing)} claim(s) do not hold, first {failing[0].text!r}: {failing[0].reason or failing[0].label.value}"
    if unmet:
        return f"not as it should be: {unmet[0]}"
    return "written by a model: policy asks for an editor"
