"""One metric under several names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.facts.findings.view import View, ids
from flows.facts.registry import normalise
from schemas.facts import Finding, FindingKind, Observation

#: Words that make no metric another one.
_FILLERS = frozenset({"a", "an", "the", "of", "in", "for", "by", "and", "total", "number", "count", "usage", "overall"})


def duplicate_metrics(view: View) -> Iterator[Finding]:
    """Metrics for which one source uses several labels, and metrics whose names are the same words."""
    labels: dict[tuple[str, str], dict[str, list[Observation]]] = {}
    for one in view.observations:
        label = view.label(one)
        labels.setdefault((one.source, one.metric), {}).setdefault(normalise(label), []).append(one)
    for (_, metric_id), names in labels.items():
        if len(names) < 2:
            continue
        found = [one for same in names.values() for one in same]
        shown = ", ".join(f'"{view.label(same[0])}"' for same in names.values())
        yield Finding(
            kind=FindingKind.DUPLICATE_METRIC,
            sentence=f"{view.metrics[metric_id].name}: {view.source(found[0])} has it under {len(names)} names: {shown}.",
            observations=ids(found),
        )
    yield from _alike(view)


def _alike(view: View) -> Iterator[Finding]:
    """Metrics of the registry that one source fills under names made of the same words."""
    seen: dict[tuple[str, frozenset[str]], dict[str, list[Observation]]] = {}
    for one in view.observations:
        words = _words(view.label(one))
        seen.setdefault((one.source, words), {}).setdefault(one.metric, []).append(one)
    for by_metric in seen.values():
        if len(by_metric) > 1:
            found = [one for same in by_metric.values() for one in same]
            names = " and ".join(f'"{view.metrics[metric_id].name}"' for metric_id in by_metric)
            label = dict.fromkeys(f'"{view.label(one)}"' for one in found)
            yield Finding(
                kind=FindingKind.DUPLICATE_METRIC,
                sentence=f"{', '.join(label)} of {view.source(found[0])} count as different metrics, {names}, but read as one.",
                observations=ids(found),
            )


def _words(label: str) -> frozenset[str]:
    words = normalise(label).split()
    return frozenset(re.sub(r"(?<=[a-z]{3})s$", "", word) for word in words if word not in _FILLERS)
