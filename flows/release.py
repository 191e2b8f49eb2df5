"""The flow that publishes what is approved, and the schedules of all flows for one machine."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from prefect import aserve, flow, task
from prefect.cache_policies import NO_CACHE

from flows.bootstrap import build
from flows.errors import SettingsError
from flows.evaluate import evaluate_verdicts
from flows.generate import generate_verdicts
from flows.refresh import refresh_facts
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


def serve_schedules(comparisons: tuple[str, ...]) -> None:
    """Serve the flows from this process on the schedules that prefect.yaml has for workers. Runs until it is stopped.

    Raises SettingsError when no Prefect server is named: an ephemeral one would end with this process and keep nothing.
    """
    from prefect.settings import get_current_settings

    if get_current_settings().api.url is None:
        raise SettingsError(
            "no Prefect server is named: start one with `prefect server start` and set PREFECT_API_URL=http://127.0.0.1:4200/api"
        )
    asyncio.run(_serve({"comparisons": list(comparisons) or None}))


async def _serve(chosen: dict[str, Any]) -> None:
    await aserve(
        await refresh_facts.ato_deployment("nightly", cron="0 1 * * *", parameters=chosen),
        await generate_verdicts.ato_deployment("nightly", cron="0 2 * * *", parameters=chosen),
        await release_approved.ato_deployment("every-minute", interval=timedelta(minutes=1)),
        await evaluate_verdicts.ato_deployment("weekly", cron="0 5 * * 1"),
    )
