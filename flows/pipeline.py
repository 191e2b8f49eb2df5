"""The stages in order, for one comparison and for many. No Prefect here: the flows wrap this."""

from __future__ import annotations

import asyncio
import traceback
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from flows.checkers import Checkers, apart_for
from flows.deciding import decide
from flows.draft.dropping import without_failing
from flows.draft.port import DraftJob, DraftResult, Examine, Examined, Parked
from flows.errors import ModelError, TiebreakError
from flows.examine import Examiner
from flows.facts.sheet import build_sheet
from flows.gather.run import Gathered
from flows.parts import Parts, Progress
from flows.runlog import RunLog
from flows.standing import already_waits, still_stands
from schemas.catalogue import Comparison
from schemas.checking import Decision
from schemas.drafts import Draft
from schemas.facts import FactSheet
from schemas.runs import Outcome, Run, Usage

#: Comparisons gathered at once: they wait on the network, but what they read keeps the interpreter busy.
GATHERING = 16


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Where the work of many comparisons goes that would hold up the event loop.

    `gather` waits on the network, and the event loop's own pool has a handful of threads, which slow sources would
    keep busy. `check` computes.
    """

    gather: ThreadPoolExecutor
    check: Checkers
    #: Held while facts are resolved: see `_sheet_in_turn`.
    facts: asyncio.Lock


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
    log = _begin(parts, comparison, progress)
    settle_lost(parts)
    try:
        return await _run(parts, comparison, log, redraft=redraft, max_cost_usd=max_cost_usd)
    finally:
        await _close(parts)


def settle_lost(parts: Parts) -> int:
    """Close the books over what killed processes had asked of a model. Gives how many attempts were lost."""
    return parts.store.ledger.settle_lost(parts.now()) if parts.drafter.model is not None else 0


def _begin(parts: Parts, comparison: Comparison, progress: Progress | None) -> RunLog:
    run = Run(
        id=uuid.uuid4().hex,
        comparison=comparison.slug,
        started_at=parts.now(),
        drafter=parts.drafter.name,
        model=parts.drafter.model,
    )
    return RunLog(run, progress)


async def _run(
    parts: Parts,
    comparison: Comparison,
    log: RunLog,
    *,
    redraft: bool,
    max_cost_usd: Decimal | None,
    elsewhere: _Elsewhere | None = None,
) -> Run:
    run = log.run
    with parts.store.locks.hold(comparison.slug, run.id, run.started_at):
        parts.store.ledger.save_run(run)
        try:
            await _stages(parts, comparison, log, redraft=redraft, max_cost_usd=max_cost_usd, elsewhere=elsewhere)
        except Parked as parked:
            due = parts.now() + timedelta(seconds=parked.wait_s)
            parts.store.locks.park(comparison.slug, due_at=due, reason=parked.reason, run_id=run.id)
            log.notes.append(f"parked until {due:%Y-%m-%d %H:%M:%S} UTC: {parked.reason}")
            log.update(outcome=Outcome.PARKED, usage=parked.usage)
        except ModelError as error:
            log.update(outcome=Outcome.FAILED, error=str(error))
        except Exception as error:
            log.update(outcome=Outcome.FAILED, error=_reason(error))
            _finish(parts, log)
            raise
        _finish(parts, log)
    return log.run


def _reason(error: Exception) -> str:
    """One line for the run's record. Where it is a fault of the program, with its place, for whoever mends it."""
    if isinstance(error, TiebreakError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"unexpected {type(error).__name__}{place}: {' '.join(str(error).split())[:300]}"


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
    elsewhere = _Elsewhere(
        gather=ThreadPoolExecutor(min(concurrency, GATHERING), thread_name_prefix="gather"),
        check=Checkers(parts.lexicon, apart=apart_for(len(comparisons))),
        facts=asyncio.Lock(),
    )

    async def one(comparison: Comparison) -> Run:
        async with gate:
            log = _begin(parts, comparison, progress)
            try:
                await _run(parts, comparison, log, redraft=redraft, max_cost_usd=max_cost_usd, elsewhere=elsewhere)
            except Exception as error:  # noqa: BLE001 - whatever one comparison meets, the others go on
                log.update(outcome=Outcome.FAILED, error=_reason(error), ended_at=parts.now())
            if on_done is not None:
                on_done(log.run)
            return log.run

    settle_lost(parts)
    try:
        return list(await asyncio.gather(*(one(comparison) for comparison in comparisons)))
    finally:
        elsewhere.gather.shutdown(wait=False, cancel_futures=True)
        elsewhere.check.close()
        await _close(parts)


async def run_parked(
    parts: Parts, *, concurrency: int = 16, max_cost_usd: Decimal | None = None, progress: Progress | None = None
) -> list[Run]:
    """Take up what an endpoint asked to be left alone and whose time has come. Answers that had arrived are not asked again.

    What the catalogue no longer has is let go.
    """
    known = {comparison.slug: comparison for comparison in parts.catalogue.comparisons}
    due = [slug for slug, _due, _why in parts.store.locks.parked(parts.now())]
    for slug in due:
        if slug not in known:
            parts.store.locks.unpark(slug)
    chosen = [known[slug] for slug in due if slug in known]
    return await run_many(parts, chosen, concurrency=concurrency, max_cost_usd=max_cost_usd, progress=progress)


def observe(parts: Parts, comparison: Comparison, progress: Progress | None = None) -> tuple[Gathered, int]:
    """Ask the sources and store what they say. Gives what they said, and how many observations are new."""
    gathered = parts.gather(comparison, progress)
    return gathered, parts.store.observations.add(gathered.observations, gathered.read, parts.now())


def stored_sheet(parts: Parts, comparison: Comparison) -> FactSheet:
    """The sheet of what is in the store now, without asking anybody."""
    observations = parts.store.observations.current(comparison.entities)
    return build_sheet(comparison, parts.registry, observations, parts.now().date())


async def _sheet_in_turn(parts: Parts, comparison: Comparison, elsewhere: _Elsewhere | None) -> FactSheet:
    """`stored_sheet`, of many comparisons one a turn of the event loop.

    At the start a hundred are gathered at once. Resolved in one turn, they would all be ready before the first of them
    may ask its model anything, with every slot empty meanwhile.
    """
    if elsewhere is None:
        return stored_sheet(parts, comparison)
    async with elsewhere.facts:
        await asyncio.sleep(0)
        return stored_sheet(parts, comparison)


async def _stages(
    parts: Parts,
    comparison: Comparison,
    log: RunLog,
    *,
    redraft: bool,
    max_cost_usd: Decimal | None,
    elsewhere: _Elsewhere | None,
) -> None:
    with log.stage("gather"):
        # Sources wait on the network, so other comparisons go on meanwhile.
        gathered, _new = await asyncio.get_running_loop().run_in_executor(
            None if elsewhere is None else elsewhere.gather, observe, parts, comparison, log.progress
        )
        log.notes.extend(gathered.notes)
    with log.stage("facts"):
        sheet = await _sheet_in_turn(parts, comparison, elsewhere)
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
    if not redraft and still_stands(parts, sheet, log):
        return
    if not redraft and already_waits(parts, sheet, log):
        return
    with log.stage("draft"):
        examining = Examiner(sheet, parts.lexicon, None if elsewhere is None else elsewhere.check)
        result = await _draft(parts, sheet, log, examining, redraft=redraft, max_cost_usd=max_cost_usd)
    log.stages[-1] = log.stages[-1].model_copy(update={"cost_usd": result.cost_usd})
    with log.stage("check"):
        draft, examined = await publishable(result.draft, examining)
        objections = await _second_reading(parts, sheet, examined, log.run.id)
    log.notes.extend((*result.notes, *objections))
    dropped = result.dropped + _sentences(result.draft) - _sentences(draft)
    log.update(dropped=dropped, usage=result.usage, cost_usd=result.cost_usd, prompt_hash=parts.drafter.prompt_hash)
    decide(parts, sheet, draft, examined, log, redraft=redraft, unmet=(*result.unmet, *objections))


def _sentences(draft: Draft) -> int:
    return sum(len(block.sentences) for block in draft.blocks)


async def _second_reading(parts: Parts, sheet: FactSheet, examined: Examined, run_id: str) -> tuple[str, ...]:
    """What a second reader holds against a model's draft that the rules let pass. An editor has to look at such a draft.

    The report that is stored stays the rules': they can repeat it at any time, and an approval is bound to its labels.
    """
    if parts.second_reader is None or parts.drafter.name == "builtin":
        return ()
    from flows.check import case_from_sheet, compile_case
    from flows.draft.reading import objections, read_text

    case = case_from_sheet(sheet).model_copy(update={"text": examined.rendered.text})
    reading = await read_text(
        case, compile_case(case, parts.lexicon), parts.second_reader, date=sheet.today, run_id=run_id
    )
    return objections(examined.report, reading.report)


async def _close(parts: Parts) -> None:
    await parts.drafter.close()
    if parts.second_reader is not None:
        await parts.second_reader.close()


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


async def _draft(
    parts: Parts,
    sheet: FactSheet,
    log: RunLog,
    examine: Examine,
    *,
    redraft: bool,
    max_cost_usd: Decimal | None,
) -> DraftResult:
    sample = int(parts.now().timestamp()) if redraft else 0
    job = DraftJob(run_id=log.run.id, examine=examine, max_cost_usd=max_cost_usd, sample=sample)
    return await parts.drafter.draft(sheet, job)


async def publishable(draft: Draft, examine: Examine) -> tuple[Draft, Examined]:
    """The draft, or the draft without its failing sentences where the rest stands. `examine`: of its sheet."""
    examined = await examine(draft)
    if examined.report.decision is Decision.PUBLISH:
        return draft, examined
    shorter = without_failing(draft, examined.rendered, examined.report)
    if shorter is None:
        return draft, examined
    again = await examine(shorter)
    return (shorter, again) if again.report.decision is Decision.PUBLISH else (draft, examined)


def _finish(parts: Parts, log: RunLog) -> None:
    unknown = parts.drafter.name != "builtin" and log.run.usage == Usage()
    if spent := parts.store.ledger.attempts(log.run.id) if unknown else ():
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
