"""The catalogue's own rows as a source: read anew at each gathering, online or not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from flows.facts.observe import make_observation
from flows.gather.port import Ask
from schemas.catalogue import Catalogue, Entity, ObservationRow, Source
from schemas.facts import Observation


class CatalogueSource:
    """Rows of the loaded catalogue -> observations, raw strings as they stand in the file."""

    needs_network = False

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _rows(self) -> dict[tuple[str, str], list[ObservationRow]]:
        rows: dict[tuple[str, str], list[ObservationRow]] = {}
        for row in self._catalogue.observations:
            rows.setdefault((row.source, row.entity), []).append(row)
        return rows

    def covers(self, entity: Entity, source: Source) -> bool:
        """Whether the files hold a row of this source about the entity."""
        return (source.id, entity.id) in self._rows

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """One observation a row; a row whose attribute is no metric of the category was refused when the catalogue was loaded."""
        for row in self._rows.get((ask.source.id, entity.id), ()):
            metric = ask.metrics.metric_for(row.attribute, entity.category)
            if metric is None:
                continue
            yield make_observation(
                entity=entity.id,
                metric=metric,
                raw=row.raw,
                source=ask.source,
                retrieved_at=ask.now,
                as_of=row.as_of,
                url=row.url or ask.source.url,
                licence=ask.source.licence,
                method=row.method,
                context=row.context,
                attribute=None if row.attribute == metric.id else row.attribute,
                unit=row.unit,
                shown_diff=row.shown_diff,
                shown_winner=row.shown_winner,
                source_id=row.source_id,
            )
