"""One part of a draft: ask, hold the answer to schema and facts, send back what failed, stop in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError

from flows.draft.budget import Account
from flows.draft.caller import Caller, Judged, Reply
from flows.draft.chat import Outcome
from flows.draft.port import Examine, Examined
from flows.draft.prompt import Task, build_prompt, repair_text
from flows.draft.shape import Shaped, without
from flows.draft.wire import first_json, schema_errors
from flows.errors import ModelError
from flows.references import Problem, scan
from flows.references import problems as reference_problems
from schemas.checking import Label
from schemas.drafts import Block, Draft
from schemas.facts import FactSheet

#: From a validated answer to blocks and the rules it breaks.
ToBlocks = Callable[[BaseModel], Shaped]
#: Faults that go back in one message, and characters of the answer that go with them.
MAX_FAULTS, MAX_ANSWER = 12, 20_000


@dataclass(frozen=True, slots=True)
class Part:
    """The best candidate of one part.

    `faults`: everything that was wrong with its answer; `unmet`: the rules that what is left of it still breaks, besides
    claims, which the gate judges; `dropped`: sentences and entries of the answer that are not among the blocks.
    """

    blocks: tuple[Block, ...]
    faults: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class PartJob:
    """What one part needs: its task, its wire model, how its answer becomes blocks, and how blocks are checked."""

    task: Task
    wire: type[BaseModel]
    to_blocks: ToBlocks
    sheet: FactSheet
    examine: Examine
    allowed: Sequence[str]
    repairs: int


async def write_part(caller: Caller, account: Account, job: PartJob) -> Part:
    """The part, after at most `job.repairs` repairs; the same faults twice end it sooner.

    A repair never edits a figure: the model rewrites, and the whole part is checked again. Raises ModelError when no
    usable candidate came at all, Parked from the caller.
    """
    best: Part | None = None
    seen: set[tuple[str, ...]] = set()
    faults: tuple[str, ...] = ()
    repair: tuple[str, str] | None = None
    answers = 0
    while answers <= job.repairs:
        answers += 1
        try:
            reply = await caller.ask(build_prompt(job.task, repair=repair), account, judge_by(job.wire))
        except ModelError as error:
            if best is None:
                raise
            return replace(best, notes=(f"repair of {job.task.name} stopped: {error}",))
        found = await read_reply(reply, job)
        faults = found.faults
        if found.blocks and (best is None or len(faults) < len(best.faults)):
            best = found
        signature = tuple(sorted(faults))
        if not faults or signature in seen:
            break
        seen.add(signature)
        repair = (reply.text[:MAX_ANSWER], repair_text(faults[:MAX_FAULTS], job.allowed))
    if best is None:
        raise ModelError(f"{account.comparison}: no usable {job.task.name} after {answers} answer(s): {faults[0]}")
    return best


def judge_by(wire: type[BaseModel]) -> Callable[[str], Judged]:
    """Holds an answer's text to a wire model, whatever it is."""

    def judge(text: str) -> Judged:
        try:
            return Judged(Outcome.OK, wire.model_validate(first_json(text)))
        except ValidationError as error:
            return Judged(Outcome.BAD_SCHEMA, faults=tuple(schema_errors(error)))
        except (ValueError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
            return Judged(Outcome.BAD_JSON, faults=(f"(whole answer): no JSON object ({said})",))

    return judge


async def read_reply(reply: Reply, job: PartJob) -> Part:
    """What of an answer can be used, and everything that is wrong with it: schema, rules, references, claims, in this order."""
    if reply.judged.outcome is Outcome.LENGTH:
        return Part((), ("(whole answer): it was cut off at the length limit: write less",))
    if reply.judged.answer is None:
        return Part((), reply.judged.faults or ("(whole answer): it could not be read",))
    shaped = job.to_blocks(reply.judged.answer)
    if not shaped.blocks:
        return Part((), (*shaped.faults, *shaped.dropped) or ("(whole answer): it says nothing",))
    unknown = _unknown_references(shaped.blocks, job)
    unusable = {(one.block, one.number) for one in unknown}
    blocks = without(shaped.blocks, unusable)
    faults = [*shaped.faults, *shaped.dropped, *(_unknown(one, job.allowed) for one in unknown[:8])]
    if blocks:
        faults += _failed_claims(await job.examine(Draft(blocks=tuple(blocks))))
    return Part(tuple(blocks), tuple(faults), tuple(shaped.faults), dropped=len(shaped.dropped) + len(unusable))


def _unknown_references(blocks: Sequence[Block], job: PartJob) -> tuple[Problem, ...]:
    """What `render` would refuse. The table of the whole sheet is only made where a reference is not among the allowed."""
    allowed = set(job.allowed)
    for block in blocks:
        for sentence in block.sentences:
            found = scan(sentence.text)
            if found.leftovers or not allowed.issuperset(reference.path for reference in found.references):
                return reference_problems(Draft(blocks=tuple(blocks)), job.sheet)
    return ()


def _unknown(problem: Problem, allowed: Sequence[str]) -> str:
    near = get_close_matches(problem.text, allowed, n=1, cutoff=0.5)
    right = f"; nearest listed: {near[0]}" if near else "; leave it out"
    return f"{problem.block}.{problem.number + 1}: {problem.text!r} is no listed reference{right}"


def _failed_claims(examined: Examined) -> list[str]:
    lines = [f"check could not be made: {one.reason}" for one in examined.report.unchecked]
    for claim in examined.report.claims:
        if claim.label is Label.SUPPORTED:
            continue
        home = next((s for s in examined.rendered.sentences if s.start <= claim.start < s.end), None)
        where = f"{home.block}.{home.number + 1}" if home else "text"
        why = claim.computation or claim.reason or claim.label.value
        right = f"; right would be {claim.right}" if claim.right else ""
        lines.append(f"{where}: {claim.text!r} is {claim.label.value} ({why}){right}")
    return lines
