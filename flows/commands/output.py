"""How results are printed: a table for people, one JSON document for programs, everything else to stderr."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from flows.parts import Progress

#: Columns of a table that goes to a file or another program.
_WIDE = 2000

JSON = typer.Option(False, "--json", help="Print JSON instead of a table.")


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str | None = None,
    right: Iterable[int] = (),
    whole: Iterable[int] = (),
) -> None:
    """A table on stdout, as wide as the terminal; `right` are the columns aligned right, `whole` those never broken."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False, show_edge=False, padding=(0, 0, 0, 1)
    )
    aligned, unbroken = set(right), set(whole)
    for number, column in enumerate(columns):
        table.add_column(
            column,
            justify="right" if number in aligned else "left",
            overflow="fold",
            no_wrap=number in unbroken or number in aligned,
        )
    for row in rows:
        # Text, not str: a value from a source must not be read as markup.
        table.add_row(*(cell if isinstance(cell, Text) else Text("" if cell is None else str(cell)) for cell in row))
    console = Console(highlight=False)
    if not console.is_terminal:
        # Nothing may be folded away for a program that reads the table.
        console = Console(highlight=False, width=max(_WIDE, console.width))
    console.print(table)


def say(line: str) -> None:
    """A word to the person, on stderr."""
    typer.echo(line, err=True)


def progress() -> Progress | None:
    """A progress line on stderr, or None when stderr is no terminal."""
    if not sys.stderr.isatty():
        return None

    room = shutil.get_terminal_size().columns - 5

    def show(what: str) -> None:
        # A line that wraps could not be wiped again.
        sys.stderr.write(f"\r\033[K{what[:room]} ...")
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


def existing_file(path: str, what: str) -> Path:
    """The path of a file to read. Raises InputError saying what is there instead."""
    from flows.errors import InputError

    found = Path(path)
    if found.is_dir():
        raise InputError(f"{path} is a folder: name the file with {what}")
    if not found.exists():
        raise InputError(f"there is no file {path}: name the file with {what}")
    return found


def write_whole(target: Path, text: str) -> None:
    """Write a result file whole or not at all. Raises InputError where it cannot stand, OSError when the disk is full."""
    from flows.errors import InputError

    if target.is_dir():
        raise InputError(f"{target} is a folder: name a file")
    if not target.parent.is_dir():
        raise InputError(f"there is no folder {target.parent}: make it, or name a file elsewhere")
    if target.exists() and not target.is_file():
        # A device or a pipe: there is nothing to replace.
        try:
            target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(target)) from error
        return
    made = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        made.write_text(text, encoding="utf-8", newline="")
        made.replace(target)
    except OSError as error:
        with suppress(OSError):
            made.unlink(missing_ok=True)
        # By the name that was asked for, not by the one beside it.
        raise OSError(error.errno, error.strerror, str(target)) from error
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def text_of(file: str) -> str:
    """The text of a file, or of standard input for "-". Raises InputError for what is no UTF-8 text, or nothing at all."""
    from flows.errors import InputError

    name = "standard input" if file == "-" else file
    raw = sys.stdin.buffer.read() if file == "-" else existing_file(file, "the text").read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is no UTF-8 text (byte {error.start}): save it as UTF-8") from error
    if "\0" in text:
        raise InputError(f"{name} is no text: it holds NUL bytes")
    if not text.strip():
        raise InputError(f"{name} is empty: there is nothing to read")
    return text
