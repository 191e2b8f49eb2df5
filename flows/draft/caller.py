"""One question to the model, with everything that can happen on the way: cache, budget, ladder, retries, ledger."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import BaseModel
from tenacity import AsyncRetrying, retry_if_exception

from flows.draft.books import Books
from flows.draft.budget import Account
from flows.draft.chat import Answer, ChatModel, Mode, Outcome, Question, RequestFailed
from flows.draft.ladder import Ladder
from flows.draft.port import Parked
from flows.draft.profiles import Profile
from flows.draft.prompt import Prompt
from flows.draft.retrying import Deadline, RetryAfterOrJitter, passes
from flows.draft.slots import Slots
from flows.errors import ModelRefused, ModelUnavailable
from schemas.runs import ASKED, Attempt, Usage

if TYPE_CHECKING:
    from flows.store.ledger import Ledger
    from flows.store.locks import Locks

#: Answers that arrived whole: kept, so that nobody pays for them again, be they good or not.
_KEPT = frozenset({Outcome.OK, Outcome.BAD_JSON, Outcome.BAD_SCHEMA})
#: What an endpoint may have answered, and billed, without our seeing it.
_MAYBE_BILLED = frozenset({Outcome.TIMEOUT, Outcome.BROKEN_BODY})


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, from the settings."""

    timeout_s: float
    deadline_s: float
    retry_after_cap_s: float


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer held to its wire model: the parsed answer, or what is wrong with it."""

    outcome: Outcome
    answer: BaseModel | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that arrived. `judged.outcome` is OK, BAD_JSON, BAD_SCHEMA or LENGTH; `cached`: it was paid for before."""

    text: str
    judged: Judged
    cached: bool = False


