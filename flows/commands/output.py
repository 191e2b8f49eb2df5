"""How results are printed: a table for people, one JSON document for programs, everything else to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from flows.parts import Progress

JSON = typer.Option(False, "--json", help="Print JSON instead of a table.")


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None, right: Iterable[int] = ()
) -> None:
    """A table on stdout, as wide as the terminal; `right` are the columns that are aligned right."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    aligned = set(right)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number in aligned else "left", overflow="fold")
    for row in rows:
        # Text, not str: a value from a source must not be read as markup.
        table.add_row(*(cell if isinstance(cell, Text) else Text("" if cell is None else str(cell)) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        # Nothing may be folded away for a program that reads the table.
        console = Console(highlight=False, width=max(200, console.width))
    console.print(table)


def say(line: str) -> None:
    """A word to the person, on stderr."""
    typer.echo(line, err=True)


def progress() -> Progress | None:
    """A progress line on stderr, or None when stderr is no terminal."""
    if not sys.stderr.isatty():
        return None

    def show(what: str) -> None:
        sys.stderr.write(f"\r\033[K{what} ...")
        sys.stderr.flush()

    return show


def end_progress() -> None:
    """Wipe the progress line."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()


def cost(value: Any) -> str:
    """A cost as people read it; None is said to be unknown, never shown as nothing."""
    return "cost unknown" if value is None else f"${float(value):.4f}"


def counts(values: Mapping[str, int]) -> str:
    """ "12 single, 3 disputed": what is zero is left out."""
    return ", ".join(f"{count} {name}" for name, count in values.items() if count) or "none"
