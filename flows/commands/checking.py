"""check and prompt."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from flows.commands.output import JSON, print_json
from flows.commands.quantities import lines_of, write_answers


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(check)
    app.command()(prompt)


def check(
    draft: str | None = typer.Argument(None, metavar="DRAFT|-", help="A text file with prose; - is standard input."),
    comparison: str | None = typer.Option(
        None, "--comparison", metavar="SLUG", help="The facts to hold DRAFT against."
    ),
    cases: str | None = typer.Option(
        None, "--cases", metavar="FILE|-", help="Labelled cases as JSON Lines: one answer a line."
    ),
    explain: int | None = typer.Option(
        None, "--explain", metavar="CLAIM", help="Everything about one claim, by its number."
    ),
    as_json: bool = JSON,
) -> None:
    """Hold every claim of a text against the facts.

    With --comparison it exits 3 when something blocks. With --cases it exits 0 whatever the labels.

    Examples: tiebreak check draft.md --comparison flask-vs-fastapi; tiebreak check --cases cases.jsonl
    """
    from flows.errors import InputError

    if cases is not None and draft is None:
        from flows.check.cases import answer_lines

        with lines_of(cases) as lines:
            raise typer.Exit(write_answers(answer_lines(lines)))
    if draft is None or comparison is None or cases is not None:
        raise InputError("say `tiebreak check DRAFT --comparison SLUG` or `tiebreak check --cases FILE`")
    _check_draft(_text(draft), comparison, explain, as_json)


def _check_draft(text: str, slug: str, explain: int | None, as_json: bool) -> None:
    from flows.bootstrap import build
    from flows.check import case_from_sheet, check_text, compile_case
    from flows.commands.marking import print_marked
    from flows.errors import InputError
    from flows.pipeline import observe, stored_sheet
    from schemas.checking import Decision

    with build(offline=True) as parts:
        chosen = parts.registry.comparison(slug)
        observe(parts, chosen)
        sheet = stored_sheet(parts, chosen)
    report = check_text(text, compile_case(case_from_sheet(sheet)), date=sheet.today)
    if explain is not None and not 1 <= explain <= len(report.claims):
        raise InputError(f"there is no claim {explain}: the text has {len(report.claims)}")
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        print_marked(text, report, only=explain)
    if report.decision is not Decision.PUBLISH:
        raise typer.Exit(3)


def prompt(
    comparison: str = typer.Argument(..., metavar="COMPARISON"),
    which: str = typer.Option("verdict", "--prompt", help="verdict, faq, entity, repair or judge."),
    as_json: bool = JSON,
) -> None:
    """Exactly what would be sent to the model, with its hash and size. Sends nothing.

    Example: tiebreak prompt flask-vs-fastapi
    """
    from flows.bootstrap import build
    from flows.draft.chat import Mode
    from flows.draft.prompt import preview
    from flows.pipeline import observe, stored_sheet

    with build(offline=True) as parts:
        chosen = parts.registry.comparison(comparison)
        observe(parts, chosen)
        shown = preview(which, stored_sheet(parts, chosen))
    if as_json:
        print_json(shown.as_dict())
        return
    for message in shown.sent(Mode.SCHEMA):
        typer.echo(f"--- {message['role']}")
        typer.echo(message["content"])
    typer.echo(
        f"--- prompt {shown.name} version {shown.version}, hash {shown.prompt_hash[:12]}, about {shown.tokens:,} tokens",
        err=True,
    )


def _text(file: str) -> str:
    from flows.errors import InputError

    if file == "-":
        text = sys.stdin.read()
    else:
        try:
            text = Path(file).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"{file} is no UTF-8 text (byte {error.start})") from error
    if not text.strip():
        raise InputError(f"{file} is empty: there is nothing to check")
    return text
