"""Resolving many entities: seconds, memory, growth, and how much a change of one per cent touches.

    python -m evals.bench.facts [ENTITIES ...]

Each size runs in a process of its own, so that its peak memory is its own. Observations come entity by entity from a
generator that stands for the store; quantities are parsed before, as gathering does. 40 metrics with 3 observations each.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from flows.facts.resolve import Resolver
from schemas.catalogue import Direction, Metric, MetricKind, Tier
from schemas.facts import FactStatus, Observation
from schemas.quantity import Kind, Quantity

SIZES = (1_000, 3_000, 10_000)
METRICS = 40
SOURCES = (("official", Tier.OFFICIAL), ("mirror", Tier.OFFICIAL), ("blog", Tier.THIRD_PARTY))
TODAY = date(2026, 1, 31)
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)

_METRICS = {
    f"metric_{number}": Metric(
        id=f"metric_{number}",
        name=f"Metric {number}",
        kind=MetricKind.QUANTITY,
        unit="ms",
        direction=Direction.LOWER,
    )
    for number in range(METRICS)
}
_NAMES = tuple(_METRICS)


def observations(entity: str, changed: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Observation]:
    """The observations of one entity; the (entity, metric) pairs in `changed` have moved. One fact in ten is disputed."""
    base = int(entity.removeprefix("e"))
    for number, metric in enumerate(_NAMES):
        moved = 2 if (entity, metric) in changed else 1
        for place, (source, tier) in enumerate(SOURCES):
            apart = 3 if place == 1 and (base + number) % 10 == 0 else 1
            value = Decimal((base % 97 + number + 1) * moved * apart) / 1000
            yield Observation.model_construct(
                id=f"{entity}-{number}-{place}-{moved}",
                entity=entity,
                metric=metric,
                raw="",
                quantity=Quantity(kind=Kind.QUANTITY, raw="", low=value, high=value, unit="s"),
                source=source,
                tier=tier,
                retrieved_at=READ_AT,
            )


def measure(count: int) -> dict[str, float]:
    """One size: resolve all, then change one fact in a hundred and resolve what that touches."""
    entities = [f"e{number}" for number in range(count)]
    changed: frozenset[tuple[str, str]] = frozenset()
    resolver = Resolver(_METRICS, lambda entity: observations(entity, changed), TODAY)

    start = time.perf_counter()
    generated = sum(1 for entity in entities for _ in observations(entity))
    generating = time.perf_counter() - start

    start = time.perf_counter()
    facts = disputed = 0
    for fact in resolver.resolve(entities):
        facts += 1
        disputed += fact.status is FactStatus.DISPUTED
    seconds = time.perf_counter() - start

    pairs = [(entity, metric) for entity in entities for metric in _NAMES][::100]
    changed = frozenset(pairs)
    arrived = [one for entity, metric in pairs for one in observations(entity, changed) if one.metric == metric]
    start = time.perf_counter()
    touched = resolver.update(arrived)
    moved = sum(1 for _ in resolver.changed(touched))
    again = time.perf_counter() - start
    return {
        "entities": count,
        "observations": generated,
        "facts": facts,
        "disputed": disputed,
        "seconds": seconds,
        "generating": generating,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "touched": len(touched) / facts,
        "changed": moved / facts,
        "seconds_again": again,
    }


def main(arguments: list[str]) -> None:
    """Print one row a size."""
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]))))
        return
    sizes = [int(argument) for argument in arguments] or list(SIZES)
    print(
        "| entities | observations | facts | disputed | s (of which reading) | us a fact | peak MB | touched by 1 % | s again |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    rates = []
    for size in sizes:
        answer = subprocess.run(
            [sys.executable, "-m", "evals.bench.facts", "--one", str(size)], capture_output=True, text=True, check=True
        )
        row = json.loads(answer.stdout)
        rates.append(row["seconds"] / row["entities"])
        print(
            f"| {size:,} | {row['observations']:,} | {row['facts']:,} | {row['disputed'] / row['facts']:.0%} "
            f"| {row['seconds']:.1f} ({row['generating']:.1f}) | {row['seconds'] / row['facts'] * 1e6:.0f} "
            f"| {row['peak_mb']:.0f} | {row['touched']:.2%} | {row['seconds_again']:.1f} |"
        )
    print(f"Linear: seconds an entity, largest size over smallest: {rates[-1] / rates[0]:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
