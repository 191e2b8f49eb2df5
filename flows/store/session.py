"""What every group of queries is made from: an engine, a way to read and a way to write."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from flows.errors import StoreError
from flows.store.engine import READ_ONLY

Values = Mapping[str, object]
_ONE_WRITER = threading.RLock()


class Queries:
    """Base of the groups of queries. A `write` block is one transaction; the disk being full is one clear line."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that only reads."""
        with _plain_errors(), self._engine.connect().execution_options(**{READ_ONLY: True}) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """One transaction: all of it or nothing."""
        # SQLite has one writer, and those who wait for it poll at ever longer intervals: threads of one process would
        # hold up its event loop for seconds. They take turns here instead.
        turn = _ONE_WRITER if self._engine.dialect.name == "sqlite" else nullcontext()
        with _plain_errors(), turn, self._engine.begin() as connection:
            yield connection


def insert_new(
    connection: sa.Connection,
    table: sa.Table,
    rows: Values | list[dict[str, Any]],
    update: Iterable[str] | None = None,
) -> None:
    """Insert what is not there yet by primary or unique key; `update` names the columns to overwrite where it is."""
    columns = None if update is None else tuple(update)
    connection.execute(_upsert(connection.dialect.name, table, columns), rows)


@cache
def _upsert(dialect: str, table: sa.Table, update: tuple[str, ...] | None) -> sa.Insert:
    """Building the statement costs as much as executing it."""
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    if update is None:
        return statement.on_conflict_do_nothing()
    keys = [column.name for column in table.primary_key]
    return statement.on_conflict_do_update(
        index_elements=keys, set_={name: statement.excluded[name] for name in update}
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except sa.exc.DBAPIError as error:
        said = str(error.orig).splitlines()[0] if error.orig else str(error)
        advice = (
            "free some space and run again: nothing was half-written" if "full" in said else "see `tiebreak doctor`"
        )
        raise StoreError(f"the store failed: {said}; {advice}") from error
