"""The second reader: a model that proposes typed claims about a text. It is given no say in their labels."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError

from flows.draft.budget import Account, DayBudget
from flows.draft.caller import Caller, Judged
from flows.draft.chat import Outcome
from flows.draft.profiles import Profile
from flows.draft.prompt import Task, build_prompt, text_facts
from flows.draft.wire import first_json
from flows.errors import ModelError
from schemas.checking import CheckCase
from schemas.proposals import WireProposal, WireProposals

if TYPE_CHECKING:
    from flows.settings import Settings
    from flows.store.ledger import Ledger
    from flows.store.locks import Locks

#: Characters of text that are read in one question: prose carries a claim in some 40 characters, an entry takes some 130
#: tokens, and answers that are cut off are paid for and lost.
PART = 1_200
_BREAK = re.compile(r"\n+|(?<=[.!?])\s+")


class SecondReader(Protocol):
    """Reads a text and proposes claims about it."""

    async def propose(self, case: CheckCase, run_id: str) -> tuple[WireProposal, ...]:
        """What `case.text` asserts. Raises ModelError when it could not be read whole, Parked when it may be later."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class ModelSecondReader:
    """By the model of the settings, part by part; an answer that was paid for once is kept by its `answer_key`."""

    def __init__(
        self, caller: Caller, model: str, profile: Profile, day: DayBudget, *, attempts: int, max_cost_usd: Decimal
    ) -> None:
        self._caller, self._model, self._day = caller, model, day
        self._attempts, self._max_cost_usd = attempts, max_cost_usd
        self._parameters = json.dumps(profile.parameters, sort_keys=True)

    async def propose(self, case: CheckCase, run_id: str) -> tuple[WireProposal, ...]:
        """The proposals for all parts of the text, in order."""
        account = Account(
            run_id=run_id,
            comparison=case.id or "check",
            attempts_left=self._attempts,
            limit=self._max_cost_usd,
            day=self._day,
        )
        found: list[WireProposal] = []
        for part in parts(case.text):
            found += await self._read(case, part, account)
        return tuple(found)

    async def close(self) -> None:
        """Let go of connections."""
        await self._caller.close()

    async def _read(self, case: CheckCase, part: str, account: Account) -> list[WireProposal]:
        faults: tuple[str, ...] = ()
        # An answer that cannot be used is kept as well: only another sample number asks anew.
        for sample in (0, 1):
            task = Task("claims", text_facts(case, part), self._model, self._parameters, sample)
            reply = await self._caller.ask(build_prompt(task), account, judge_claims)
            if isinstance(reply.judged.answer, WireProposals):
                return reply.judged.answer.claims
            faults = reply.judged.faults or (f"the answer ended as {reply.judged.outcome.value}",)
        raise ModelError(f"{account.comparison}: the second reader gave no usable answer: {faults[0]}")


def parts(text: str) -> Iterator[str]:
    """The text in runs of whole sentences and lines, of at most PART characters where the sentences allow it."""
    start = end = 0
    for found in _BREAK.finditer(text):
        if found.end() - start > PART and end > start:
            yield text[start:end]
            start = end
        end = found.end()
    if text[start:].strip():
        if len(text) - start > PART and end > start:
            yield text[start:end]
            start = end
        if text[start:].strip():
            yield text[start:]


def judge_claims(text: str) -> Judged:
    """Holds an answer to the wire model, entry by entry: one that does not fit is left out, the others still count."""
    try:
        document = first_json(text)
        entries = document["claims"] if isinstance(document, dict) else None
        if not isinstance(entries, list):
            return Judged(Outcome.BAD_SCHEMA, faults=("claims: a list is missing",))
    except (ValueError, RecursionError) as error:
        return Judged(Outcome.BAD_JSON, faults=(f"no JSON object ({type(error).__name__})",))
    except KeyError:
        return Judged(Outcome.BAD_SCHEMA, faults=("claims: a list is missing",))
    kept: list[WireProposal] = []
    fault = ""
    for entry in entries:
        try:
            kept.append(WireProposal.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            fault = f"{'.'.join(str(one) for one in first['loc'])}: {first['msg']}"
    if entries and not kept:
        return Judged(Outcome.BAD_SCHEMA, faults=(f"no entry follows the schema: {fault}",))
    return Judged(Outcome.OK, WireProposals(claims=kept))


def model_second_reader(
    settings: Settings, ledger: Ledger, memory: Locks, now: Callable[[], datetime]
) -> ModelSecondReader:
    """The second reader that the settings name. Raises SettingsError where a key is wanted and missing."""
    from flows.draft.model_drafter import open_caller

    model = settings.model
    assert model is not None  # noqa: S101 - the caller asks only when one is set
    caller, profile, day = open_caller(settings, ledger, memory, now)
    return ModelSecondReader(
        caller, model, profile, day, attempts=settings.model_attempts, max_cost_usd=settings.max_cost_usd_per_run
    )
