"""500 comparisons at 2 s of model latency and concurrency 64 through `pipeline.run_many`: wall time over the ideal, and memory.

    python -m evals.bench.throughput [COMPARISONS [LATENCY_S]]

The ideal is what the model alone would take with every slot always busy: requests x latency / concurrency. A comparison asks
for its verdict first and then for the other three parts at once, so requests queue for the slots, not for each other.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from statistics import median, quantiles

from evals.bench._example import application
from evals.bench._server import model_server
from flows.pipeline import run_many
from schemas.runs import Run

CONCURRENCY, BOUND = 64, 1.10


def main() -> None:
    """Print wall, ideal and their ratio, this process's CPU, how late its event loop ran, and its memory after each tenth."""
    comparisons = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    latency_s = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    memory: list[float] = []

    def done(_run: Run) -> None:
        count[0] += 1
        if count[0] % max(1, comparisons // 10) == 0:
            memory.append(_resident_mb())

    count = [0]
    with tempfile.TemporaryDirectory() as folder, model_server(latency_s) as url:
        settings = {"model": "bench/good", "model_url": url, "model_concurrency": CONCURRENCY}
        with application(Path(folder), comparisons, **settings) as parts:
            began, cpu = time.perf_counter(), time.process_time()
            # Enough comparisons under way that a slot never waits for one to be gathered or checked.
            work = run_many(parts, parts.catalogue.comparisons, concurrency=2 * CONCURRENCY, on_done=done)
            runs, late, loop_cpu = asyncio.run(_watched(work))
            wall, cpu = time.perf_counter() - began, time.process_time() - cpu
            requests = sum(len(parts.store.ledger.attempts(run.id)) for run in runs)
    ideal = requests * latency_s / CONCURRENCY
    outcomes = Counter(run.outcome.value if run.outcome else "none" for run in runs)
    print(f"{comparisons} comparisons, {requests} requests of {latency_s:g} s, {CONCURRENCY} at once: {dict(outcomes)}")
    print(f"wall {wall:.1f} s, ideal {ideal:.1f} s, wall / ideal {wall / ideal:.2f} (bound {BOUND})")
    print(f"CPU of this process {cpu:.1f} s, {cpu / comparisons * 1000:.0f} ms a comparison; ", end="")
    print(f"of its event loop {loop_cpu / comparisons * 1000:.0f} ms")
    print(
        f"event loop late by {median(late) * 1000:.0f} ms (median), {quantiles(late, n=100)[-1] * 1000:.0f} ms (99 %)"
    )
    print("resident MB after each tenth: " + " ".join(f"{one:.0f}" for one in memory))


async def _watched(work: Coroutine[None, None, list[Run]]) -> tuple[list[Run], list[float], float]:
    """What `work` gives, by how much a timer of its event loop was late each time, and the CPU that the loop's thread took."""
    late: list[float] = []

    async def tick() -> None:
        while True:
            due = time.perf_counter() + 0.05
            await asyncio.sleep(0.05)
            late.append(time.perf_counter() - due)

    ticking, cpu = asyncio.create_task(tick()), time.thread_time()
    try:
        return await work, late, time.thread_time() - cpu
    finally:
        ticking.cancel()


def _resident_mb() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


if __name__ == "__main__":
    main()
