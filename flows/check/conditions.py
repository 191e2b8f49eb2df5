"""Conditions: a metric measured under several conditions becomes a column for each, so that like is held against like.

"54 s @ GPU, fp16" and "2m04s @ CPU, int8" are two figures of one metric. As columns of their own they are told apart by
the words of their conditions like any two metrics, and arithmetic stays within one condition.
"""

from __future__ import annotations

from collections import defaultdict

from schemas.checking import CheckCase, CheckFact, CheckMetric

#: More conditions than this are no conditions but notes.
_MOST = 40


def apart(case: CheckCase) -> CheckCase:
    """`case` with its multi-condition metrics split. The columns keep the metric's id; their names hold the condition."""
    split = _conditions(case)
    if not split:
        return case
    metrics: list[CheckMetric] = []
    column: dict[tuple[str, str], str] = {}
    for metric in case.metrics:
        metrics.append(metric)
        for condition in split.get(metric.id, ()):
            column[metric.id, condition] = key = f"{metric.id}@{condition}"
            metrics.append(
                metric.model_copy(
                    update={
                        "id": key,
                        "name": f"{metric.name} {condition}",
                        "aliases": tuple(f"{alias} {condition}" for alias in metric.aliases),
                    }
                )
            )
    facts = tuple(
        fact.model_copy(update={"metric": column.get((fact.metric, fact.context or ""), fact.metric)})
        for fact in case.facts
    )
    used = {fact.metric for fact in facts}
    return case.model_copy(
        update={"metrics": tuple(m for m in metrics if m.id in used or m.id not in split), "facts": facts}
    )


def metric_of(column: str) -> str:
    """The metric's own id."""
    return column.partition("@")[0]


def _conditions(case: CheckCase) -> dict[str, tuple[str, ...]]:
    """Metric -> its conditions, where one entity has different values under different ones."""
    cells: dict[tuple[str, str], list[CheckFact]] = defaultdict(list)
    for fact in case.facts:
        cells[fact.metric, fact.entity].append(fact)
    several = {
        metric
        for (metric, _), found in cells.items()
        if len({fact.context for fact in found if fact.context}) > 1
        and len({fact.value for fact in found}) == len(found)
    }
    found: dict[str, tuple[str, ...]] = {}
    for metric in several:
        named = tuple(dict.fromkeys(fact.context for fact in case.facts if fact.metric == metric and fact.context))
        if len(named) <= _MOST:
            found[metric] = named
    return found
