"""Observations: append-only, with the moment at which each was last seen to hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from flows.store.session import Queries, insert_new
from flows.store.tables import observations, sheets, source_reads
from schemas.facts import FactSheet, Observation


class Observations(Queries):
    """What was observed, and the fact sheets that were made from it."""

    def add(self, seen: Sequence[Observation], read: Iterable[tuple[str, str]], at: datetime) -> int:
        """Store what sources said at `at`. `read` are the (source, entity) pairs that answered, also with nothing.

        What is said again stays one row: its last moment moves, and with it the day that an undated figure speaks of.
        Returns how many observations are new.
        """
        rows = [
            {
                "id": one.id,
                "entity": one.entity,
                "metric": one.metric,
                "source": one.source,
                "first_seen_at": one.retrieved_at,
                "last_seen_at": at,
                "body": one.model_dump_json(),
            }
            for one in {one.id: one for one in seen}.values()
        ]
        reads = [{"source": source, "entity": entity, "at": at} for source, entity in set(read)]
        with self.write() as connection:
            before = connection.execute(sa.select(sa.func.count()).select_from(observations)).scalar_one()
            if rows:
                insert_new(connection, observations, rows, update=("last_seen_at", "body"))
            if reads:
                insert_new(connection, source_reads, reads, update=("at",))
            after = connection.execute(sa.select(sa.func.count()).select_from(observations)).scalar_one()
        return int(after - before)

    def current(self, entities: Sequence[str]) -> tuple[Observation, ...]:
        """What sources say now of these entities.

        An observation is current when its source still said so the last time that it answered for the entity; an
        editor's settlements are all current, the newest wins in resolution. `retrieved_at` is the last moment it was seen.
        """
        editor = observations.c.source == "editor"
        still = observations.c.last_seen_at >= source_reads.c.at
        query = (
            sa.select(observations.c.body, observations.c.last_seen_at)
            .select_from(
                observations.outerjoin(
                    source_reads,
                    sa.and_(
                        source_reads.c.source == observations.c.source, source_reads.c.entity == observations.c.entity
                    ),
                )
            )
            .where(observations.c.entity.in_(entities), sa.or_(editor, source_reads.c.at.is_(None), still))
            .order_by(observations.c.id)
        )
        with self.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Observation.model_validate_json(row.body).model_copy(update={"retrieved_at": row.last_seen_at})
            for row in rows
        )

    def history(
        self, entities: Sequence[str], metric: str | None = None
    ) -> tuple[tuple[Observation, datetime, datetime], ...]:
        """Every observation ever made, oldest first, each with first and last moment at which it was seen."""
        query = sa.select(observations).where(observations.c.entity.in_(entities))
        if metric is not None:
            query = query.where(observations.c.metric == metric)
        with self.read() as connection:
            rows = connection.execute(query.order_by(observations.c.first_seen_at, observations.c.id)).all()
        return tuple((Observation.model_validate_json(row.body), row.first_seen_at, row.last_seen_at) for row in rows)

    def last_reads(self) -> dict[str, datetime]:
        """For every source, when it last answered for anything."""
        query = sa.select(source_reads.c.source, sa.func.max(source_reads.c.at).label("at")).group_by(
            source_reads.c.source
        )
        with self.read() as connection:
            return {row.source: row.at for row in connection.execute(query)}

    def save_sheet(self, sheet: FactSheet, at: datetime) -> None:
        """Keep a sheet by its hash, so that a report or a page can be repeated."""
        row = {
            "sheet_hash": sheet.sheet_hash,
            "comparison": sheet.comparison.slug,
            "created_at": at,
            "body": sheet.model_dump_json(),
        }
        with self.write() as connection:
            insert_new(connection, sheets, row)

    def sheet(self, sheet_hash: str) -> FactSheet | None:
        """A kept sheet, or None."""
        with self.read() as connection:
            body = connection.execute(sa.select(sheets.c.body).where(sheets.c.sheet_hash == sheet_hash)).scalar()
        return None if body is None else FactSheet.model_validate_json(body)
