"""Observations -> facts: the highest tier present decides, and what disagrees inside it is disputed.

A fact depends on the observations of its own (entity, metric, context) alone, so a change of one observation touches one
fact. Nothing here depends on the order in which observations arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from flows.facts.agreement import agree
from flows.facts.display import display
from flows.facts.observe import fits
from schemas.catalogue import Metric, Tier
from schemas.facts import Context, Fact, FactStatus, Observation
from schemas.quantity import Kind

#: Entity id, metric id, context: what one fact is about.
Key = tuple[str, str, Context]


def key_of(observation: Observation) -> Key:
    """The fact that an observation is about."""
    return observation.entity, observation.metric, observation.context


def fact_id(entity: str, metric: str, context: Context = ()) -> str:
    """`entity.metric`, with `@k=v,...` behind it where there is a context."""
    suffix = "@" + ",".join(f"{key}={value}" for key, value in context) if context else ""
    return f"{entity}.{metric}{suffix}"


def group(observations: Iterable[Observation]) -> dict[Key, list[Observation]]:
    """Observations by the fact they are about; the same observation given twice counts once."""
    groups: dict[Key, dict[str, Observation]] = {}
    for observation in observations:
        same = groups.setdefault(key_of(observation), {})
        known = same.get(observation.id)
        if known is None or known.retrieved_at < observation.retrieved_at:
            same[observation.id] = observation
    return {key: list(same.values()) for key, same in groups.items()}


def seen_on(observation: Observation) -> date:
    """The day a value speaks of: as the source dates it, else the day it was read."""
    return observation.as_of or observation.retrieved_at.date()


def is_stale(observation: Observation, metric: Metric, today: date) -> bool:
    """Whether the value is older than the metric's time to live. An editor's settlement has an expiry instead."""
    return observation.tier is not Tier.EDITOR and today - seen_on(observation) > timedelta(days=metric.ttl_days)


def has_expired(observation: Observation, today: date) -> bool:
    """Whether a settlement no longer holds: it holds through the day named in it."""
    return observation.expires is not None and observation.expires < today


def usable(observation: Observation, metric: Metric) -> bool:
    """Whether an observation says something about the metric: a value, and of its dimension."""
    return observation.quantity.kind is not Kind.MISSING and fits(observation.quantity, metric)


def newest(observations: Iterable[Observation]) -> list[Observation]:
    """The newest reading of each voice, oldest id first. A voice is one place in one source that may be read many times."""
    voices: dict[tuple[str | None, ...], list[Observation]] = {}
    for one in observations:
        # The page, not the interface: a reading that was exported and carried back is the same voice.
        voice = (one.source, one.attribute, one.source_id, one.url)
        held = voices.get(voice)
        if held is None:
            voices[voice] = [one]
            continue
        ours, theirs = (seen_on(one), one.retrieved_at), (seen_on(held[0]), held[0].retrieved_at)
        if ours > theirs:
            voices[voice] = [one]
        elif ours == theirs:
            # One place that says two things at once: both stand, and disagree.
            held.append(one)
    found = [one for held in voices.values() for one in held]
    found.sort(key=lambda one: one.id)
    return found


def missing(entity: str, metric: str, context: Context = ()) -> Fact:
    """The fact that nobody said anything about."""
    return Fact(
        id=fact_id(entity, metric, context), entity=entity, metric=metric, context=context, status=FactStatus.MISSING
    )


def resolve_group(observations: Sequence[Observation], metric: Metric, today: date) -> Fact:
    """The fact that the observations of one (entity, metric, context) resolve to.

    `observations` has at least one entry, all about one key. Expired settlements and readings that a newer reading of
    the same place replaced take no part.
    """
    entity, metric_id, context = key_of(observations[0])
    settled = [one for one in observations if one.tier is Tier.EDITOR and not has_expired(one, today)]
    rest = newest(one for one in observations if one.tier is not Tier.EDITOR)
    if settled:
        choice = max(settled, key=lambda one: (one.retrieved_at, one.id))
        return _fact(choice, [choice], rest, FactStatus.SINGLE, metric)
    speaking = [one for one in rest if usable(one, metric)]
    if not speaking:
        return missing(entity, metric_id, context).model_copy(update={"others": tuple(one.id for one in rest)})
    tier = max(one.tier for one in speaking)
    top = [one for one in speaking if one.tier is tier]
    fresh = [one for one in top if not is_stale(one, metric, today)]
    deciding = fresh or top
    ids = {one.id for one in deciding}
    others = [one for one in rest if one.id not in ids]
    if any(not agree(a.quantity, b.quantity, metric.tolerance) for a, b in combinations(deciding, 2)):
        return Fact(
            id=fact_id(entity, metric_id, context),
            entity=entity,
            metric=metric_id,
            context=context,
            status=FactStatus.DISPUTED,
            evidence=tuple(one.id for one in deciding),
            others=tuple(one.id for one in others),
            as_of=max(seen_on(one) for one in deciding),
            verified_at=max(one.retrieved_at for one in deciding),
        )
    if not fresh:
        status = FactStatus.STALE
    else:
        status = FactStatus.AGREED if len({one.source for one in deciding}) > 1 else FactStatus.SINGLE
    return _fact(min(deciding, key=_plainness), deciding, others, status, metric)


def _plainness(one: Observation) -> tuple[bool, bool, bool, int, str]:
    """Of readings that agree, the plainest is printed: exact before hedged, a point before a range, newer before older."""
    quantity = one.quantity
    return (
        quantity.approx,
        quantity.bound is not None,
        quantity.low != quantity.high,
        -seen_on(one).toordinal(),
        one.id,
    )


def _fact(
    choice: Observation,
    evidence: Sequence[Observation],
    others: Sequence[Observation],
    status: FactStatus,
    metric: Metric,
) -> Fact:
    entity, metric_id, context = key_of(choice)
    ids, rest = tuple(one.id for one in evidence), tuple(one.id for one in others)
    if choice.quantity.kind is Kind.MISSING:
        # An editor may settle that there is nothing to print.
        return missing(entity, metric_id, context).model_copy(update={"evidence": ids, "others": rest})
    return Fact(
        id=fact_id(entity, metric_id, context),
        entity=entity,
        metric=metric_id,
        context=context,
        status=status,
        quantity=choice.quantity,
        display=display(choice.quantity, metric),
        evidence=ids,
        others=rest,
        as_of=choice.as_of,
        verified_at=max(one.retrieved_at for one in evidence),
    )


def resolve(observations: Iterable[Observation], metrics: Mapping[str, Metric], today: date) -> Iterator[Fact]:
    """The facts of any number of observations, sorted by key. Observations of unknown metrics are left out."""
    groups = group(observations)
    for key in sorted(groups):
        metric = metrics.get(key[1])
        if metric is not None:
            yield resolve_group(groups[key], metric, today)


class Resolver:
    """Facts of many entities, re-resolved where something changed.

    It keeps no observations and no facts: 1.2 million observations as objects are gigabytes, and the store already has
    them. `load` gives all current observations of one entity; facts stream out entity by entity; what stays in memory
    is one number a fact, which tells whether a re-resolved fact differs from the last one handed out.
    """

    def __init__(
        self, metrics: Mapping[str, Metric], load: Callable[[str], Iterable[Observation]], today: date
    ) -> None:
        self._metrics = metrics
        self._load = load
        self._today = today
        self._last: dict[str, int] = {}

    def resolve(self, entities: Iterable[str]) -> Iterator[Fact]:
        """All facts of these entities, one entity in memory at a time."""
        for entity in entities:
            for fact in resolve(self._load(entity), self._metrics, self._today):
                self._last[fact.id] = _mark(fact)
                yield fact

    def update(self, observations: Iterable[Observation]) -> set[Key]:
        """The keys that new observations touch: the facts to resolve again, and no others."""
        return {key_of(one) for one in observations if one.metric in self._metrics}

    def changed(self, touched: Iterable[Key]) -> Iterator[Fact]:
        """The facts among `touched` that now say something else than when they were last handed out."""
        by_entity: dict[str, set[Key]] = {}
        for key in touched:
            by_entity.setdefault(key[0], set()).add(key)
        for entity in sorted(by_entity):
            keys = by_entity[entity]
            groups = group(one for one in self._load(entity) if key_of(one) in keys)
            for key in sorted(keys):
                fact = (
                    resolve_group(groups[key], self._metrics[key[1]], self._today) if key in groups else missing(*key)
                )
                mark = _mark(fact)
                if self._last.get(fact.id) != mark:
                    self._last[fact.id] = mark
                    yield fact


def _mark(fact: Fact) -> int:
    """A number that changes with what a fact says (not with who says so, or when). Good within one process only."""
    quantity = fact.quantity
    if quantity is None:
        return hash((fact.status, fact.evidence if fact.status is FactStatus.DISPUTED else None))
    return hash(
        (fact.status, quantity.low, quantity.high, quantity.unit, quantity.approx, quantity.bound, fact.display)
    )
