"""CPU of one draft call at concurrency 64 against an instant server in another process, beside the SDK's bare `create`.

    python -m evals.bench.drafting [CALLS]

Ours is everything from the fact sheet to the stored answer: render the prompt, hold the budgets, call, validate, read
references, write the ledger (before the request and after it). The checker is left out and shown apart. All clients are asked in turn in each round, so that a busy machine
is busy for all of them. instructor and pydantic-ai are measured where they are installed (`make bench`).
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from decimal import Decimal
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel

from evals.bench._example import application
from evals.bench._server import model_server
from flows.check.version import checker_version
from flows.draft.budget import Account, DayBudget
from flows.draft.caller import Caller, Limits
from flows.draft.chat import Message, Mode
from flows.draft.openai_model import OpenAIModel
from flows.draft.port import Examined
from flows.draft.profiles import Price, Profile
from flows.draft.prompt import Task, build_prompt, sheet_facts
from flows.draft.repair import PartJob, write_part
from flows.draft.shape import Shaped, verdict_blocks
from flows.draft.wire import strict_schema
from flows.examine import examine
from flows.parts import Parts
from flows.pipeline import observe, stored_sheet
from flows.references import table
from schemas.checking import Decision, Report
from schemas.drafts import Draft, RenderedDraft, WireVerdict
from schemas.facts import FactSheet

CONCURRENCY, ROUNDS, BOUND = 64, 9, 1.5
MODEL = "bench/good"
#: Makes every question a new one, so that no answer is a kept one.
_SAMPLES = count(1)

Call = Callable[[], Awaitable[object]]


def main() -> None:
    """Print milliseconds of CPU a call, and each client's share of bare `create`."""
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder, model_server() as url, application(Path(folder), 1) as parts:
        asyncio.run(_run(parts, url, calls))


async def _run(parts: Parts, url: str, calls: int) -> None:
    comparison = parts.catalogue.comparisons[0]
    observe(parts, comparison)
    sheet = stored_sheet(parts, comparison)
    prompt = build_prompt(Task("verdict", sheet_facts(sheet), MODEL))
    clients = {
        "openai .create": _create(url, prompt.sent(Mode.SCHEMA)),
        "tiebreak draft call": _ours(parts, url, sheet),
    }
    clients |= _peers(url, prompt.sent(Mode.SCHEMA))
    async with AsyncExitStack() as opened:
        if find_spec("aiohttp") is not None:
            from openai import DefaultAioHttpClient

            # The SDK's other transport: not what is bounded, but said beside it, so that nobody has to guess.
            other = await opened.enter_async_context(DefaultAioHttpClient())
            clients["openai .create, aiohttp"] = _create(url, prompt.sent(Mode.SCHEMA), other)
        await _rounds(clients, calls, prompt.messages)
    print(f"the check of such an answer, apart: {_check_ms(sheet):.1f} ms")


async def _rounds(clients: dict[str, Call], calls: int, messages: Sequence[Message]) -> None:
    spent: dict[str, list[float]] = {name: [] for name in clients}
    for call in clients.values():
        await _measure(call, CONCURRENCY)
    for _round in range(ROUNDS):
        for name, call in clients.items():
            spent[name].append(await _measure(call, calls))
    print(f"{calls} calls x {ROUNDS} rounds, concurrency {CONCURRENCY}, prompt of {len(str(messages)) / 1000:.1f} kB")
    print(f"{'client':<28}{'CPU ms median':>14}{'min':>8}{'x create':>10}")
    for name, found in spent.items():
        median = statistics.median(found)
        shares = statistics.median(one / other for one, other in zip(found, spent["openai .create"], strict=True))
        print(f"{name:<28}{median:>14.2f}{min(found):>8.2f}{shares:>10.2f}")
    print(f"bound of the draft call: {BOUND} x create, by the median over the rounds")


async def _measure(call: Call, calls: int) -> float:
    """Milliseconds of this process's CPU a call."""
    numbers = iter(range(calls))

    async def worker() -> None:
        for _number in numbers:
            await call()

    began = time.process_time()
    await asyncio.gather(*(worker() for _ in range(CONCURRENCY)))
    return (time.process_time() - began) / calls * 1000


def _create(url: str, messages: list[Any], http_client: Any = None) -> Call:
    from openai import AsyncOpenAI

    client = AsyncOpenAI(base_url=url, api_key="none", max_retries=0, http_client=http_client)
    form: Any = {
        "type": "json_schema",
        "json_schema": {"name": "verdict", "schema": strict_schema(WireVerdict), "strict": True},
    }
    return lambda: client.chat.completions.create(
        model=MODEL, messages=messages, response_format=form, max_completion_tokens=4000
    )


def _ours(parts: Parts, url: str, sheet: FactSheet) -> Call:
    limits = Limits(60, 180, 60)
    price = Price(input=Decimal(1), output=Decimal(4), as_of=sheet.today, source="made up")
    caller = Caller(
        OpenAIModel(url, None),
        MODEL,
        Profile(model=MODEL, price=price),
        parts.store.ledger,
        parts.store.locks,
        limits,
        parts.now,
        concurrency=CONCURRENCY,
    )
    ids, metrics = [one.id for one in sheet.entities], [one.id for one in sheet.metrics]

    passed = Report(decision=Decision.PUBLISH, checker_version=checker_version())
    unchecked = Examined(RenderedDraft(text="", sentences=(), references=()), passed)

    def to_blocks(answer: BaseModel) -> Shaped:
        return verdict_blocks(cast("WireVerdict", answer), ids, metrics)

    def spent_today() -> Decimal:
        return parts.store.ledger.spent(since=parts.now().replace(hour=0, minute=0, second=0, microsecond=0))

    day = DayBudget(Decimal(1000), spent_today)

    async def unread(_draft: Draft) -> Examined:
        return unchecked

    async def call() -> object:
        account = Account("run", sheet.comparison.slug, attempts_left=9, limit=Decimal(1000), day=day)
        prints = table(sheet)
        task = Task("verdict", sheet_facts(sheet, prints=prints), MODEL, sample=next(_SAMPLES))
        job = PartJob(task, WireVerdict, to_blocks, sheet, unread, list(prints), repairs=0)
        part = await write_part(caller, account, job)
        if part.faults:
            raise RuntimeError(f"the server's answer was not taken: {part.faults[0]}")
        return part

    return call


def _peers(url: str, messages: list[Any]) -> dict[str, Call]:
    from openai import AsyncOpenAI

    found: dict[str, Call] = {}
    if find_spec("instructor") is not None:
        import instructor

        asking = instructor.from_openai(
            AsyncOpenAI(base_url=url, api_key="none", max_retries=0), mode=instructor.Mode.JSON_SCHEMA
        )
        found["instructor JSON_SCHEMA"] = lambda: asking.chat.completions.create(
            model=MODEL, messages=messages, response_model=WireVerdict, max_retries=0
        )
    if find_spec("pydantic_ai") is not None:
        from pydantic_ai import Agent, NativeOutput
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        model = OpenAIChatModel(MODEL, provider=OpenAIProvider(base_url=url, api_key="none"))
        agent = Agent(model, output_type=NativeOutput(WireVerdict), instructions=messages[0]["content"], retries=0)
        found["pydantic-ai NativeOutput"] = lambda: agent.run(messages[1]["content"])
    return found


def _check_ms(sheet: FactSheet) -> float:
    from flows.draft.builtin import write

    draft, found = write(sheet), []
    for _ in range(10):
        began = time.process_time()
        examine(draft, sheet)
        found.append((time.process_time() - began) * 1000)
    return statistics.median(found)


if __name__ == "__main__":
    main()
