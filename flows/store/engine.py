"""Opening a store: the engine, its pragmas, and whether its schema is the one this code speaks."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from flows.errors import StoreError
from flows.store.tables import HEAD

#: Execution option of a connection that will only read.
READ_ONLY = "tiebreak_read_only"

_VERSION = sa.text("SELECT version_num FROM alembic_version")


def open_engine(url: str) -> sa.Engine:
    """An engine on a store that is at `HEAD`, migrated when it was older or new.

    Raises StoreError with one line when the file cannot be used, or was written by a newer Tiebreak.
    """
    engine = connect(url)
    try:
        found = schema_revision(engine)
        if found != HEAD:
            _refuse_newer(found)
            migrate(engine)
    except sa.exc.DBAPIError as error:
        raise StoreError(
            f"cannot use the store {_shown(engine)}: {str(error.orig).splitlines()[0]}{_hint(error)}"
        ) from error
    return engine


def connect(url: str) -> sa.Engine:
    """An engine that has looked at nothing yet. Raises StoreError for a URL that makes no sense."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise StoreError(f"TIEBREAK_DATABASE_URL is no SQLAlchemy URL: {url.split('@')[-1]!r}") from error
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(
            f"the store is SQLite or PostgreSQL, not {parsed.get_backend_name()}: set TIEBREAK_DATABASE_URL"
        )
    if parsed.get_backend_name() != "sqlite":
        try:
            return sa.create_engine(parsed, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise StoreError(f"the store needs the package {error.name!r}: pip install 'psycopg[binary]'") from error
    if parsed.database and parsed.database != ":memory:":
        _make_folder(Path(parsed.database).parent)
    engine = sa.create_engine(parsed, connect_args={"timeout": 30})
    sa.event.listen(engine, "connect", _sqlite_pragmas)
    sa.event.listen(engine, "begin", _begin)
    return engine


def schema_revision(engine: sa.Engine) -> str | None:
    """The revision the store is at, None for a new one. One SELECT."""
    with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
        try:
            return connection.execute(_VERSION).scalar()
        except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
            if "alembic_version" in str(error.orig):
                return None
            raise


def migrate(engine: sa.Engine) -> None:
    """Bring the store to `HEAD`."""
    # Imported here: 150 ms that a warm run does not need.
    from alembic import command

    from flows.store.migrate import config

    with engine.begin() as connection:
        command.upgrade(config(connection), "head")


def backup(engine: sa.Engine, target: Path) -> None:
    """Copy a SQLite store to `target` while it is in use. Raises StoreError for another database or an existing file."""
    if engine.dialect.name != "sqlite":
        raise StoreError("this store is not SQLite: back it up with your database's own tool (pg_dump)")
    if target.exists():
        raise StoreError(f"{target} exists: name a file that does not")
    if not target.parent.is_dir():
        raise StoreError(f"there is no folder {target.parent}: make it, or name a file elsewhere")
    with engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)  # noqa: S101 - narrows the type; the dialect was checked above
        try:
            copy = sqlite3.connect(target)
            with copy:
                source.backup(copy)
            copy.close()
        except sqlite3.Error as error:
            with suppress(OSError):
                target.unlink()
            raise StoreError(f"cannot write the backup {target}: {error}{_full(str(error))}") from error


def _refuse_newer(found: str | None) -> None:
    if found is not None and found > HEAD:
        raise StoreError(
            f"the store is at schema {found}, this Tiebreak knows {HEAD}: upgrade Tiebreak, or point TIEBREAK_HOME at another folder"
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot make the folder {folder} for the store: {error.strerror}; set TIEBREAK_HOME"
        ) from error


def _hint(error: sa.exc.DBAPIError) -> str:
    """What to do about the faults of a file that people meet."""
    said = str(error.orig)
    if "unable to open" in said or "readonly" in said:
        return "; its folder must be writable, or set TIEBREAK_HOME to one that is"
    if full := _full(said):
        return f"{full}, or set TIEBREAK_HOME to a folder on another"
    if "connection" in said and ("failed" in said or "refused" in said):
        return "; is the server running, and is TIEBREAK_DATABASE_URL right?"
    if "not a database" in said or "malformed" in said:
        return "; put a backup in its place (`tiebreak db backup` makes them), or move it away to begin anew"
    return ""


def _full(said: str) -> str:
    """SQLite says either of a full disk, by where it notices."""
    return "; is the disk full? Make room" if "disk I/O error" in said or "full" in said else ""


def _shown(engine: sa.Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def _sqlite_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by hand (below): the driver's own start too late for a read that is followed by a write.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A deferred transaction that reads and then writes can fail at once with "database is locked", timeout or not.
    # One that only reads must not queue behind writers.
    reads = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
