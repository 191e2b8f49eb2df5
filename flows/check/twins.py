"""Twins: metrics that are one measure under two names. Where their cells for one entity disagree, none may carry a claim.

A page that was put together from several tables has "Throughput", "Request Throughput" and "Requests Per Second", each
with another figure. Names count as the same only when nothing is left that tells them apart: "idle" and "peak memory",
or "latency" and "p99 latency", stay two metrics. So do two columns that are filled side by side and differ nearly
everywhere: an error is the exception, and a table that gives most things two figures measures two things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from flows.check.words import known_tokens
from flows.quantities.units import lookup
from schemas.checking import CheckMetric

#: Words of a metric's name that make it no other metric. A statistic, "total" and "native" are none of them: they tell.
_FILLERS = frozenset(
    "a an the of in for by and to with per number count average avg approx approximate all time usage use performance benchmark result "
    "results measured support supported supports built available availability framework library product included".split()
)
#: Of these, the ones that tell features apart: a list of what is on offer may hold "download speed" and "average download speed".
_TELLING = frozenset("number count average avg approx approximate all time".split())
#: A quoted word or pattern in a name is a workload of its own: there the order of the words matters.
_LITERAL = frozenset("\"'`“”‘’\\")
#: So many entities with both figures, and the columns speak for themselves; one or two may both be wrong.
_SEVERAL = 3
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


def two_measures(shared: int, differing: int) -> bool:
    """Whether columns with twin names are two measures after all, where `shared` entities have both and `differing` of them
    two figures."""
    return shared >= _SEVERAL and differing * 2 > shared


def _dimension(unit: str | None) -> str:
    if unit is None:
        return "text"
    if unit == "1/s":
        return "rate"
    found = lookup(unit)
    return found.dimension if found is not None else unit


def _own_words(name: str, dimension: str, concept: Callable[[str], str]) -> frozenset[str]:
    quiet = (_FILLERS - _TELLING if dimension == "text" else _FILLERS) | _OF_DIMENSION.get(dimension, frozenset())
    tokens = [token.low for token in known_tokens(name[:200]) if token.low[0].isalnum()]
    return frozenset(
        concept(word)
        for before, word in zip(("", *tokens), tokens, strict=False)
        # After a number a unit belongs to a condition: "10 MB file".
        if word not in quiet and (before[:1].isdigit() or not _is_unit(word, dimension))
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
