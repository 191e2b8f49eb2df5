"""A model as judge of two verdicts: asked in both orders, and believed only where the order makes no difference."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from flows.draft.budget import Account, DayBudget
from flows.draft.caller import Caller, Judged
from flows.draft.chat import Outcome
from flows.draft.profiles import Profile
from flows.draft.prompt import Task, build_prompt, judged_facts
from flows.draft.repair import judge_by
from flows.errors import ModelError
from schemas.drafts import WireJudgement
from schemas.facts import FactSheet

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.store.ledger import Ledger
    from flows.store.locks import Locks

#: As `prompts/judge.md.j2` numbers them.
CRITERIA = ("decisive", "grounded", "useful", "fair", "plain")
#: The key of the mark for the whole, beside those of the criteria.
WHOLE = "whole"


class Side(StrEnum):
    FIRST = "first"
    SECOND = "second"
    TIE = "tie"


_SIDES = {"a": Side.FIRST, "b": Side.SECOND, "tie": Side.TIE}
_SWAPPED = {Side.FIRST: Side.SECOND, Side.SECOND: Side.FIRST, Side.TIE: Side.TIE}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A side for each criterion and for the whole. `flipped`: those that followed the order, which count as a tie."""

    marks: Mapping[str, Side]
    flipped: tuple[str, ...]


class ModelJudge:
    """By the model of the settings. Who wrote which text is not said; an answer that was paid for once is kept."""

    def __init__(
        self, caller: Caller, model: str, profile: Profile, day: DayBudget, *, attempts: int, max_cost_usd: Decimal
    ) -> None:
        self._caller, self.model, self._day = caller, model, day
        self._attempts, self._max_cost_usd = attempts, max_cost_usd
        self._parameters = json.dumps(profile.parameters, sort_keys=True)

    async def compare(self, sheet: FactSheet, first: str, second: str, run_id: str) -> Judgement:
        """Which of two texts about `sheet` is better. Raises ModelError, Parked."""
        account = Account(
            run_id=run_id,
            comparison=sheet.comparison.slug,
            attempts_left=self._attempts,
            limit=self._max_cost_usd,
            day=self._day,
        )
        one = await self._ask(judged_facts(sheet, first, second), account)
        other = await self._ask(judged_facts(sheet, second, first), account)
        marks, flipped = {}, []
        for key, mark in one.items():
            if mark is _SWAPPED[other[key]]:
                marks[key] = mark
            else:
                marks[key] = Side.TIE
                flipped.append(key)
        return Judgement(marks, tuple(flipped))

    async def close(self) -> None:
        """Let go of connections."""
        await self._caller.close()

    async def _ask(self, facts: str, account: Account) -> dict[str, Side]:
        faults: tuple[str, ...] = ()
        # An answer that cannot be used is kept as well: only another sample number asks anew.
        for sample in (0, 1):
            task = Task("judge", facts, self.model, self._parameters, sample)
            reply = await self._caller.ask(build_prompt(task), account, judge_marks)
            if isinstance(reply.judged.answer, WireJudgement):
                return _marks(reply.judged.answer)
            faults = reply.judged.faults or (f"the answer ended as {reply.judged.outcome.value}",)
        raise ModelError(f"{account.comparison}: the judge gave no usable answer: {faults[0]}")


def judge_marks(text: str) -> Judged:
    """Holds an answer to the wire model and to the form: each criterion marked once, with A, B or tie."""
    judged = judge_by(WireJudgement)(text)
    if not isinstance(judged.answer, WireJudgement):
        return judged
    named = sorted(_criterion(mark.criterion) for mark in judged.answer.marks)
    if named != sorted(CRITERIA):
        fault = f"marks: wanted {', '.join(CRITERIA)} once each, got {', '.join(named)[:120] or 'none'}"
        return Judged(Outcome.BAD_SCHEMA, faults=(fault,))
    marks = (*(mark.mark for mark in judged.answer.marks), judged.answer.whole)
    if odd := [mark for mark in marks if mark.strip().lower() not in _SIDES]:
        return Judged(Outcome.BAD_SCHEMA, faults=(f"a mark must be 'A', 'B' or 'tie', not {odd[0][:40]!r}",))
    return judged


def model_judge(settings: Settings, ledger: Ledger, memory: Locks, now: Callable[[], datetime]) -> ModelJudge:
    """The judge that the settings name. Raises SettingsError where a key is wanted and missing."""
    from flows.draft.model_drafter import open_caller

    model = settings.model
    assert model is not None  # noqa: S101 - the caller asks only when one is set
    caller, profile, day = open_caller(settings, ledger, memory, now)
    return ModelJudge(
        caller, model, profile, day, attempts=settings.model_attempts, max_cost_usd=settings.max_cost_usd_per_run
    )


def _criterion(name: str) -> str:
    """ "1 decisive:" -> "decisive"."""
    return name.strip(" .:0123456789").lower()


def _marks(answer: WireJudgement) -> dict[str, Side]:
    found = {_criterion(mark.criterion): _SIDES[mark.mark.strip().lower()] for mark in answer.marks}
    return {**{name: found[name] for name in CRITERIA}, WHOLE: _SIDES[answer.whole.strip().lower()]}
