"""What the rules look at: the observations of one comparison, indexed the ways that rules ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from flows.facts.agreement import agree
from flows.facts.resolve import has_expired, newest, usable
from schemas.catalogue import Entity, Metric, Rule, Source, Tier
from schemas.facts import Context, Fact, Observation


@dataclass(frozen=True)
class View:
    """Observations are the current ones: those that a newer reading of the same place replaced are left out."""

    observations: tuple[Observation, ...]
    facts: tuple[Fact, ...]
    entities: tuple[Entity, ...]
    metrics: dict[str, Metric]
    rules: tuple[Rule, ...]
    sources: dict[str, Source]
    today: date

    @classmethod
    def of(
        cls,
        observations: Sequence[Observation],
        facts: Sequence[Fact],
        entities: Sequence[Entity],
        metrics: Sequence[Metric],
        rules: Sequence[Rule],
        sources: Sequence[Source],
        today: date,
    ) -> View:
        """A view of the current observations among those given."""
        by_slot: dict[tuple[str, str, Context], list[Observation]] = {}
        for one in observations:
            by_slot.setdefault((one.entity, one.metric, one.context), []).append(one)
        current = [one for slot in by_slot.values() for one in newest(slot) if not has_expired(one, today)]
        current.sort(key=lambda one: (one.metric, one.entity, one.context, one.id))
        return cls(
            tuple(current),
            tuple(facts),
            tuple(entities),
            {metric.id: metric for metric in metrics},
            tuple(rules),
            {source.id: source for source in sources},
            today,
        )

    def name(self, entity: str) -> str:
        """An entity's name."""
        return next((one.name for one in self.entities if one.id == entity), entity)

    def other(self, entity: str) -> str | None:
        """The id of the other entity."""
        return next((one.id for one in self.entities if one.id != entity), None)

    def source(self, observation: Observation) -> str:
        """The name of an observation's source."""
        known = self.sources.get(observation.source)
        return known.name if known else observation.source

    def label(self, observation: Observation) -> str:
        """The label that the source gave the value."""
        return observation.attribute or self.metrics[observation.metric].name

    def fits(self, observation: Observation) -> bool:
        """Whether an observation holds a value of its metric's dimension."""
        return usable(observation, self.metrics[observation.metric])

    @cached_property
    def slots(self) -> dict[tuple[str, str, Context, Tier], tuple[Observation, ...]]:
        """Values by (entity, metric, context, tier): those that must agree with each other. Settlements are left out."""
        found: dict[tuple[str, str, Context, Tier], list[Observation]] = {}
        for one in self.observations:
            if one.tier is not Tier.EDITOR and self.fits(one):
                found.setdefault((one.entity, one.metric, one.context, one.tier), []).append(one)
        return {key: tuple(values) for key, values in found.items()}

    @cached_property
    def denied(self) -> frozenset[str]:
        """The observations that another one of their slot disagrees with."""
        found: set[str] = set()
        for (_, metric, _, _), values in self.slots.items():
            for one, other in combinations(values, 2):
                if not agree(one.quantity, other.quantity, self.metrics[metric].tolerance):
                    found |= {one.id, other.id}
        return frozenset(found)

    @cached_property
    def rows(self) -> dict[tuple[str, str, str, Context], dict[str, tuple[Observation, ...]]]:
        """Rows of the sources' tables: (source, metric, label, context) to the cells of each entity."""
        found: dict[tuple[str, str, str, Context], dict[str, tuple[Observation, ...]]] = {}
        for one in self.observations:
            if one.tier is Tier.EDITOR:
                continue
            row = found.setdefault((one.source, one.metric, one.attribute or "", one.context), {})
            row[one.entity] = (*row.get(one.entity, ()), one)
        return found

    def by_metric(self) -> dict[str, tuple[Observation, ...]]:
        """All current observations of each metric, settlements left out."""
        found: dict[str, list[Observation]] = {}
        for one in self.observations:
            if one.tier is not Tier.EDITOR:
                found.setdefault(one.metric, []).append(one)
        return {key: tuple(values) for key, values in found.items()}


def ids(observations: Sequence[Observation]) -> tuple[str, ...]:
    """The ids, each once, in order."""
    return tuple(dict.fromkeys(one.id for one in observations))


def listed(observations: Sequence[Observation], most: int = 4) -> str:
    """The raw values for a sentence, quoted, each once: `"11 KB", "150 KB" and 3 more`."""
    raws = list(dict.fromkeys(one.raw for one in observations))
    shown = [f'"{raw if len(raw) <= 60 else raw[:57] + "..."}"' for raw in raws[:most]]
    rest = len(raws) - len(shown)
    if rest > 0:
        return ", ".join(shown) + f" and {rest} more"
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + f" and {shown[-1]}" if shown else "nothing"
