"""One question to the model, with everything that can happen on the way: cache, budget, ladder, retries, ledger."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_before_delay
from tenacity.wait import wait_base

from flows.draft.budget import Account
from flows.draft.chat import Answer, ChatModel, Mode, Outcome, Question, RequestFailed
from flows.draft.port import Parked
from flows.draft.profiles import Profile
from flows.draft.prompt import Prompt
from flows.errors import ModelError, ModelRefused, ModelUnavailable
from schemas.runs import Attempt, Usage

if TYPE_CHECKING:
    from flows.store.ledger import Ledger
    from flows.store.locks import Locks

_LADDER = (Mode.SCHEMA, Mode.OBJECT, Mode.TOOL, Mode.TEXT)
#: Answers that arrived and say that this very request will not do better: they go back to the caller as they are.
_ARRIVED = frozenset({Outcome.OK, Outcome.BAD_JSON, Outcome.BAD_SCHEMA, Outcome.LENGTH})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and counts, from the settings."""

    timeout_s: float
    deadline_s: float
    retry_after_cap_s: float


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that arrived. `outcome` is OK, BAD_JSON, BAD_SCHEMA or LENGTH; `cached`: it was paid for before."""

    text: str
    outcome: Outcome
    mode: Mode
    cached: bool = False


#: Reads an answer and says which of OK, BAD_JSON and BAD_SCHEMA it is.
Judge = Callable[[str, Mode], Outcome]


class Caller:
    """Asks one model. Shared by all comparisons of a process: one semaphore, one memory of what the endpoint can do."""

    def __init__(
        self,
        chat: ChatModel,
        model: str,
        profile: Profile,
        ledger: Ledger,
        memory: Locks,
        limits: Limits,
        now: Callable[[], datetime],
        *,
        concurrency: int,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._chat, self._model, self._profile = chat, model, profile
        self._ledger, self._memory, self._limits, self._now = ledger, memory, limits, now
        self._gate = asyncio.Semaphore(concurrency)
        self._sleep = sleep
        self._switch = f"ladder {chat.address} {model}"
        self._mode: Mode | None = None

    async def close(self) -> None:
        """Let go of connections."""
        await self._chat.close()

    async def ask(self, prompt: Prompt, account: Account, judge: Judge) -> Reply:
        """The answer to `prompt`: the kept one where it was paid for before, else from the model.

        Raises ModelRefused (do not repeat), ModelUnavailable (attempts or time used up), BudgetExceeded, or Parked
        when the endpoint asks for a longer pause than a run may take.
        """
        kept = self._ledger.answer(prompt.answer_key)
        if kept is not None:
            return Reply(kept, judge(kept, Mode.TEXT), Mode.TEXT, cached=True)
        retrying = AsyncRetrying(
            retry=retry_if_exception(_passes),
            stop=stop_before_delay(self._limits.deadline_s),
            wait=_Wait(),
            sleep=self._sleep,
            reraise=True,
        )
        began = time.monotonic()
        try:
            async for attempt in retrying:
                with attempt:
                    left = self._limits.deadline_s - (time.monotonic() - began)
                    return await self._once(prompt, account, judge, max(0.01, min(self._limits.timeout_s, left)))
        except RequestFailed as error:
            raise _final(error) from error
        raise ModelUnavailable(f"{self._chat.address}: no attempt was made")

    async def _once(self, prompt: Prompt, account: Account, judge: Judge, timeout_s: float) -> Reply:
        """One rung after the other until the endpoint takes one, then one answer."""
        mode = self._known_mode()
        while True:
            try:
                answer, outcome = await self._request(prompt, account, judge, mode, timeout_s)
            except RequestFailed as error:
                if error.step_down and mode is not Mode.TEXT:
                    mode = _LADDER[_LADDER.index(mode) + 1]
                    continue
                if error.retry_after_s is not None and error.retry_after_s > self._limits.retry_after_cap_s:
                    raise Parked(error.retry_after_s, str(error), account.usage) from error
                raise
            if mode is not self._mode:
                self._mode = mode
                self._memory.set_switch(self._switch, mode.value, self._now())
            if outcome not in _ARRIVED:
                raise ModelRefused(_refusal(outcome, answer.text))
            return Reply(answer.text, outcome, mode)

    async def _request(
        self, prompt: Prompt, account: Account, judge: Judge, mode: Mode, timeout_s: float
    ) -> tuple[Answer, Outcome]:
        """One request with its row in the ledger, whatever becomes of it."""
        expected_usage = Usage(input_tokens=prompt.tokens, output_tokens=prompt.expected_output_tokens, estimated=True)
        expected = self._profile.cost(expected_usage)
        account.reserve(expected)
        question = Question(
            model=self._model,
            messages=prompt.sent(mode),
            schema_name=prompt.schema_name,
            schema=prompt.schema,
            mode=mode,
            parameters={self._profile.limit_parameter: self._profile.output_tokens, **self._profile.parameters},
            timeout_s=timeout_s,
        )
        usage, row = Usage(), _Row(Outcome.DISCONNECTED)
        began = time.perf_counter()
        try:
            async with self._gate, asyncio.timeout(timeout_s + 1):
                began = time.perf_counter()
                answer = await self._chat.ask(question)
            outcome = judge(answer.text, mode) if answer.outcome is Outcome.OK else answer.outcome
            # An answer without usage was made all the same: count it by its length.
            usage = answer.usage or Usage(
                input_tokens=prompt.tokens, output_tokens=len(answer.text) // 4, estimated=True
            )
            row = _Row(outcome, answer.request_id, answer.text)
            if outcome is Outcome.OK:
                self._ledger.keep_answer(prompt.answer_key, model=self._model, text=answer.text, at=self._now())
            return answer, outcome
        except TimeoutError as error:
            usage = expected_usage
            row = _Row(Outcome.TIMEOUT, error=f"no answer within {timeout_s:g} s")
            message = f"{self._chat.address} did not answer within {timeout_s:g} s"
            raise RequestFailed(message, Outcome.TIMEOUT, transient=True) from error
        except RequestFailed as error:
            # A request that reached the model may have been answered, and billed, without our seeing it.
            billed = error.outcome in (Outcome.TIMEOUT, Outcome.BROKEN_BODY) or (
                error.status is None and error.outcome is Outcome.DISCONNECTED and not _refused(error)
            )
            usage = expected_usage if billed else Usage()
            row = _Row(error.outcome, error.request_id, error.raw, str(error))
            raise
        finally:
            cost = self._profile.cost(usage)
            account.settle(expected, usage, cost)
            self._ledger.add_attempt(
                Attempt(
                    id=uuid.uuid4().hex,
                    run_id=account.run_id,
                    comparison=account.comparison,
                    at=self._now(),
                    model=self._model,
                    prompt=prompt.name,
                    prompt_hash=prompt.prompt_hash,
                    answer_key=prompt.answer_key,
                    outcome=row.outcome.value,
                    latency_s=round(time.perf_counter() - began, 4),
                    usage=usage,
                    cost_usd=cost,
                    request_id=row.request_id,
                    raw=row.raw,
                    error=row.error,
                )
            )

    def _known_mode(self) -> Mode:
        if self._mode is None:
            remembered = self._memory.switch(self._switch)
            return Mode(remembered) if remembered in {mode.value for mode in Mode} else Mode.SCHEMA
        return self._mode


@dataclass(frozen=True, slots=True)
class _Row:
    outcome: Outcome
    request_id: str | None = None
    raw: str | None = None
    error: str | None = None


class _Wait(wait_base):
    """Retry-After where it was given, spread by up to a tenth so that a herd does not return together; else full jitter."""

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        if isinstance(error, RequestFailed) and error.retry_after_s is not None:
            return error.retry_after_s * (1 + random.random() / 10)  # noqa: S311 - spreading load, not a secret
        return random.uniform(0, min(30.0, 0.5 * 2.0**retry_state.attempt_number))  # noqa: S311


def _passes(error: BaseException) -> bool:
    return isinstance(error, RequestFailed) and error.transient


def _final(error: RequestFailed) -> ModelError:
    kind = ModelUnavailable if error.transient else ModelRefused
    return kind(str(error))


def _refused(error: RequestFailed) -> bool:
    """Whether the connection was refused outright: then nothing was sent."""
    return "refused" in str(error).lower() or ("cannot reach" in str(error) and "disconnect" not in str(error).lower())


def _refusal(outcome: Outcome, text: str) -> str:
    if outcome is Outcome.REFUSAL:
        return f"the model refused: {' '.join(text.split())[:200]}"
    return "the endpoint's content filter held the answer back"
