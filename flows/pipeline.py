"""The stages in order, for one comparison and for many. No Prefect here: the flows wrap this."""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from flows.check.version import checker_version
from flows.draft.dropping import without_failing
from flows.draft.port import DraftJob, DraftResult, Examined, Parked
from flows.errors import ModelError, StoreConflict, TiebreakError, UnknownReference
from flows.examine import examine, labels_hash, report_hash, revision_hash
from flows.facts.sheet import build_sheet
from flows.gather.run import Gathered
from flows.parts import Parts, Progress
from flows.sweep import release_draft, rewrite
from schemas.catalogue import Comparison
from schemas.checking import Decision
from schemas.drafts import Draft
from schemas.facts import FactSheet
from schemas.runs import Outcome, Run, Stage, Usage
from schemas.states import DraftState

#: Approver of what the built-in drafter wrote and the checker passed.
BUILT_IN = "policy:built_in"
#: Approver of new figures in a text that an editor approved.
FIGURES_ONLY = "policy:figures_only"
#: Approver of model text in a category that the policy lists.
AUTO = "policy:auto_publish"


@dataclass(slots=True)
class _Log:
    """What a run has to tell, while it goes on."""

    run: Run
    progress: Progress | None
    stages: list[Stage] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        if self.progress is not None:
            self.progress(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            self.stages.append(Stage(name=name, seconds=round(time.perf_counter() - began, 4)))

    def update(self, **changes: object) -> None:
        self.run = self.run.model_copy(update=changes)


async def run_one(
    parts: Parts,
    comparison: Comparison,
    *,
    redraft: bool = False,
    max_cost_usd: Decimal | None = None,
    progress: Progress | None = None,
) -> Run:
    """Gather, resolve, draft, check, decide and publish one comparison. Everything it did is in the store.

    A failure of a source or of the model is an outcome, not an exception. Raises StoreConflict when another run holds
    the comparison, StoreError or PublishError when the store or the site cannot be written.
    """
    started = parts.now()
    run = Run(
        id=uuid.uuid4().hex,
        comparison=comparison.slug,
        started_at=started,
        drafter=parts.drafter.name,
        model=parts.drafter.model,
    )
    log = _Log(run, progress)
    with parts.store.locks.hold(comparison.slug, run.id, started):
        parts.store.ledger.save_run(run)
        try:
            await _stages(parts, comparison, log, redraft=redraft, max_cost_usd=max_cost_usd)
        except Parked as parked:
            due = parts.now() + timedelta(seconds=parked.wait_s)
            parts.store.locks.park(comparison.slug, due_at=due, reason=parked.reason, run_id=run.id)
            log.notes.append(f"parked until {due:%Y-%m-%d %H:%M:%S} UTC: {parked.reason}")
            log.update(outcome=Outcome.PARKED, usage=parked.usage)
        except ModelError as error:
            log.update(outcome=Outcome.FAILED, error=str(error))
        except TiebreakError as error:
            log.update(outcome=Outcome.FAILED, error=str(error))
            _finish(parts, log)
            raise
        _finish(parts, log)
    return log.run


async def run_many(
    parts: Parts,
    comparisons: Sequence[Comparison],
    *,
    concurrency: int = 16,
    redraft: bool = False,
    max_cost_usd: Decimal | None = None,
    on_done: Callable[[Run], None] | None = None,
    progress: Progress | None = None,
) -> list[Run]:
    """`run_one` over many, at most `concurrency` at once. One that fails is a failed run among the others."""
    gate = asyncio.Semaphore(concurrency)

    async def one(comparison: Comparison) -> Run:
        async with gate:
            try:
                run = await run_one(parts, comparison, redraft=redraft, max_cost_usd=max_cost_usd, progress=progress)
            except TiebreakError as error:
                now = parts.now()
                run = Run(
                    id=uuid.uuid4().hex,
                    comparison=comparison.slug,
                    started_at=now,
                    ended_at=now,
                    outcome=Outcome.FAILED,
                    error=str(error),
                )
            if on_done is not None:
                on_done(run)
            return run

    return list(await asyncio.gather(*(one(comparison) for comparison in comparisons)))


def observe(parts: Parts, comparison: Comparison, progress: Progress | None = None) -> tuple[Gathered, int]:
    """Ask the sources and store what they say. Gives what they said, and how many observations are new."""
    gathered = parts.gather(comparison, progress)
    return gathered, parts.store.observations.add(gathered.observations, gathered.read, parts.now())


def stored_sheet(parts: Parts, comparison: Comparison) -> FactSheet:
    """The sheet of what is in the store now, without asking anybody."""
    observations = parts.store.observations.current(comparison.entities)
    return build_sheet(comparison, parts.catalogue, observations, parts.now().date())


async def _stages(
    parts: Parts, comparison: Comparison, log: _Log, *, redraft: bool, max_cost_usd: Decimal | None
) -> None:
    with log.stage("gather"):
        # Sources wait on the network, so other comparisons go on meanwhile.
        gathered, _new = await asyncio.to_thread(observe, parts, comparison, log.progress)
        log.notes.extend(gathered.notes)
    with log.stage("facts"):
        sheet = stored_sheet(parts, comparison)
        parts.store.observations.save_sheet(sheet, parts.now())
    log.update(
        sheet_hash=sheet.sheet_hash,
        fingerprint=sheet.fingerprint,
        facts=dict(Counter(fact.status.value for fact in sheet.facts)),
        findings=len(sheet.findings),
    )
    if thin := _too_thin(parts, sheet):
        log.update(outcome=Outcome.FAILED, error=thin)
        return
    if not redraft and await _still_stands(parts, sheet, log):
        return
    if not redraft and _already_waits(parts, sheet, log):
        return
    with log.stage("draft"):
        result = await _draft(parts, sheet, log, redraft=redraft, max_cost_usd=max_cost_usd)
    log.stages[-1] = log.stages[-1].model_copy(update={"cost_usd": result.cost_usd})
    with log.stage("check"):
        draft, examined = _best(result.draft, sheet)
    log.notes.extend(result.notes)
    log.update(usage=result.usage, cost_usd=result.cost_usd, prompt_hash=parts.drafter.prompt_hash)
    _decide(parts, sheet, draft, examined, log, redraft=redraft)


def _too_thin(parts: Parts, sheet: FactSheet) -> str | None:
    """Why there are too few facts for a page, or None."""
    wanted = sheet.comparison.key_metrics or tuple(metric.id for metric in sheet.metrics)
    sides = Counter(fact.metric for fact in sheet.facts if fact.quantity is not None and fact.metric in wanted)
    both = sum(1 for count in sides.values() if count >= len(sheet.entities))
    if wanted and both >= parts.policy.min_two_sided * len(wanted) and both > 0:
        return None
    return (
        f"{both} of {len(wanted)} key metrics have a usable value on both sides, policy asks for "
        f"{parts.policy.min_two_sided:.0%}: `tiebreak facts {sheet.comparison.slug}` shows what is missing or disputed"
    )


async def _still_stands(parts: Parts, sheet: FactSheet, log: _Log) -> bool:
    """Whether the published page needs no new words: it is unchanged, or only its figures moved."""
    slug = sheet.comparison.slug
    published = parts.store.publications.newest(slug)
    if published is None or published.retracted_at is not None:
        return False
    record = parts.store.drafts.get(published.draft_id)
    if record.drafter == "builtin" and parts.drafter.name != "builtin":
        return False
    now = parts.now()
    if published.sheet_hash == sheet.sheet_hash and published.checker_version == checker_version():
        with log.stage("publish"):
            stale_date = published.verified_at.date() != now.date()
            parts.store.publications.mark_verified(published.id, now)
            if stale_date or published.written_at is None:
                rewrite(parts, slug)
        log.update(
            outcome=Outcome.UNCHANGED, decision=Decision.PUBLISH.value, draft_id=record.id, page=_page(parts, slug)
        )
        if record.report is not None:
            log.update(claims=_labels(Examined(examine(record.draft, sheet).rendered, record.report)))
        return True
    if record.drafter == "builtin":
        return False
    with log.stage("check"):
        try:
            examined = examine(record.draft, sheet)
        except UnknownReference as error:
            log.notes.append(f"the published text leans on a fact that is gone: {error}")
            return False
    approval = parts.store.publications.approval(published)
    if labels_hash(examined) != approval.labels_hash or examined.report.decision is not Decision.PUBLISH:
        log.notes.append("a claim of the published text changed its label: it is written anew")
        return False
    if sheet.fingerprint != approval.fingerprint:
        log.notes.append("a figure left its class: the text needs another look")
        return False
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
        decision="publish",
        claims=_labels(examined),
        draft_id=record.id,
        page=page,
    )
    return True


