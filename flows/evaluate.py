"""The flow that measures verdict quality on a schedule."""

from __future__ import annotations

import asyncio

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE


@flow(name="evaluate", persist_result=False)
async def evaluate_verdicts(suite: str = "small") -> int:
    """Run an eval suite; gives 0 when its gate is met, 1 when it is not. The report is in the flow's log."""
    return await run_eval(suite)


@task(task_run_name="eval-{suite}", cache_policy=NO_CACHE)
async def run_eval(suite: str) -> int:
    """The suite's exit code."""
    from evals.assembled import printed, run_assembled

    result = await asyncio.to_thread(run_assembled, suite)
    get_run_logger().info("suite %s\n%s", suite, printed(result, as_json=False))
    return 0 if result.passed else 1
