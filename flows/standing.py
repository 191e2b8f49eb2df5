"""Whether a comparison needs new words at all: what is published may still stand, what is drafted may already wait."""

from __future__ import annotations

from flows.check.version import checker_version
from flows.draft.port import Examined
from flows.errors import UnknownReference
from flows.examine import examine, labels_hash, report_hash
from flows.parts import Parts
from flows.runlog import RunLog, label_counts, page_path
from flows.store.records import ApprovalRecord, DraftRecord, PublicationRecord
from flows.sweep import release_draft, rewrite
from schemas.checking import Decision, Report
from schemas.facts import FactSheet
from schemas.runs import Outcome
from schemas.states import DraftState

#: Approver of new figures in a text that an editor approved.
FIGURES_ONLY = "policy:figures_only"


def still_stands(parts: Parts, sheet: FactSheet, log: RunLog) -> bool:
    """Whether the published page needs no new words: it is unchanged, or only its figures moved."""
    slug = sheet.comparison.slug
    published = parts.store.publications.newest(slug)
    if published is None or published.retracted_at is not None:
        return False
    record = parts.store.drafts.get(published.draft_id)
    if record.drafter == "builtin" and parts.drafter.name != "builtin":
        return False
    same_facts = published.sheet_hash == sheet.sheet_hash
    if same_facts and published.checker_version == checker_version(parts.lexicon.digest):
        _unchanged(parts, record, published, record.report, log)
        return True
    with log.stage("check"):
        try:
            examined = examine(record.draft, sheet, parts.lexicon)
        except UnknownReference as error:
            log.notes.append(f"the published text leans on a fact that is gone: {error}")
            return False
    approval = parts.store.publications.approval(published)
    if labels_hash(examined) != approval.labels_hash or examined.report.decision is Decision.REJECT:
        log.notes.append("a claim of the published text changed its label: it is written anew")
        return False
    if same_facts:
        # A newer checker that says the same of every claim is no reason for a new version.
        _unchanged(parts, record, published, examined.report, log)
        return True
    if record.drafter == "builtin":
        return False
    if sheet.fingerprint != approval.fingerprint:
        log.notes.append("a figure left its class: the text needs another look")
        return False
    _carry(parts, sheet, record, approval, examined, log)
    return True


def _unchanged(
    parts: Parts, record: DraftRecord, published: PublicationRecord, report: Report | None, log: RunLog
) -> None:
    now = parts.now()
    with log.stage("publish"):
        parts.store.publications.mark_verified(published.id, now)
        lost = parts.sink.read(record.comparison, "index.html") is None
        if lost or published.written_at is None or published.verified_at.date() != now.date():
            rewrite(parts, record.comparison)
    log.update(
        outcome=Outcome.UNCHANGED,
        decision=None if report is None else report.decision.value,
        claims={} if report is None else label_counts(report),
        draft_id=record.id,
        page=page_path(parts, record.comparison),
    )


def _carry(
    parts: Parts, sheet: FactSheet, record: DraftRecord, approval: ApprovalRecord, examined: Examined, log: RunLog
) -> None:
    """New figures in a text that an editor approved: a publication of its own, pointing to the editor's approval."""
    now = parts.now()
    with log.stage("publish"):
        parts.store.drafts.save_report(
            record.revision_id, examined.report, sheet_hash=sheet.sheet_hash, report_hash=report_hash(examined), at=now
        )
        carried = parts.store.drafts.approve(
            record,
            approved_by=FIGURES_ONLY,
            labels_hash=approval.labels_hash,
            at=now,
            fingerprint=sheet.fingerprint,
            carried_from=approval.id,
            reviewed_by=approval.reviewed_by,
            reviewed_on=approval.reviewed_on,
        )
        page = release_draft(parts, record, sheet, examined, approval_id=carried, change="Figures updated.")
    log.update(
        outcome=Outcome.PUBLISHED if page else Outcome.APPROVED,
        decision=examined.report.decision.value,
        claims=label_counts(examined.report),
        draft_id=record.id,
        page=page,
    )


def already_waits(parts: Parts, sheet: FactSheet, log: RunLog) -> bool:
    """Whether a draft from exactly these facts is with an editor already: it is not paid for twice."""
    waiting = parts.store.drafts.in_state(DraftState.IN_REVIEW, DraftState.APPROVED, comparison=sheet.comparison.slug)
    for record in reversed(waiting):
        if record.sheet_hash != sheet.sheet_hash or record.drafter != parts.drafter.name:
            continue
        examined = examine(record.draft, sheet, parts.lexicon)
        log.update(draft_id=record.id, decision=examined.report.decision.value, claims=label_counts(examined.report))
        if record.state is DraftState.APPROVED:
            with log.stage("publish"):
                approval = parts.store.drafts.approval(record.id)
                page = (
                    None if approval is None else release_draft(parts, record, sheet, examined, approval_id=approval.id)
                )
            log.update(outcome=Outcome.PUBLISHED if page else Outcome.APPROVED, page=page)
        else:
            log.update(outcome=Outcome.IN_REVIEW)
        return True
    return False
