"""What every group of queries is made from: an engine, a way to read and a way to write."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from typing import Any

import sqlalchemy as sa

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
    """Insert what is not there yet by primary or unique key; `update` names the columns to overwrite where it is.

    All rows name the same columns.
    """
    first = rows[0] if isinstance(rows, list) else rows
    columns = None if update is None else tuple(update)
    connection.execute(_upsert(table, tuple(first), columns), rows)


@cache
def _upsert(table: sa.Table, columns: tuple[str, ...], update: tuple[str, ...] | None) -> sa.TextClause:
    """Written out, as both databases read it: SQLAlchemy compiles its own form of this anew at every execution."""
    conflict = "DO NOTHING"
    if update is not None:
        keys = ", ".join(_quoted(column.name) for column in table.primary_key)
        conflict = f"({keys}) DO UPDATE SET {', '.join(f'{_quoted(one)} = excluded.{_quoted(one)}' for one in update)}"
    names = ", ".join(_quoted(one) for one in columns)
    values = ", ".join(f":{one}" for one in columns)
    statement = sa.text(f"INSERT INTO {_quoted(table.name)} ({names}) VALUES ({values}) ON CONFLICT {conflict}")  # noqa: S608 - names of our own tables
    return statement.bindparams(*(sa.bindparam(one, type_=table.c[one].type) for one in columns))


def _quoted(name: str) -> str:
    return f'"{name}"'


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except sa.exc.IntegrityError:
        raise
    except sa.exc.DBAPIError as error:
        said = str(error.orig).splitlines()[0] if error.orig else str(error)
        # SQLite says either of a full disk, by where it notices.
        full = "full" in said or "disk I/O error" in said
        advice = "free some space and run again: nothing was half-written" if full else "see `tiebreak doctor`"
        raise StoreError(f"the store failed: {said}; {advice}") from error
