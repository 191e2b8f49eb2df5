"""Twins: metrics that are one measure under two names. Where their cells for one entity disagree, none may carry a claim.

A page that was put together from several tables has "Throughput", "Request Throughput" and "Requests Per Second", each
with another figure. Names count as the same only when nothing is left that tells them apart: "idle" and "peak memory",
or "latency" and "p99 latency", stay two metrics.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from flows.check.words import tokenize
from flows.quantities.units import lookup
from schemas.checking import CheckMetric

#: Words of a metric's name that make it no other metric.
_FILLERS = frozenset(
    "a an the of in for by and to with per number count total overall all time usage use performance benchmark result results test measured "
    "support supported supports built available availability native natively automatic automatically auto generated generation quality first "
    "integration integrated framework library product model included".split()
)
#: A quoted word or pattern in a name is a workload of its own: there the order of the words matters.
_LITERAL = frozenset("\"'`“”‘’\\")
#: What a rate is called besides its unit.
_OF_DIMENSION = {"rate": frozenset("throughput rate requests request rps qps queries query operations ops".split())}


def twins(
    metrics: Sequence[CheckMetric], units: Sequence[str | None], concept: Callable[[str], str]
) -> list[list[int]]:
    """Groups of two and more metrics whose names, without fillers and words of their unit, are the same words.

    `units`: the canonical unit of each metric's cells, None where they hold no numbers; metrics of different dimensions are
    never twins.
    """
    groups: dict[tuple[str, frozenset[str]], list[int]] = defaultdict(list)
    for number, (metric, unit) in enumerate(zip(metrics, units, strict=True)):
        dimension = _dimension(unit)
        words = _own_words(metric.name, dimension, concept)
        if (words or dimension == "rate") and _LITERAL.isdisjoint(metric.name):
            groups[dimension, words].append(number)
    return [group for group in groups.values() if len(group) > 1]


def _dimension(unit: str | None) -> str:
    if unit is None:
        return "text"
    if unit == "1/s":
        return "rate"
    found = lookup(unit)
    return found.dimension if found is not None else unit


def _own_words(name: str, dimension: str, concept: Callable[[str], str]) -> frozenset[str]:
    quiet = _FILLERS | _OF_DIMENSION.get(dimension, frozenset())
    return frozenset(
        concept(token.low)
        for token in tokenize(name[:200])
        if token.low[0].isalnum() and token.low not in quiet and not _is_unit(token.low, dimension)
    )


def _is_unit(word: str, dimension: str) -> bool:
    """Whether a word of a name only repeats the unit of the column: "ms", the "second" of a rate."""
    if dimension in ("text", "count") or len(word) < 2:
        # What is counted is the measure: "columns" and "indexes" are two.
        return False
    if dimension == "rate" and word in ("second", "sec"):
        return True
    unit = lookup(word)
    return unit is not None and unit.dimension == dimension
