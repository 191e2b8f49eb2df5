"""Where each figure comes from: one numbered note an observation, grouped by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from flows.publish.wording import TIERS
from schemas.catalogue import Source
from schemas.facts import Fact, FactSheet, FactStatus, Observation

T = TypeVar("T")

#: A figure that rests on more notes than this names the first ones; the list of sources has them all.
MOST_MARKS = 3


@dataclass(frozen=True, slots=True)
class Note:
    """One observation, as a row of the list of sources. `in_dispute`: the page shows it, and its text does not use it."""

    number: int
    metric: str
    entity: str
    context: str
    raw: str
    url: str | None
    as_of: date | None
    read_at: datetime
    method: str | None
    in_dispute: bool

    @property
    def anchor(self) -> str:
        """Id of its row in the page."""
        return f"s{self.number}"


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """A source with its notes, in the order of the sheet's metrics. `outranked`: values that a more trusted source decides.

    What the notes share is said once: `as_of` is the day of most of them (a note says its own where it differs),
    `read_at`, `url` and `method` are set where they are the same for all.
    """

    source: Source
    tier: str
    licence: str | None
    notes: tuple[Note, ...]
    outranked: tuple[Note, ...]
    as_of: date | None
    read_at: date | None
    url: str | None
    method: str | None

    @property
    def one_day(self) -> bool:
        """Whether all notes are as of one day."""
        return all(note.as_of == self.as_of for note in (*self.notes, *self.outranked))


class Provenance:
    """The notes of one sheet. Only observations that a fact names, as evidence or as another opinion, become notes."""

    def __init__(self, sheet: FactSheet, sources: Iterable[Source]) -> None:
        observations = {observation.id: observation for observation in sheet.observations}
        self._facts = {fact.id: fact for fact in sheet.facts}
        self._notes: dict[str, Note] = {}
        self._names = {entity.id: entity.name for entity in sheet.entities}
        self._metrics = {metric.id: metric.name for metric in sheet.metrics}
        known = {source.id: source for source in sources}

        uses: dict[str, tuple[Observation, Fact, bool]] = {}
        for fact in sheet.facts:
            for ids, decides in ((fact.evidence, True), (fact.others, fact.status is FactStatus.DISPUTED)):
                for each in ids:
                    if each in observations:
                        uses.setdefault(each, (observations[each], fact, decides))
        by_source: dict[str, list[tuple[Observation, Fact, bool]]] = {}
        for use in uses.values():
            by_source.setdefault(use[0].source, []).append(use)
        # The most trusted source first; sources of one tier in the order in which the sheet first needs them.
        order = sorted(by_source, key=lambda source: -max(use[0].tier for use in by_source[source]))

        shown = {name: tuple(self._note(*use[:2]) for use in by_source[name] if use[2]) for name in order}
        # Numbered last: what the page's figures rest on has the low numbers.
        outranked = {name: tuple(self._note(*use[:2]) for use in by_source[name] if not use[2]) for name in order}
        groups = []
        for name in order:
            first = by_source[name][0][0]
            source = known.get(name) or Source(id="unknown", name=name[:120], tier=first.tier)
            notes = shown[name] + outranked[name]
            groups.append(
                SourceNotes(
                    source,
                    TIERS[first.tier],
                    source.licence or first.licence,
                    shown[name],
                    outranked[name],
                    as_of=_most(note.as_of for note in notes),
                    read_at=_only({note.read_at.date() for note in notes}),
                    url=_only({note.url for note in notes}),
                    method=_only({note.method for note in notes}),
                )
            )
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

    def _note(self, observation: Observation, fact: Fact) -> Note:
        note = Note(
            number=len(self._notes) + 1,
            metric=self._metrics.get(observation.metric, observation.metric),
            entity=self._names.get(observation.entity, observation.entity),
            context=context_words(fact),
            raw=observation.raw,
            url=observation.url,
            as_of=observation.as_of,
            read_at=observation.retrieved_at,
            method=observation.method,
            in_dispute=fact.status is FactStatus.DISPUTED,
        )
        self._notes[observation.id] = note
        return note


def context_words(fact: Fact) -> str:
    """ "operation parse, platform A14": what narrows a value; empty for most facts."""
    return ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in fact.context)


def _only(values: set[T]) -> T | None:
    """The one value that all have; None where they differ."""
    return next(iter(values)) if len(values) == 1 else None


def _most(values: Iterable[T | None]) -> T | None:
    """The most frequent value, of equally frequent ones the first; None where there is none."""
    counted = Counter(value for value in values if value is not None)
    return counted.most_common(1)[0][0] if counted else None
