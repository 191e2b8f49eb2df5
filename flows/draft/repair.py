"""One part of a draft: ask, hold the answer to schema and facts, send back what failed, stop in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError

from flows.draft.budget import Account
from flows.draft.caller import Caller, Reply
from flows.draft.chat import Mode, Outcome
from flows.draft.port import Examined
from flows.draft.prompt import Task, build_prompt, repair_text
from flows.draft.wire import first_json, schema_errors
from flows.errors import ModelError
from flows.references import problems as reference_problems
from schemas.checking import Label
from schemas.drafts import Block, Draft
from schemas.facts import FactSheet

#: From a validated answer to blocks and the rules it breaks.
ToBlocks = Callable[[BaseModel], tuple[list[Block], list[str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """The best candidate of one part; `faults` is empty when everything held."""

    blocks: tuple[Block, ...]
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartJob:
    """What one part needs: its task, its wire model, how its answer becomes blocks, and how blocks are checked."""

    task: Task
    wire: type[BaseModel]
    to_blocks: ToBlocks
    sheet: FactSheet
    examine: Callable[[Draft], Examined]
    allowed: Sequence[str]
    repairs: int


async def write_part(caller: Caller, account: Account, job: PartJob) -> Part:
    """The part, after at most `job.repairs` repairs; the same faults twice end it sooner.

    A repair never edits a figure: the model rewrites, and the whole part is checked again. Raises ModelError when no
    usable candidate came at all, Parked from the caller.
    """
    best: Part | None = None
    seen: set[tuple[str, ...]] = set()
    repair: tuple[str, str] | None = None
    for _round in range(job.repairs + 1):
        try:
            reply = await caller.ask(build_prompt(job.task, repair=repair), account, _judge(job.wire))
        except ModelError as error:
            if best is None:
                raise
            return Part(best.blocks, best.faults, (f"repair of {job.task.name} stopped: {error}",))
        blocks, faults = _read(reply, job)
        if blocks and (best is None or len(faults) < len(best.faults)):
            best = Part(tuple(blocks), tuple(faults))
        if not faults:
            break
        signature = tuple(sorted(faults))
        if signature in seen:
            break
        seen.add(signature)
        repair = (reply.text[:20_000], repair_text(faults[:12], job.allowed))
    if best is None:
        last = sorted(seen)[-1] if seen else ("no answer",)
        raise ModelError(
            f"{account.comparison}: no usable {job.task.name} after {account.attempts} attempts: {last[0]}"
        )
    return best


def _judge(wire: type[BaseModel]) -> Callable[[str, Mode], Outcome]:
    def judge(text: str, _mode: Mode) -> Outcome:
        try:
            wire.model_validate(first_json(text))
        except ValidationError:
            return Outcome.BAD_SCHEMA
        except (ValueError, RecursionError):
            return Outcome.BAD_JSON
        return Outcome.OK

    return judge


def _read(reply: Reply, job: PartJob) -> tuple[list[Block], list[str]]:
    """Blocks of an answer and everything that is wrong with it: schema, rules, references, claims, in this order."""
    if reply.outcome is Outcome.LENGTH:
        return [], ["(whole answer): it was cut off at the length limit: write less"]
    try:
        answer = job.wire.model_validate(first_json(reply.text))
    except ValidationError as error:
        return [], schema_errors(error)
    except (ValueError, RecursionError) as error:
        said = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return [], [f"(whole answer): no JSON object ({said})"]
    blocks, faults = job.to_blocks(answer)
    if not blocks:
        return [], faults or ["(whole answer): it says nothing"]
    draft = Draft(blocks=tuple(blocks))
    unknown = list(reference_problems(draft, job.sheet))
    if unknown:
        return [], faults + [_unknown(problem, job.allowed) for problem in unknown[:8]]
    return blocks, faults + _failed_claims(job.examine(draft))


def _unknown(problem: object, allowed: Sequence[str]) -> str:
    text = " ".join(str(problem).split())
    near = get_close_matches(text.rpartition(" ")[2], allowed, n=1, cutoff=0.5)
    return text + (f"; nearest listed: {near[0]}" if near else "")


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
