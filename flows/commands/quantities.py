"""quantities cells|prose: the parser's contract, JSON Lines in and out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer

from flows.commands.output import existing_file

FILE = typer.Argument("-", metavar="FILE|-", help="JSON Lines; - is standard input.")
group = typer.Typer(
    help=(
        "Read quantities out of strings.\n\nJSON Lines in, one answer a line out.\n\n"
        "\b\nExamples:\n"
        '  echo \'{"raw": "~2.8M"}\' | tiebreak quantities cells -\n\n'
        '  echo \'{"text": "It takes 25-35 ms."}\' | tiebreak quantities prose -'
    ),
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="quantities")


@group.command()
def cells(file: str = FILE) -> None:
    """Each line {"raw", "metric_unit"}: one cell of a table.

    Answers raw, kind, low, high, unit, approx, bound, qualifier, unit_conflict. A malformed line is answered {"line",
    "error"} in its place; the exit is then 2 at the end.

    Example: echo '{"raw": "~2.8M", "metric_unit": "stars"}' | tiebreak quantities cells -
    """
    from flows.quantities.lines import cells_lines

    with lines_of(file) as lines:
        raise typer.Exit(write_answers(cells_lines(lines)))


@group.command()
def prose(file: str = FILE) -> None:
    """Each line {"text"}: every quantity in a text.

    Answers text and quantities, each with its span in characters: start, end, low, high, unit, approx, bound. A malformed line is answered {"line",
    "error"} in its place; the exit is then 2 at the end.

    Example: echo '{"text": "It takes 25-35 ms."}' | tiebreak quantities prose -
    """
    from flows.quantities.lines import prose_lines

    with lines_of(file) as lines:
        raise typer.Exit(write_answers(prose_lines(lines)))


@contextmanager
def lines_of(file: str) -> Iterator[Iterable[str]]:
    """The lines of a file or of standard input, one at a time. Undecodable bytes become U+FFFD.

    Raises InputError for a file that does not exist or is empty.
    """
    from flows.errors import InputError

    if file == "-":
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper when it is a real stream
        yield sys.stdin
        return
    path = existing_file(file, "JSON Lines")
    if path.is_file() and path.stat().st_size == 0:
        # A pipe may have nothing to say; who names a file expects answers.
        raise InputError(f"{file} is empty: there is nothing to read")
    with path.open(encoding="utf-8", errors="replace") as opened:
        yield opened


def write_answers(answers: Iterable[str]) -> int:
    """One answer a line on stdout; the exit code is 2 when a line was malformed."""
    code = 0
    for answer in answers:
        if answer.startswith('{"line"') and '"error"' in answer:
            code = 2
        sys.stdout.write(answer + "\n")
        # Whoever waits for an answer before writing the next line would wait for ever for a full buffer.
        sys.stdout.flush()
    return code
