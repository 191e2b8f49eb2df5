"""eval run."""

from __future__ import annotations

from pathlib import Path

import typer

from flows.commands.output import JSON, end_progress, progress

group = typer.Typer(
    help="Measure the quality of verdicts. Example: tiebreak eval run --suite small", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="eval")


@group.command()
def run(
    suite: str = typer.Option("small", "--suite", help="A file of evals/suites/, by its name."),
    out: Path | None = typer.Option(None, "--out", metavar="FILE", help="Also write the whole result as JSON."),
    as_json: bool = JSON,
) -> None:
    """Draft every comparison of a suite and grade it without a model. Exit 1 when the suite's gate is not met."""
    from evals.runner import run_suite_by_name

    code = run_suite_by_name(suite, out=out, as_json=as_json, progress=progress())
    end_progress()
    raise typer.Exit(code)
