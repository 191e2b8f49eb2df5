"""check and prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from flows.commands.output import JSON, print_json, text_of
from flows.commands.quantities import lines_of, write_answers

if TYPE_CHECKING:
    from flows.check.proposals import Reader


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
    reader: str | None = typer.Option(
        None, "--reader", metavar="rules|model|both", help="Who reads: default TIEBREAK_READER, else rules."
    ),
    as_json: bool = JSON,
) -> None:
    """Hold every claim of a text against the facts.

    With --comparison it prints the text with its claims marked, one line a claim with the arithmetic and what would be
    right, and the decision: publish (exit 0), review or reject (exit 3). It takes the facts as they are stored or in
    the catalogue, and asks no source.

    With --cases every line brings facts of its own and is answered in one line; the exit is 0 whatever the labels, 2
    when a line was malformed.

    With --reader both a configured model proposes what each sentence claims; the same arithmetic decides, and where the
    two readings differ the worse label stands.

    \b
    Examples:
      tiebreak check draft.md --comparison flask-vs-fastapi
      tiebreak check draft.md --comparison flask-vs-fastapi --explain 3
      tiebreak check --cases cases.jsonl --reader both
    """
    from flows.commands.reading import answer_cases, chosen_reader
    from flows.errors import InputError

    who = chosen_reader(reader)
    if cases is not None and draft is None:
        with lines_of(cases) as lines:
            raise typer.Exit(write_answers(answer_cases(lines, who)))
    if draft is None or comparison is None or cases is not None:
        raise InputError("say `tiebreak check DRAFT --comparison SLUG` or `tiebreak check --cases FILE`")
    _check_draft(text_of(draft), comparison, explain, as_json, who)


def _check_draft(text: str, slug: str, explain: int | None, as_json: bool, who: Reader) -> None:
    from flows.bootstrap import build
    from flows.check import case_from_sheet
    from flows.commands.marking import print_marked
    from flows.commands.reading import read_case
    from flows.errors import InputError
    from flows.pipeline import observe, stored_sheet
    from schemas.checking import Decision

    with build(offline=True) as parts:
        chosen = parts.registry.comparison(slug)
        observe(parts, chosen)
        sheet = stored_sheet(parts, chosen)
    report = read_case(case_from_sheet(sheet).model_copy(update={"text": text}), who, parts.lexicon)
    if explain is not None and not 1 <= explain <= len(report.claims):
        raise InputError(f"there is no claim {explain}: the text has {len(report.claims)}")
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        print_marked(text, report, only=explain)
    if report.decision is not Decision.PUBLISH:
        raise typer.Exit(3)


def prompt(
    comparison: str = typer.Argument(..., metavar="COMPARISON", help="Slug, in either order of its names."),
    which: str = typer.Option("verdict", "--prompt", help="verdict, faq, entity, repair, judge or claims."),
    as_json: bool = JSON,
) -> None:
    """What would be sent to the model, with its hash and size.

    To the letter, and nothing is sent. The messages are on stdout; hash and size on stderr.

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