def _already_waits(parts: Parts, sheet: FactSheet, log: _Log) -> bool:
    """Whether a draft from exactly these facts is with an editor already: it is not paid for twice."""
    waiting = parts.store.drafts.in_state(DraftState.IN_REVIEW, DraftState.APPROVED, comparison=sheet.comparison.slug)
    for record in reversed(waiting):
        if record.sheet_hash != sheet.sheet_hash or record.drafter != parts.drafter.name:
            continue
        examined = examine(record.draft, sheet)
        log.update(draft_id=record.id, decision=examined.report.decision.value, claims=_labels(examined))
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


async def _draft(
    parts: Parts, sheet: FactSheet, log: _Log, *, redraft: bool, max_cost_usd: Decimal | None
) -> DraftResult:
    sample = int(parts.now().timestamp()) if redraft else 0
    job = DraftJob(
        run_id=log.run.id, examine=lambda draft: examine(draft, sheet), max_cost_usd=max_cost_usd, sample=sample
    )
    return await parts.drafter.draft(sheet, job)


def _best(draft: Draft, sheet: FactSheet) -> tuple[Draft, Examined]:
    """The draft, or the draft without its failing sentences where the rest stands."""
    examined = examine(draft, sheet)
    if examined.report.decision is Decision.PUBLISH:
        return draft, examined
    shorter = without_failing(draft, examined.rendered, examined.report)
    if shorter is None:
        return draft, examined
    again = examine(shorter, sheet)
    return (shorter, again) if again.report.decision is Decision.PUBLISH else (draft, examined)