Judge = Callable[[str], Judged]


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
        self._books, self._limits, self._now = Books(ledger), limits, now
        self._concurrency, self._sleep = concurrency, sleep
        self._slots = Slots(concurrency)
        self._under_way: dict[str, _Asking] = {}
        self._ladder = Ladder(memory, chat.address, model, now)
        #: The endpoint asked to be left alone until this moment of the monotonic clock, for this reason.
        self._closed: tuple[float, str] | None = None

    @property
    def address(self) -> str:
        """The endpoint's base URL."""
        return self._chat.address

    async def close(self) -> None:
        """Let go of connections, and of what belongs to this event loop."""
        await self._chat.close()
        self._slots, self._under_way = Slots(self._concurrency), {}

    async def ask(self, prompt: Prompt, account: Account, judge: Judge) -> Reply:
        """The answer to `prompt`: the kept one where it was paid for before, else from the model.

        Raises ModelRefused (do not repeat), ModelUnavailable (attempts or time used up), BudgetExceeded, or Parked
        when the endpoint asks for a longer pause than a run may take.
        """
        async with self._alone(prompt.answer_key):
            kept = await self._books.answer(prompt.answer_key)
            if kept is not None:
                return Reply(kept, judge(kept), cached=True)
            self._open_to(account)
            self._fits(prompt)
            return await self._from_model(prompt, account, judge)

    async def _from_model(self, prompt: Prompt, account: Account, judge: Judge) -> Reply:
        self._chat.open()
        deadline = Deadline(self._limits.deadline_s)
        retrying = AsyncRetrying(
            retry=retry_if_exception(passes),
            stop=deadline,
            wait=RetryAfterOrJitter(),
            sleep=self._sleep,
            reraise=True,
        )
        try:
            async for attempt in retrying:
                with attempt:
                    return await self._once(prompt, account, judge, deadline)
        except RequestFailed as error:
            kind = ModelUnavailable if error.transient else ModelRefused
            raise kind(str(error)) from error
        raise ModelUnavailable(f"{self._chat.address}: no attempt was made")

    async def _once(self, prompt: Prompt, account: Account, judge: Judge, deadline: Deadline) -> Reply:
        """One rung after the other until the endpoint takes one; an answer that was cut off is asked for once more, longer."""
        mode, limit = self._ladder.mode, self._output_limit(prompt)
        longer = False
        while True:
            try:
                answer, judged = await self._request(prompt, account, judge, mode, limit, deadline)
            except RequestFailed as error:
                if error.step_down and mode is not Mode.TEXT:
                    mode = self._ladder.step_down(mode)
                    continue
                self._park(error, account, deadline)
                raise
            self._ladder.worked(mode)
            if judged.outcome is Outcome.LENGTH and not longer and self._longer(prompt, limit) > limit:
                limit, longer = self._longer(prompt, limit), True
                continue
            if judged.outcome is Outcome.REFUSAL:
                raise ModelRefused(f"the model refused: {' '.join(answer.text.split())[:200]}")
            if judged.outcome is Outcome.CONTENT_FILTER:
                raise ModelRefused("the endpoint's content filter held the answer back")
            return Reply(answer.text, judged)

    async def _request(
        self, prompt: Prompt, account: Account, judge: Judge, mode: Mode, limit: int, deadline: Deadline
    ) -> tuple[Answer, Judged]:
        """One request with its row in the ledger, whatever becomes of it."""
        # The budget holds the worst case, the ledger books what is likely where nothing was reported.
        worst = self._profile.cost(Usage(input_tokens=prompt.tokens, output_tokens=limit))
        likely = Usage(input_tokens=prompt.tokens, output_tokens=prompt.expected_output_tokens, estimated=True)
        asked = row = None
        booked: Decimal | None = None
        began = queued = time.monotonic()
        try:
            async with self._slots.take(first=prompt.opens):
                deadline.queued(time.monotonic() - queued)
                account.reserve(worst)
                timeout_s = max(0.01, min(self._limits.timeout_s, deadline.left))
                asked = self._asked(prompt, account, likely)
                row = _Row(Outcome.DISCONNECTED, usage=likely, error="the run was ended before the answer came")
                # Before the request: a process that is killed meanwhile leaves what it asked behind.
                await self._books.book(asked)
                booked = asked.cost_usd
                account.booked(worst, booked)
                began = time.monotonic()
                async with asyncio.timeout(timeout_s + 1):
                    answer = await self._chat.ask(self._question(prompt, mode, limit, timeout_s))
            # The slot is somebody else's by now.
            judged = judge(answer.text) if answer.outcome is Outcome.OK else Judged(answer.outcome)
            # An answer without usage was made all the same: count it by its length.
            counted = Usage(input_tokens=prompt.tokens, output_tokens=len(answer.text) // 4, estimated=True)
            row = _Row(judged.outcome, answer.usage or counted, answer.request_id, answer.text)
            return answer, judged
        except TimeoutError as error:
            message = f"{self._chat.address} did not answer within {timeout_s:g} s"
            row = _Row(Outcome.TIMEOUT, likely, error=message)
            raise RequestFailed(message, Outcome.TIMEOUT, transient=True) from error
        except RequestFailed as error:
            if error.outcome is Outcome.WRONG_TYPE and self._ladder.proven:
                # It has answered as it should before: this page is a gateway's, and passes.
                error.transient = True
            row = _Row(error.outcome, likely if _billed(error) else Usage(), error.request_id, error.raw, str(error))
            raise
        finally:
            if asked is not None and row is not None:
                cost = self._profile.cost(row.usage)
                settled = asked.model_copy(update=row.settled(cost, time.monotonic() - began))
                try:
                    # The row and, in the same transaction, the answer that was paid for.
                    await self._books.book(settled, keep_answer=row.outcome in _KEPT)
                finally:
                    account.settle(worst, row.usage, cost, booked)

    def _asked(self, prompt: Prompt, account: Account, likely: Usage) -> Attempt:
        """The row of a request that is about to be made."""
        return Attempt(
            # In the order of time, also within one tick of the clock.
            id=f"{time.time_ns():016x}{secrets.token_hex(8)}",
            run_id=account.run_id,
            comparison=account.comparison,
            at=self._now(),
            model=self._model,
            prompt=prompt.name,
            prompt_hash=prompt.prompt_hash,
            answer_key=prompt.answer_key,
            outcome=ASKED,
            latency_s=0.0,
            usage=likely,
            cost_usd=self._profile.cost(likely),
        )

    def _question(self, prompt: Prompt, mode: Mode, limit: int, timeout_s: float) -> Question:
        return Question(
            model=self._model,
            messages=prompt.sent(mode),
            schema_name=prompt.schema_name,
            schema=prompt.schema,
            mode=mode,
            parameters={self._profile.limit_parameter: limit, **self._profile.parameters},
            timeout_s=timeout_s,
        )

    def _fits(self, prompt: Prompt) -> None:
        """Refuses, before it is sent, what leaves no room for an answer."""
        if self._room(prompt) < prompt.expected_output_tokens:
            raise ModelRefused(
                f"the prompt {prompt.name!r} takes about {prompt.tokens:,} tokens and its answer {prompt.expected_output_tokens:,}, "
                f"more than the {self._profile.context_tokens:,} that {self._model} takes: choose a model with a longer "
                "context, or correct context_tokens in data/models.yaml"
            )

    def _room(self, prompt: Prompt) -> int:
        return self._profile.context_tokens - prompt.tokens

    def _output_limit(self, prompt: Prompt) -> int:
        return min(self._profile.output_tokens, self._room(prompt))

    def _longer(self, prompt: Prompt, limit: int) -> int:
        return min(2 * limit, self._room(prompt))

    def _open_to(self, account: Account) -> None:
        """Nobody asks before the pause is over that the endpoint asked for."""
        if self._closed is None:
            return
        until, reason = self._closed
        wait = until - time.monotonic()
        if wait > 0:
            raise Parked(wait, reason, account.usage)
        self._closed = None

    def _park(self, error: RequestFailed, account: Account, deadline: Deadline) -> None:
        """Raises Parked where the endpoint asks for a longer pause than is allowed, or than is left."""
        wait = error.retry_after_s
        if not error.transient or wait is None or wait <= min(self._limits.retry_after_cap_s, deadline.left):
            return
        self._closed = (time.monotonic() + wait, str(error))
        raise Parked(wait, str(error), account.usage) from error

    @asynccontextmanager
    async def _alone(self, key: str) -> AsyncIterator[None]:
        """One asker a question: two pages of one entity want the same answer, and the second takes the first one's."""
        asking = self._under_way.setdefault(key, _Asking())
        asking.askers += 1
        try:
            async with asking.lock:
                yield
        finally:
            asking.askers -= 1
            if not asking.askers:
                self._under_way.pop(key, None)


@dataclass(slots=True)
class _Asking:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    askers: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    outcome: Outcome
    usage: Usage
    request_id: str | None = None
    raw: str | None = None
    error: str | None = None

    def settled(self, cost: Decimal | None, seconds: float) -> dict[str, object]:
        """What the ledger's row learns."""
        return {
            "outcome": self.outcome.value,
            "latency_s": round(seconds, 4),
            "usage": self.usage,
            "cost_usd": cost,
            "request_id": self.request_id,
            "raw": self.raw,
            "error": self.error,
        }


def _billed(error: RequestFailed) -> bool:
    """Whether the endpoint may have made an answer that got lost. A connection that was never made carried no question."""
    return error.outcome in _MAYBE_BILLED or (error.outcome is Outcome.DISCONNECTED and error.sent)
