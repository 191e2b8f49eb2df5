"""The facts of a sheet as rows: what both sides have, what one side has, what sources disagree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flows.facts.derivations import USABLE, comparable_pair
from flows.publish.provenance import MOST_MARKS, Note, Provenance, context_words
from flows.publish.wording import STATUSES, direction, less, more, sentence_case
from schemas.catalogue import Entity, Metric
from schemas.facts import Context, Derivation, DerivationKind, Fact, FactSheet, FactStatus


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row. `value` is None where nothing can be shown; `status` then says why."""

    entity: Entity
    fact: Fact | None
    value: str | None
    status: str
    better: bool
    notes: tuple[Note, ...]
    #: How many notes beyond `notes` it rests on.
    more_notes: int
    stale: bool
    verified_at: datetime | None

    @property
    def usable(self) -> bool:
        """Whether prose and comparisons may lean on it."""
        return self.fact is not None and self.fact.status in USABLE


@dataclass(frozen=True, slots=True)
class Row:
    """One metric, in one context. `difference` is empty where nothing can be computed; `winner` names the better side."""

    metric: Metric
    context: str
    cells: tuple[Cell, ...]
    direction: str
    difference: str
    computation: str
    winner: str | None

    @property
    def two_sided(self) -> bool:
        """Whether both sides have a value that a comparison may use."""
        return all(cell.usable for cell in self.cells)

    @property
    def same(self) -> bool:
        """Whether both sides show the same value."""
        shown = {(cell.value or "").casefold() for cell in self.cells}
        return self.two_sided and len(shown) == 1

    @property
    def disputed(self) -> bool:
        """Whether the sources of one side disagree."""
        return any(cell.fact is not None and cell.fact.status is FactStatus.DISPUTED for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class OneSided:
    """What is known of one entity only."""

    entity: Entity
    cells: tuple[tuple[Metric, str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact that is in dispute, with what every source says.

    Either its sources disagree, or its only value is held back by what else is known of it.
    """

    metric: Metric
    context: str
    entity: Entity
    says: tuple[Note, ...]

    @property
    def differ(self) -> bool:
        """Whether there is more than one value."""
        return len({note.raw.casefold() for note in self.says}) > 1


@dataclass(frozen=True, slots=True)
class Figures:
    """All rows of a sheet and the sections that are made from them."""

    rows: tuple[Row, ...]
    key: tuple[Row, ...]
    groups: tuple[Group, ...]
    one_sided: tuple[OneSided, ...]
    disputes: tuple[Dispute, ...]
    doubts: tuple[Dispute, ...]

    @property
    def two_sided(self) -> int:
        """n of "n of m figures compare both"."""
        return sum(row.two_sided for row in self.rows)


def arrange(sheet: FactSheet, provenance: Provenance) -> Figures:
    """The rows in the order of the sheet's metrics, and their sections."""
    rows = tuple(_rows(sheet, provenance))
    two_sided = tuple(row for row in rows if row.two_sided)
    wanted = {metric: at for at, metric in enumerate(sheet.comparison.key_metrics)}
    key = tuple(sorted((row for row in two_sided if row.metric.id in wanted), key=lambda row: wanted[row.metric.id]))
    groups: dict[str, list[Row]] = {}
    for row in rows:
        # A row without any value says nothing here; its disputed values stand in their own section.
        if any(cell.value is not None for cell in row.cells):
            groups.setdefault(row.metric.group, []).append(row)
    one_sided = []
    for at, entity in enumerate(sheet.entities):
        cells = tuple(
            (row.metric, row.context, row.cells[at])
            for row in rows
            if row.cells[at].usable and all(cell.value is None for cell in row.cells if cell is not row.cells[at])
            if not row.disputed
        )
        if cells:
            one_sided.append(OneSided(entity, cells))
    disputed = tuple(_disputes(sheet, provenance))
    return Figures(
        rows=rows,
        key=key or two_sided,
        groups=tuple(Group(sentence_case(name.replace("_", " ")), tuple(each)) for name, each in groups.items()),
        one_sided=tuple(one_sided),
        disputes=tuple(each for each in disputed if each.differ),
        doubts=tuple(each for each in disputed if not each.differ),
    )


def _rows(sheet: FactSheet, provenance: Provenance) -> Iterator[Row]:
    facts: dict[str, dict[Context, dict[str, Fact]]] = {}
    for fact in sheet.facts:
        facts.setdefault(fact.metric, {}).setdefault(fact.context, {})[fact.entity] = fact
    derived: dict[frozenset[str], dict[DerivationKind, Derivation]] = {}
    for derivation in sheet.derivations:
        derived.setdefault(frozenset(derivation.facts), {})[derivation.kind] = derivation
    names = {entity.id: entity.name for entity in sheet.entities}

    for metric in sheet.metrics:
        contexts = facts.get(metric.id, {})
        # `better` is said of a metric; it holds for the one pair that the metric's derivations are made from.
        pair = comparable_pair([fact for sides in contexts.values() for fact in sides.values()])
        for context, sides in contexts.items():
            if all(fact.status is FactStatus.MISSING for fact in sides.values()):
                continue
            usable = all(entity.id in sides and sides[entity.id].status in USABLE for entity in sheet.entities)
            chosen = pair is not None and pair[0].context == context
            winner = sheet.better.get(metric.id) if usable and chosen else None
            both = derived.get(frozenset(fact.id for fact in sides.values()), {}) if usable else {}
            yield Row(
                metric=metric,
                context=next((context_words(fact) for fact in sides.values()), ""),
                cells=tuple(_cell(entity, sides.get(entity.id), winner, provenance) for entity in sheet.entities),
                direction=direction(metric),
                difference=difference_words(metric, both, names),
                computation="; ".join(each.computation for each in both.values() if each.computation),
                winner=names.get(winner) if winner else None,
            )


def _cell(entity: Entity, fact: Fact | None, winner: str | None, provenance: Provenance) -> Cell:
    status = FactStatus.MISSING if fact is None else fact.status
    shown = fact.display if fact is not None and status is not FactStatus.DISPUTED else None
    notes = provenance.of_observations(fact.evidence) if fact is not None else ()
    in_doubt = status is FactStatus.DISPUTED and len({note.raw for note in notes}) < 2
    return Cell(
        entity=entity,
        fact=fact,
        value=shown,
        status="in doubt" if in_doubt else STATUSES[status],
        better=winner == entity.id,
        notes=notes[:MOST_MARKS],
        more_notes=max(0, len(notes) - MOST_MARKS),
        stale=status is FactStatus.STALE,
        verified_at=fact.verified_at if fact is not None else None,
    )


def difference_words(metric: Metric, derived: Mapping[DerivationKind, Derivation], names: Mapping[str, str]) -> str:
    """ "Samovar higher by 9,500 req/s (4.8x, 380% above Kettle)", from the sheet's derivations alone.

    Nothing is computed here: what the sheet does not derive is not said. A percentage names its base, and the sentence
    speaks of the other side, so that "58% below Kettle" stands beside what is lower.
    """
    kinds = (DerivationKind.DIFFERENCE, DerivationKind.RATIO, DerivationKind.PERCENT)
    difference, ratio, percent = (derived.get(kind) for kind in kinds)
    larger = next((each.larger for each in (difference, ratio, percent) if each and each.larger in names), None)
    if larger is None:
        return ""
    base = percent.base if percent is not None and percent.base in names else None
    smaller = next((entity for entity in names if entity != larger), larger)
    subject, word = (smaller, less(metric)) if base == larger else (larger, more(metric))
    inside = [ratio.display] if ratio is not None else []
    if percent is not None and base is not None:
        inside.append(f"{percent.display} {'below' if base == larger else 'above'} {names[base]}")
    lead = f"{names[subject]} {word}" + (f" by {difference.display}" if difference is not None else "")
    return f"{lead} ({', '.join(inside)})" if inside else lead


def _disputes(sheet: FactSheet, provenance: Provenance) -> Iterator[Dispute]:
    metrics = {metric.id: metric for metric in sheet.metrics}
    entities = {entity.id: entity for entity in sheet.entities}
    for fact in sheet.facts:
        if fact.status is FactStatus.DISPUTED and fact.metric in metrics and fact.entity in entities:
            says = provenance.of_observations((*fact.evidence, *fact.others))
            if says:
                yield Dispute(metrics[fact.metric], context_words(fact), entities[fact.entity], says)
