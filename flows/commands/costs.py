"""runs and costs: what happened and what it cost."""

from __future__ import annotations

import typer

from flows.commands.output import JSON, cost, counts, print_json, print_table

runs_group = typer.Typer(
    help=(
        "What was run, what came of it and what it cost. The command `list` may be left out.\n\n"
        "\b\nExamples:\n"
        "  tiebreak runs                      the latest runs\n"
        "  tiebreak runs flask-vs-fastapi     those of one comparison\n"
        "  tiebreak runs show 3fa2            one run with its calls of the model"
    )
)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(runs_group, name="runs")
    app.command()(costs)


@runs_group.command("list")
def list_(
    comparison: str | None = typer.Argument(None, metavar="COMPARISON", help="Only this comparison."),
    limit: int = typer.Option(20, "--limit", min=1, max=1_000_000, help="How many."),
    as_json: bool = JSON,
) -> None:
    """The latest runs, newest first.

    When, with what outcome, how many claims of each label, how many sentences that failed were dropped, at what cost.

    Example: tiebreak runs flask-vs-fastapi --limit 5
    """
    from flows.bootstrap import build

    with build(offline=True) as parts:
        slug = parts.registry.comparison(comparison).slug if comparison else None
        found = parts.store.ledger.runs(slug, limit)
    if as_json:
        print_json([run.model_dump(mode="json") for run in found])
        return
    if not found:
        typer.echo("no run yet: `tiebreak run COMPARISON`")
        return
    rows = [
        [
            run.id[:8],
            run.comparison,
            run.started_at.strftime("%Y-%m-%d %H:%M"),
            run.outcome.value.replace("_", " ") if run.outcome else "unfinished",
            counts(run.claims),
            run.dropped or "",
            cost(run.cost_usd),
            run.error or "",
        ]
        for run in found
    ]
    print_table(
        ["run", "comparison", "started", "outcome", "claims", "dropped", "cost", "error"], rows, whole=[0, 2, 3]
    )


@runs_group.command()
def show(
    run_id: str = typer.Argument(..., metavar="RUN", help="The id, or its beginning."), as_json: bool = JSON
) -> None:
    """One run with every call of the model.

    When, for which prompt, with how many tokens, at what cost, with what error.

    Example: tiebreak runs show 3fa2
    """
    from flows.bootstrap import build
    from flows.commands.run_summary import print_run

    with build(offline=True) as parts:
        run = parts.store.ledger.run(run_id)
        attempts = parts.store.ledger.attempts(run.id)
    if as_json:
        print_json({**run.model_dump(mode="json"), "attempts": [one.model_dump(mode="json") for one in attempts]})
        return
    print_run(run)
    if attempts:
        rows = [
            [
                one.at.strftime("%H:%M:%S"),
                one.prompt,
                one.outcome,
                f"{one.latency_s:.2f}",
                one.usage.input_tokens,
                one.usage.output_tokens,
                cost(one.cost_usd),
                one.error or "",
            ]
            for one in attempts
        ]
        print_table(["at", "prompt", "outcome", "s", "tokens in", "out", "cost", "error"], rows, right=[3, 4, 5])


def costs(
    by: str = typer.Option("day", "--by", help="day, model, prompt or comparison."),
    days: int = typer.Option(30, "--days", min=1, max=36500, help="How far back."),
    as_json: bool = JSON,
) -> None:
    """What the model calls cost.

    A price that nobody knows is "unknown", and such calls are counted apart, never as nothing.

    Example: tiebreak costs --by comparison
    """
    from datetime import timedelta
    from typing import cast

    from flows.bootstrap import build
    from flows.errors import InputError
    from flows.store.ledger import Grouping

    if by not in ("day", "model", "prompt", "comparison"):
        raise InputError(f"--by takes day, model, prompt or comparison, not {by!r}")
    with build(offline=True) as parts:
        found = parts.store.ledger.costs(cast("Grouping", by), parts.now() - timedelta(days=days))
    if as_json:
        print_json(
            [
                {
                    "key": row.key,
                    "attempts": row.attempts,
                    "input_tokens": row.input_tokens,
                    "cached_tokens": row.cached_tokens,
                    "output_tokens": row.output_tokens,
                    "cost_usd": None if row.unknown == row.attempts else row.cost_usd,
                    "without_price": row.unknown,
                }
                for row in found
            ]
        )
        return
    rows = [
        [
            row.key,
            row.attempts,
            row.input_tokens,
            row.cached_tokens,
            row.output_tokens,
            "unknown" if row.unknown == row.attempts else cost(row.cost_usd),
            row.unknown or "",
        ]
        for row in found
    ]
    if not rows:
        typer.echo(f"no model was called in the last {days} days")
        return
    print_table([by, "attempts", "tokens in", "cached", "out", "cost", "without a price"], rows, right=range(1, 7))
