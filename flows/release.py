"""The flows that publish what is approved and forget what is old, and the schedules of all flows for one machine."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from prefect import aserve, flow, task
from prefect.cache_policies import NO_CACHE

from flows.bootstrap import build
from flows.errors import SettingsError
from flows.evaluate import evaluate_verdicts
from flows.generate import generate_verdicts, take_up_parked
from flows.refresh import refresh_facts
from flows.settings import read_settings
from flows.sweep import sweep


@flow(name="release", persist_result=False)
async def release_approved() -> list[str]:
    """Sweep once; gives one line for each thing that was released or refused."""
    return await release_sweep()


@task(task_run_name="sweep", cache_policy=NO_CACHE)
async def release_sweep() -> list[str]:
    """Doing it again changes nothing, so it needs no retry: the next minute's sweep is one."""

    def work() -> list[str]:
        with build(offline=True) as parts:
            return sweep(parts)

    return await asyncio.to_thread(work)


@flow(name="forget", persist_result=False)
async def forget_old() -> dict[str, int]:
    """Delete raw answers of models that are older than TIEBREAK_KEEP_RAW_DAYS, and settle what killed processes had asked.

    Gives how many answers went and how many attempts were lost. Counts and costs stay.
    """
    return await forget_raw()


@task(task_run_name="forget-raw", cache_policy=NO_CACHE)
async def forget_raw() -> dict[str, int]:
    """Doing it again changes nothing."""

    def work() -> dict[str, int]:
        settings = read_settings()
        with build(settings, offline=True) as parts:
            ledger, now = parts.store.ledger, parts.now()
            return {"lost": ledger.settle_lost(now), "forgotten": ledger.forget_raw(settings.keep_raw_days, now)}

    return await asyncio.to_thread(work)


def serve_schedules(comparisons: tuple[str, ...]) -> None:
    """Serve the flows from this process on the schedules that prefect.yaml has for workers. Runs until it is stopped.

    Raises SettingsError when no Prefect server is named: an ephemeral one would end with this process and keep nothing.
    """
    from httpx import TransportError
    from prefect.settings import get_current_settings

    url = get_current_settings().api.url
    if url is None:
        raise SettingsError(
            "no Prefect server is named: start one with `prefect server start` and set PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    try:
        asyncio.run(_serve({"comparisons": list(comparisons) or None}))
    except TransportError as error:
        raise SettingsError(
            f"the Prefect server at {url} does not answer ({str(error) or type(error).__name__}): start it with "
            "`prefect server start`, or correct PREFECT_API_URL"
        ) from error


async def _serve(chosen: dict[str, Any]) -> None:
    await aserve(
        await refresh_facts.ato_deployment("nightly", cron="0 1 * * *", parameters=chosen),
        await generate_verdicts.ato_deployment("nightly", cron="0 2 * * *", parameters=chosen),
        await take_up_parked.ato_deployment("every-five-minutes", interval=timedelta(minutes=5)),
        await release_approved.ato_deployment("every-minute", interval=timedelta(minutes=1)),
        await forget_old.ato_deployment("daily", cron="0 4 * * *"),
        await evaluate_verdicts.ato_deployment("weekly", cron="0 5 * * 1"),
    )
