"""The flows that bring comparisons up to date: gather, draft, check, decide, publish what policy lets pass."""

from __future__ import annotations

from collections import Counter

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from flows.bootstrap import build
from flows.pipeline import run_many, run_parked


@flow(name="generate", persist_result=False)
async def generate_verdicts(
    comparisons: list[str] | None = None, batch_size: int = 25, concurrency: int = 16, offline: bool = False
) -> dict[str, int]:
    """Run the pipeline over the named comparisons, or all; gives how many ended in which outcome."""
    with build(offline=True) as parts:
        slugs = comparisons or [one.slug for one in parts.catalogue.comparisons]
    total: Counter[str] = Counter()
    for at in range(0, len(slugs), batch_size):
        total.update(await generate_batch(slugs[at : at + batch_size], concurrency, offline))
    return dict(total)


# The pipeline owns the retries of model calls; these are for a store or machine that went away. What a batch has
# finished is in the store, so a second attempt does not pay for it again.
@task(
    task_run_name="generate-batch",
    retries=2,
    retry_delay_seconds=exponential_backoff(10),
    retry_jitter_factor=0.5,
    cache_policy=NO_CACHE,
)
async def generate_batch(slugs: list[str], concurrency: int, offline: bool) -> dict[str, int]:
    """Outcomes of one batch, by name."""
    with build(offline=offline) as parts:
        chosen = [parts.registry.comparison(slug) for slug in slugs]
        runs = await run_many(parts, chosen, concurrency=concurrency)
    return dict(Counter(run.outcome.value if run.outcome else "unfinished" for run in runs))


@flow(name="take-up-parked", persist_result=False)
async def take_up_parked(concurrency: int = 16, offline: bool = False) -> dict[str, int]:
    """Run what a model's endpoint asked to be left alone and is due again; gives how many ended in which outcome.

    Once an endpoint asks for another pause, the rest is parked without being sent.
    """
    return await parked_batch(concurrency, offline)


@task(task_run_name="parked-batch", cache_policy=NO_CACHE)
async def parked_batch(concurrency: int, offline: bool) -> dict[str, int]:
    """Needs no retry: what is still parked is taken up the next time."""
    with build(offline=offline) as parts:
        runs = await run_parked(parts, concurrency=concurrency)
    return dict(Counter(run.outcome.value if run.outcome else "unfinished" for run in runs))
