"""eval run|overlap|judge|record."""

from __future__ import annotations

from pathlib import Path

import typer

from flows.commands.output import JSON, end_progress, print_json, print_table, progress, say, write_whole

group = typer.Typer(
    help=(
        "Measure the quality of verdicts.\n\n\b\nExamples:\n  tiebreak eval run --suite small\n  tiebreak eval overlap"
    ),
    no_args_is_help=True,
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
    """Draft every comparison of a suite and grade the drafts.

    Prints a line a comparison, a line for each grade below 1 with the reason, and whether the suite's gate is met.
    Publishes nothing. Exit 1 when the gate is not met.

    Example: tiebreak eval run --suite small --out result.json
    """
    from evals.assembled import printed, run_assembled

    try:
        result = run_assembled(suite, progress())
    finally:
        end_progress()
    if out is not None:
        write_whole(out, printed(result, as_json=True))
    typer.echo(printed(result, as_json=as_json))
    raise typer.Exit(0 if result.passed else 1)


@group.command("overlap")
def overlap_(as_json: bool = JSON) -> None:
    """How alike the pages of the catalogue read.

    By runs of five words, with the facts masked.

    Example: tiebreak eval overlap
    """
    from evals.assembled import AssembledApp
    from evals.overlap import overlap
    from evals.report import overlap_table
    from flows.bootstrap import build

    with build(offline=True) as parts:
        slugs = [comparison.slug for comparison in parts.catalogue.comparisons]
        found = overlap(list(AssembledApp(parts, progress())(slugs)))
    end_progress()
    if as_json:
        print_json({"median": found.median, "nearest": dict(found.nearest)})
    else:
        typer.echo(overlap_table(found))


@group.command("judge")
def judge_(
    comparisons: list[str] = typer.Argument(..., metavar="COMPARISON...", help="Slugs."),
    model: str | None = typer.Option(
        None, "--model", metavar="NAME", help="The judge; default TIEBREAK_MODEL. Best not the one that wrote."
    ),
    as_json: bool = JSON,
) -> None:
    """Let a model judge a model's draft against the built-in one.

    By five criteria, on the same facts, in both orders; a mark that follows the order counts as a tie and bears a
    star. Takes the newest draft of a model that the store has. Advisory: nothing is decided by it.

    Example: tiebreak eval judge flask-vs-fastapi --model other-model
    """
    import asyncio

    from evals.judged import judge_drafts, summary
    from flows.bootstrap import build
    from flows.draft.judging import CRITERIA, WHOLE, model_judge
    from flows.errors import SettingsError
    from flows.settings import read_settings

    settings = read_settings()
    settings = settings.model_copy(update={"model": model or settings.model})
    if settings.model is None:
        raise SettingsError("there is no model to judge: name one with --model, or set TIEBREAK_MODEL")
    with build(settings, offline=True) as parts:
        slugs = [parts.registry.comparison(slug).slug for slug in comparisons]
        judge = model_judge(settings, parts.store.ledger, parts.store.locks, parts.now)
        found = asyncio.run(judge_drafts(parts, slugs, judge))
    for slug in (one.slug for one in found if one.writer == settings.model):
        say(f"note: {slug} was written by the judge itself ({settings.model}): judges like their own")
    keys = (*CRITERIA, WHOLE)
    if as_json:
        rows = [
            {
                "comparison": one.slug,
                "writer": one.writer,
                **dict(one.judgement.marks),
                "flipped": one.judgement.flipped,
            }
            for one in found
        ]
        print_json(rows)
        return
    print_table(["comparison", *keys], [[one.slug, *(one.who(key) for key in keys)] for one in found])
    typer.echo(summary(found))


@group.command("record")
def record_(
    comparisons: list[str] = typer.Argument(..., metavar="COMPARISON...", help="Slugs."),
    out: Path | None = typer.Option(None, "--out", metavar="DIR", help="Default: evals/answers."),
) -> None:
    """Ask the configured model and keep what it answers.

    Keys and addresses are taken out. Tests play the answers back. Publishes nothing. Example: TIEBREAK_MODEL=... tiebreak eval record flask-vs-fastapi
    """
    import asyncio

    from evals.record import FOLDER, record, write_recording
    from flows.bootstrap import build
    from flows.errors import SettingsError
    from flows.settings import read_settings

    settings = read_settings()
    if settings.model is None:
        raise SettingsError("there is no model to record: set TIEBREAK_MODEL, and TIEBREAK_MODEL_URL or OPENAI_API_KEY")
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    with build(settings, offline=True) as parts:
        for slug in comparisons:
            made = asyncio.run(record(parts, parts.registry.comparison(slug), [key]))
            typer.echo(write_recording(made, out or FOLDER))
