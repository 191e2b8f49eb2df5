"""db upgrade|backup and doctor."""

from __future__ import annotations

from pathlib import Path

import typer

from flows.commands.output import JSON, print_json, say

db_group = typer.Typer(
    help=(
        "The store: its schema, a copy of it, what it may forget.\n\n"
        "\b\nExamples:\n"
        "  tiebreak db backup before.db\n"
        "  tiebreak db forget"
    ),
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(db_group, name="db")
    app.command()(doctor)


@db_group.command()
def upgrade() -> None:
    """Bring the store to this version's schema. Every command does so by itself; this one does nothing else.

    Exit 1 when the store was written by a newer Tiebreak, or cannot be used.

    Example: tiebreak db upgrade
    """
    from flows.settings import read_settings
    from flows.store.store import Store

    store = Store(read_settings().store_url)
    typer.echo(f"{store.shown} is at schema {store.revision}")
    store.close()


@db_group.command()
def backup(target: Path = typer.Argument(..., help="A file that does not exist yet.")) -> None:
    """Copy the store to a file while it is in use. SQLite only: PostgreSQL has pg_dump.

    The copy is whole or absent. To go back to it, name it: TIEBREAK_DATABASE_URL=sqlite:///before.db

    Example: tiebreak db backup before.db
    """
    from flows.settings import read_settings
    from flows.store.store import Store

    store = Store(read_settings().store_url)
    store.backup(target)
    store.close()
    say(f"wrote {target}")


@db_group.command()
def forget() -> None:
    """Delete old raw answers of models; counts and costs stay.

    Old is what TIEBREAK_KEEP_RAW_DAYS says.

    Example: TIEBREAK_KEEP_RAW_DAYS=30 tiebreak db forget
    """
    from flows.bootstrap import build
    from flows.settings import read_settings

    with build(offline=True) as parts:
        gone = parts.store.ledger.forget_raw(read_settings().keep_raw_days, parts.now())
    typer.echo(f"{gone} kept answers deleted")


def doctor(
    offline: bool = typer.Option(False, "--offline", help="Do not try the model endpoint and the sources."),
    as_json: bool = JSON,
) -> None:
    """What is set up, what is not, and how to mend it.

    Looks at settings, catalogue, store, site, model endpoint and sources.

    A tick is fine, a dot is worth knowing, a cross is wrong. Exit 1 when something is wrong.

    Example: tiebreak doctor
    """
    from flows.doctor import examine_all

    found = examine_all(offline=offline)
    if as_json:
        print_json([{"part": one.part, "state": one.state, "what": one.what, "fix": one.fix} for one in found])
    else:
        for one in found:
            mark = {"ok": "✓", "note": "·", "wrong": "✗"}[one.state]
            typer.echo(f"{mark} {one.part:<15}{one.what}" + (f"\n  {'':<15}fix: {one.fix}" if one.fix else ""))
    if any(one.state == "wrong" for one in found):
        raise typer.Exit(1)
