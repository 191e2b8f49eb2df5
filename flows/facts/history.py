"""What was said when: a metric's readings over time, and which facts changed materially since a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from flows.facts.materiality import Change, fact_change
from flows.facts.registry import Registry
from flows.facts.resolve import group, missing, resolve_group, seen_on
from schemas.facts import Fact, Observation


@dataclass(frozen=True, slots=True)
class Reading:
    """One observation in a metric's history. `since` is the day the value speaks of, or the day it was first read."""

    since: date
    observation: Observation


def readings(observations: Iterable[Observation], metric: str, entity: str | None = None) -> tuple[Reading, ...]:
    """All readings of a metric (of one entity, or of all), oldest first, those of one day by source."""
    found = [
        Reading(seen_on(one), one)
        for one in {one.id: one for one in observations}.values()
        if one.metric == metric and entity in (None, one.entity)
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.observation.source, one.observation.id)))


def changed_since(
    history: Iterable[tuple[Observation, datetime, datetime]], registry: Registry, since: date, today: date
) -> tuple[Change, ...]:
    """The facts that changed materially between the end of day `since` and `today`.

    `history` holds each observation with the first and the last moment at which it was seen. On a day, what counts had
    been seen by then; where a source went on to say something else, its newer reading replaces the older in resolution.
    """
    seen = tuple(history)
    before = _facts((one for one, first, _ in seen if first.date() <= since), registry, since)
    latest = (one.model_copy(update={"retrieved_at": last}) for one, first, last in seen if first.date() <= today)
    after = _facts(latest, registry, today)
    return tuple(_changes(before, after, registry))


def _changes(before: dict[str, Fact], after: dict[str, Fact], registry: Registry) -> Iterator[Change]:
    for fact_id in sorted(before.keys() | after.keys()):
        old, new = before.get(fact_id), after.get(fact_id)
        fact = new or old
        if fact is None:
            continue
        change = fact_change(old, new, registry.metric(fact.metric), registry.entity(fact.entity).name)
        if change is not None:
            yield change


def _facts(observations: Iterable[Observation], registry: Registry, today: date) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    known = {metric.id for metric in registry.catalogue.metrics}
    for (entity, metric, context), same in group(observations).items():
        if metric in known:
            fact = resolve_group(same, registry.metric(metric), today) if same else missing(entity, metric, context)
            facts[fact.id] = fact
    return facts
