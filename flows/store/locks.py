"""Who is at work on what, what is parked until when, and switches such as "publishing is paused"."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from flows.errors import StoreConflict
from flows.store.session import Queries, insert_new
from flows.store.tables import locks, parked, switches

#: A holder on another machine that died is waited out; one on this machine is found dead by its process id.
LEASE = timedelta(minutes=15)


class Locks(Queries):
    """One holder a name."""

    @contextmanager
    def hold(self, name: str, holder: str, now: datetime) -> Iterator[None]:
        """Hold `name` for the block. Raises StoreConflict naming who holds it."""
        self._take(name, holder, now)
        try:
            yield
        finally:
            with self.write() as connection:
                connection.execute(locks.delete().where(locks.c.name == name, locks.c.holder == holder))

    def _take(self, name: str, holder: str, now: datetime) -> None:
        host, pid = socket.gethostname(), os.getpid()
        row = {"name": name, "holder": holder, "host": host, "pid": pid, "taken_at": now, "expires_at": now + LEASE}
        with self.write() as connection:
            held = connection.execute(sa.select(locks).where(locks.c.name == name)).one_or_none()
            if held is not None:
                if is_live(held, now):
                    since = held.taken_at.strftime("%H:%M:%S UTC")
                    raise StoreConflict(
                        f"{name} is held by run {held.holder} (process {held.pid} on {held.host}, since {since}): wait for it or stop it"
                    )
                connection.execute(locks.delete().where(locks.c.name == name))
            try:
                connection.execute(locks.insert(), row)
            except sa.exc.IntegrityError as error:
                raise StoreConflict(f"{name} was taken by another run just now: try again") from error

    def switch(self, name: str) -> str | None:
        """The value of a switch, or None when it was never set."""
        with self.read() as connection:
            found = connection.execute(sa.select(switches.c.value).where(switches.c.name == name)).scalar()
        return None if found is None else str(found)

    def set_switch(self, name: str, value: str | None, at: datetime) -> None:
        """Set a switch, or take it away with None."""
        with self.write() as connection:
            if value is None:
                connection.execute(switches.delete().where(switches.c.name == name))
            else:
                insert_new(
                    connection, switches, {"name": name, "value": value, "at": at}, update={"value": value, "at": at}
                )

    def park(self, comparison: str, *, due_at: datetime, reason: str, run_id: str) -> None:
        """Leave a comparison alone until `due_at`."""
        row = {"comparison": comparison, "due_at": due_at, "reason": reason, "run_id": run_id}
        with self.write() as connection:
            insert_new(connection, parked, row, update=row)

    def unpark(self, comparison: str) -> None:
        """The comparison was taken up again."""
        with self.write() as connection:
            connection.execute(parked.delete().where(parked.c.comparison == comparison))

    def parked(self, now: datetime | None = None) -> tuple[tuple[str, datetime, str], ...]:
        """What is parked (comparison, until when, why); with `now` only what is due."""
        query = sa.select(parked).order_by(parked.c.due_at)
        if now is not None:
            query = query.where(parked.c.due_at <= now)
        with self.read() as connection:
            return tuple((row.comparison, row.due_at, row.reason) for row in connection.execute(query))


def is_live(held: Any, now: datetime) -> bool:
    """Whether whoever holds a row of `locks` may still be at work."""
    dead = held.host == socket.gethostname() and not _alive(held.pid)
    return not dead and bool(held.expires_at > now)


def _alive(pid: int) -> bool:
    """Whether a process of this machine still does something: one that was killed may stay listed as a zombie."""
    with suppress(OSError, IndexError):
        # After the name in brackets, which may hold anything, comes the state.
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
            not in "ZX"
        )
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
