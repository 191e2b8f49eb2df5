"""Which facts changed materially since a date, from what was said when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from flows.facts.materiality import Change, fact_change
from flows.facts.registry import Registry
from flows.facts.resolve import group, missing, resolve_group
from schemas.catalogue import Tier
from schemas.facts import Context, Fact, Observation

#: An observation with the first and the last moment at which its source was seen to say so.
Sighting = tuple[Observation, datetime, datetime]


def changed_since(history: Iterable[Sighting], registry: Registry, since: date, today: date) -> tuple[Change, ...]:
    """The facts that changed materially between the end of day `since` and `today`.

    `history` holds each observation with the first and the last moment at which it was seen. On a day, what counts had
    been seen by then, and was still said when its source was last read for the entity; settlements count until they end.
    """
    seen = tuple(history)
    before, after = (_facts(_current(seen, day), registry, day) for day in (since, today))
    return tuple(_changes(before, after, registry))


def _current(history: tuple[Sighting, ...], day: date) -> Iterator[Observation]:
    """What counted at the end of `day`, with the moment at which it was last seen by then as far as that is known."""
    reads: dict[tuple[str, str], datetime] = {}
    newest: dict[Place, datetime] = {}
    for one, first, last in history:
        for moment in (first, last):
            if moment.date() <= day:
                source = (one.source, one.entity)
                reads[source] = max(moment, reads.get(source, moment))
        if first.date() <= day:
            newest[_place(one)] = max(first, newest.get(_place(one), first))
    for one, first, last in history:
        if first.date() > day:
            continue
        latest = reads[one.source, one.entity]
        if one.tier is Tier.EDITOR:
            yield one
        elif last >= latest:
            # Seen again after that day, and something newer by then: the sightings between are not known, the first is.
            unsure = last > latest and newest[_place(one)] > first
            moment = first if unsure else latest
            yield one.model_copy(update={"retrieved_at": moment, "as_of": one.as_of if one.dated else moment.date()})


#: Where in a source an observation stands: source, entity, metric, context, label.
Place = tuple[str, str, str, Context, str | None]


def _place(one: Observation) -> Place:
    return one.source, one.entity, one.metric, one.context, one.attribute


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
