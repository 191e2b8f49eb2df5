"""What sources said lately, by source and entity: a reading that is young enough is not asked for again.

Standard library and schemas only: a warm or offline run reads it without importing any HTTP library.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from flows.facts.observe import make_observation
from flows.gather.port import Metrics
from schemas.catalogue import Closed, Entity, Source
from schemas.facts import Context, Observation


class Line(Closed):
    """An observation without what is derived from it: the quantity is parsed again by the grammar in force."""

    metric: str
    raw: str
    retrieved_at: datetime
    as_of: str | None
    dated: bool = True
    url: str | None
    endpoint: str | None
    jsonpath: str | None
    response_hash: str | None
    licence: str | None
    method: str | None
    context: Context
    unit: str | None


class Reading(Closed):
    """Everything that one source said about one entity in one go. `question` changes with the source's options."""

    question: str
    read_at: datetime
    lines: tuple[Line, ...] = ()
    remarks: tuple[str, ...] = ()
    #: The source does not know the entity.
    unknown: bool = False


@dataclass(frozen=True)
class Kept:
    """A reading that is still fresh, as observations again."""

    observations: list[Observation]
    remarks: tuple[str, ...]
    unknown: bool


class Readings:
    """A folder with one file a reading. A file that cannot be read counts as absent; one that cannot be written is skipped."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def fresh(self, source: Source, entity: Entity, metrics: Metrics, now: datetime) -> Kept | None:
        """What the source said within its `fresh_hours` (default 24), or None when it should be asked."""
        try:
            reading = Reading.model_validate_json(self._path(source, entity).read_bytes())
        except (OSError, ValidationError, RecursionError):
            return None
        age = now - reading.read_at
        if reading.question != _question(source, entity) or not timedelta(0) <= age < fresh_for(source):
            return None
        observations = []
        for line in reading.lines:
            metric = metrics.metric_for(line.metric, entity.category)
            if metric is None:
                continue
            observations.append(
                make_observation(
                    entity=entity.id,
                    metric=metric,
                    raw=line.raw,
                    source=source,
                    retrieved_at=line.retrieved_at,
                    as_of=datetime.fromisoformat(line.as_of).date() if line.as_of else None,
                    dated=line.dated,
                    url=line.url,
                    endpoint=line.endpoint,
                    jsonpath=line.jsonpath,
                    response_hash=line.response_hash,
                    licence=line.licence,
                    method=line.method,
                    context=line.context,
                    unit=line.unit,
                )
            )
        return Kept(observations, reading.remarks, reading.unknown)

    def keep(self, source: Source, entity: Entity, kept: Kept, now: datetime) -> None:
        """Write a complete reading, in one step."""
        lines = tuple(
            Line(
                metric=seen.metric,
                raw=seen.raw,
                retrieved_at=seen.retrieved_at,
                as_of=seen.as_of.isoformat() if seen.as_of else None,
                dated=seen.dated,
                url=seen.url,
                endpoint=seen.endpoint,
                jsonpath=seen.jsonpath,
                response_hash=seen.response_hash,
                licence=seen.licence,
                method=seen.method,
                context=seen.context,
                unit=seen.unit,
            )
            for seen in kept.observations
        )
        reading = Reading(
            question=_question(source, entity), read_at=now, lines=lines, remarks=kept.remarks, unknown=kept.unknown
        )
        path = self._path(source, entity)
        draft = path.with_suffix(f".{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(reading.model_dump_json(), encoding="utf-8")
            draft.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)

    def _path(self, source: Source, entity: Entity) -> Path:
        return self._folder / source.id / f"{entity.id}.json"


def fresh_for(source: Source) -> timedelta:
    """How long a reading of the source is not repeated: its option `fresh_hours`, default a day."""
    hours = source.options.get("fresh_hours", 24)
    usable = isinstance(hours, int | float) and not isinstance(hours, bool) and 0 <= hours <= 24 * 366
    return timedelta(hours=float(hours) if usable and isinstance(hours, int | float) else 24)


def _question(source: Source, entity: Entity) -> str:
    asked = repr((source.kind, source.url, sorted(source.options.items()), sorted(entity.external.items())))
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:16]
