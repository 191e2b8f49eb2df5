"""Where each figure comes from: one numbered note an observation, grouped by source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flows.publish.wording import TIERS
from schemas.catalogue import Source
from schemas.facts import Fact, FactSheet, FactStatus, Observation

#: A figure that rests on more notes than this names the first ones; the list of sources has them all.
MOST_MARKS = 3


@dataclass(frozen=True, slots=True)
class Note:
    """One observation, as a row of the list of sources. `use` says what the page does with it, where that is not plain."""

    number: int
    metric: str
    entity: str
    context: str
    raw: str
    url: str | None
    as_of: date | None
    read_at: datetime
    method: str | None
    use: str

    @property
    def anchor(self) -> str:
        """Id of its row in the page."""
        return f"s{self.number}"


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """A source with all its notes, in the order of the sheet's metrics."""

    source: Source
    tier: str
    licence: str | None
    notes: tuple[Note, ...]


class Provenance:
    """The notes of one sheet. Only observations that a fact names, as evidence or as another opinion, become notes."""

    def __init__(self, sheet: FactSheet, sources: Iterable[Source]) -> None:
        observations = {observation.id: observation for observation in sheet.observations}
        known = {source.id: source for source in sources}
        names = {entity.id: entity.name for entity in sheet.entities}
        metrics = {metric.id: metric.name for metric in sheet.metrics}
        self._facts = {fact.id: fact for fact in sheet.facts}

        used: dict[str, tuple[Observation, Fact, bool]] = {}
        for fact in sheet.facts:
            for ids, decides in ((fact.evidence, True), (fact.others, False)):
                for each in ids:
                    if each in observations:
                        used.setdefault(each, (observations[each], fact, decides))

        by_source: dict[str, list[tuple[Observation, Fact, bool]]] = {}
        for entry in used.values():
            by_source.setdefault(entry[0].source, []).append(entry)
        # The most trusted source first; sources of one tier in the order in which the sheet first needs them.
        order = sorted(by_source, key=lambda source: -max(entry[0].tier for entry in by_source[source]))

        self._notes: dict[str, Note] = {}
        groups = []
        for name in order:
            entries = by_source[name]
            notes = []
            for observation, fact, decides in entries:
                note = Note(
                    number=len(self._notes) + 1,
                    metric=metrics.get(observation.metric, observation.metric),
                    entity=names.get(observation.entity, observation.entity),
                    context=context_words(fact),
                    raw=observation.raw,
                    url=observation.url,
                    as_of=observation.as_of,
                    read_at=observation.retrieved_at,
                    method=observation.method,
                    use=_use(fact, decides),
                )
                self._notes[observation.id] = note
                notes.append(note)
            first = entries[0][0]
            source = known.get(name) or Source(id="unknown", name=name[:120], tier=first.tier)
            licence = source.licence or first.licence
            groups.append(SourceNotes(source, TIERS[first.tier], licence, tuple(notes)))
        self.groups: tuple[SourceNotes, ...] = tuple(groups)

    def of_facts(self, fact_ids: Iterable[str]) -> tuple[Note, ...]:
        """The notes that the values of these facts rest on, each once, lowest number first."""
        notes = {
            note.number: note
            for fact_id in fact_ids
            if (fact := self._facts.get(fact_id)) is not None
            for note in self.of_observations(fact.evidence)
        }
        return tuple(notes[number] for number in sorted(notes))

    def of_observations(self, observation_ids: Iterable[str]) -> tuple[Note, ...]:
        """The notes of these observations, in the given order; an observation that the sheet does not hold has none."""
        return tuple(self._notes[each] for each in observation_ids if each in self._notes)


def context_words(fact: Fact) -> str:
    """ "operation parse, platform A14": what narrows a value; empty for most facts."""
    return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in fact.context)


def _use(fact: Fact, decides: bool) -> str:
    if fact.status is FactStatus.DISPUTED:
        return "disputed, not used in the text" if decides else "not used"
    return "" if decides else "not used: a more trusted source decides"