def _decide(parts: Parts, sheet: FactSheet, draft: Draft, examined: Examined, log: _Log, *, redraft: bool) -> None:
    """Store the draft and its report, move it where policy says, publish when it says so."""
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
    log.update(draft_id=draft_id, decision=report.decision.value, claims=_labels(examined))
    approver = _approver(parts, sheet, report.decision)
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
            parts.store.drafts.move(draft_id, DraftState.IN_REVIEW, at=now, reason=_why_review(examined))
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


def _why_review(examined: Examined) -> str:
    report = examined.report
    if report.unchecked:
        return f"{len(report.unchecked)} check(s) could not be made: {report.unchecked[0].reason}"
    failing = [claim for claim in report.claims if claim.label.value != "supported"]
    if failing:
        return f"{len(failing)} claim(s) do not hold, first {failing[0].text!r}: {failing[0].reason or failing[0].label.value}"
    return "written by a model: policy asks for an editor"


def _labels(examined: Examined) -> dict[str, int]:
    counts = dict(Counter(claim.label.value for claim in examined.report.claims))
    if examined.report.unchecked:
        counts["unchecked"] = len(examined.report.unchecked)
    return counts


def _page(parts: Parts, slug: str) -> str:
    return f"{parts.site_shown}/{slug}/index.html"


def _finish(parts: Parts, log: _Log) -> None:
    spent = parts.store.ledger.attempts(log.run.id) if parts.drafter.name != "builtin" else ()
    if spent and log.run.usage == Usage():
        # The drafter raised: what its attempts cost is in the ledger all the same.
        costs = [attempt.cost_usd for attempt in spent]
        log.update(
            usage=sum((attempt.usage for attempt in spent), Usage()),
            cost_usd=None if None in costs else sum((c for c in costs if c is not None), Decimal(0)),
        )
    if log.run.outcome is not Outcome.PARKED:
        parts.store.locks.unpark(log.run.comparison)
    log.update(ended_at=parts.now(), stages=tuple(log.stages), notes=tuple(log.notes))
    parts.store.ledger.save_run(log.run)
