"""The flow that observes what is due: facts only, no words."""

from __future__ import annotations

import asyncio

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from flows.bootstrap import build
from flows.pipeline import observe


@flow(name="refresh", persist_result=False)
async def refresh_facts(
    comparisons: list[str] | None = None, batch_size: int = 25, offline: bool = False
) -> dict[str, int]:
    """Observe the named comparisons, or all; gives how many were observed and how many observations are new."""
    with build(offline=True) as parts:
        slugs = comparisons or [one.slug for one in parts.catalogue.comparisons]
    batches = [slugs[at : at + batch_size] for at in range(0, len(slugs), batch_size)]
    new = [await observe_batch(batch, offline) for batch in batches]
    return {"comparisons": len(slugs), "new_observations": sum(new)}


# One task a batch: a task for each comparison costs the server more than the work (docs/running.md).
@task(
    task_run_name="observe-batch",
    retries=2,
    retry_delay_seconds=exponential_backoff(10),
    retry_jitter_factor=0.5,
    cache_policy=NO_CACHE,
)
async def observe_batch(slugs: list[str], offline: bool) -> int:
    """Observations that are new. Sources that fail cost their figures, not the batch."""

    def work() -> int:
        with build(offline=offline) as parts:
            return sum(observe(parts, parts.registry.comparison(slug))[1] for slug in slugs)

    return await asyncio.to_thread(work)
