"""Alembic's entry: runs on the connection it is given, or on TIEBREAK's own store when started by hand."""

from __future__ import annotations

from alembic import context

from flows.store.tables import metadata


def _run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        _on(connection)
        return
    # `alembic ...` in a checkout (pyproject's [tool.alembic]): for whoever writes a migration.
    from flows.settings import read_settings
    from flows.store.engine import connect

    with connect(read_settings().store_url).begin() as own:
        _on(own)


def _on(connection: object) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)  # type: ignore[arg-type]  # alembic hands over what it was given
    with context.begin_transaction():
        context.run_migrations()


_run()
