"""init, run, gather, publish, retract, pause, resume, plan, serve."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import typer

from flows.commands.output import JSON, end_progress, print_json, print_table, progress, say
from flows.commands.run_summary import print_runs

SLUG = typer.Argument(..., metavar="COMPARISON", help="Slug of a comparison, in either order of its names.")


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (init, run, gather, publish, retract, pause, resume, plan, serve):
        app.command()(command)


def init(folder: Path = typer.Argument(..., help="A folder that does not exist yet, or is empty.")) -> None:
    """Write a small catalogue to start from.

    Prints the command that runs it.

    Example: tiebreak init my-data
    """
    from flows.gather.starter import write_starter

    slug = write_starter(folder)
    say(f"wrote a catalogue to {folder}")
    typer.echo(f"TIEBREAK_DATA={folder} tiebreak run {slug}")


def run(
    comparisons: list[str] = typer.Argument(
        None, metavar="COMPARISON...", help="Slugs, in either order of their names."
    ),
    everything: bool = typer.Option(False, "--all", help="Every comparison of the catalogue."),
    due: bool = typer.Option(
        False, "--parked", help="What the model's endpoint asked to be left alone and is due again."
    ),
    offline: bool = typer.Option(False, "--offline", help="Ask no source over the network."),
    redraft: bool = typer.Option(False, "--redraft", help="Write the text anew even where it still stands."),
    max_cost: str | None = typer.Option(
        None, "--max-cost", metavar="USD", help="Stop before the model call that would pass this."
    ),
    as_json: bool = JSON,
) -> None:
    """Gather, draft, check and publish, and print what happened.

    Exit 0 when the page is published, unchanged or waiting for an editor (it then says how to review it), 1 when a run
    failed. Killed at any point, it can be run again.

    \b
    Examples:
      tiebreak run flask-vs-fastapi
      tiebreak run --all --offline
      tiebreak run flask-vs-fastapi --redraft --max-cost 0.10
    """
    import asyncio

    from flows.bootstrap import build
    from flows.errors import InputError
    from flows.pipeline import run_many, run_one, run_parked

    bound = _dollars(max_cost)
    with build(offline=offline) as parts:
        if [bool(comparisons), everything, due].count(True) != 1:
            raise InputError(_which([one.slug for one in parts.catalogue.comparisons]))
        chosen = (
            list(parts.catalogue.comparisons)
            if everything
            else [parts.registry.comparison(slug) for slug in comparisons]
        )
        try:
            if due:
                runs = asyncio.run(run_parked(parts, max_cost_usd=bound, progress=progress()))
            elif len(chosen) == 1:
                runs = [
                    asyncio.run(run_one(parts, chosen[0], redraft=redraft, max_cost_usd=bound, progress=progress()))
                ]
            else:
                runs = asyncio.run(run_many(parts, chosen, redraft=redraft, max_cost_usd=bound, progress=progress()))
        finally:
            end_progress()
    if as_json:
        print_json([one.model_dump(mode="json") for one in runs])
    else:
        print_runs(runs)
        if due and not runs:
            typer.echo("nothing is parked that is due")
    if any(one.error for one in runs):
        raise typer.Exit(1)


def _which(slugs: list[str]) -> str:
    """What to say to someone who named none, or both one and all."""
    known = (
        ", ".join(slugs)
        if len(slugs) <= 4
        else f"{', '.join(slugs[:3])} and {len(slugs) - 3} more, `tiebreak facts` lists them"
    )
    return f"name one or more comparisons ({known}), or say either --all or --parked"


def gather(
    comparisons: list[str] = typer.Argument(None, metavar="COMPARISON...", help="Default: every comparison."),
    offline: bool = typer.Option(False, "--offline", help="Ask no source over the network."),
    as_json: bool = JSON,
) -> None:
    """Ask the sources and store what they say; write no page.

    Prints how many observations there are and how many of them are new. A source that is down is a note, not a failure.

    Example: tiebreak gather flask-vs-fastapi
    """
    from flows.bootstrap import build
    from flows.pipeline import observe

    rows = []
    with build(offline=offline) as parts:
        chosen = (
            [parts.registry.comparison(slug) for slug in comparisons] if comparisons else parts.catalogue.comparisons
        )
        for comparison in chosen:
            gathered, new = observe(parts, comparison, progress())
            end_progress()
            for note in gathered.notes:
                say(f"note: {note}")
            rows.append(
                {
                    "comparison": comparison.slug,
                    "observations": len(gathered.observations),
                    "new": new,
                    "notes": list(gathered.notes),
                }
            )
    if as_json:
        print_json(rows)
    else:
        print_table(
            ["comparison", "observations", "new"],
            [[row["comparison"], row["observations"], row["new"]] for row in rows],
            right=[1, 2],
        )


def publish(as_json: bool = JSON) -> None:
    """Release what is approved and write what the site lacks.

    Prints a line for each page. Doing it again changes nothing.

    Example: tiebreak publish
    """
    from flows.bootstrap import build
    from flows.sweep import sweep

    with build(offline=True) as parts:
        done = sweep(parts)
    if as_json:
        print_json(done)
    for line in [] if as_json else done or ["nothing to release"]:
        typer.echo(line)


def retract(
    slug: str = SLUG,
    reason: str = typer.Option(..., "--reason", help="Why; it is kept with the page's history."),
) -> None:
    """Take a published page down. Its history stays in the store.

    The address then says that the page was withdrawn, when and why. Exit 2 when it is not published.

    Example: tiebreak retract flask-vs-fastapi --reason "the vendor withdrew the figures"
    """
    from flows.bootstrap import build
    from flows.errors import InputError
    from flows.sweep import rewrite

    with build(offline=True) as parts:
        comparison = parts.registry.comparison(slug)
        if not reason.strip():
            raise InputError("--reason is empty: readers of the address are told why the page is gone")
        parts.store.publications.retract(comparison.slug, reason=reason, at=parts.now())
        rewrite(parts, comparison.slug)
    typer.echo(f"{comparison.slug}: retracted")


def pause(
    what: str = typer.Argument(..., metavar="publish", help="The word `publish`."),
    reason: str = typer.Option("by hand", "--reason", help="Why; `tiebreak doctor` shows it."),
) -> None:
    """Stop all publishing until `tiebreak resume publish`. Drafts and reviews go on.

    Example: tiebreak pause publish --reason "wrong prices from a source"
    """
    _set_paused(what, reason)
    typer.echo("publishing is paused")


def resume(what: str = typer.Argument(..., metavar="publish", help="The word `publish`.")) -> None:
    """Let publishing go on after `tiebreak pause publish`.

    `tiebreak publish` releases what has waited.

    Example: tiebreak resume publish
    """
    _set_paused(what, None)
    typer.echo("publishing goes on: `tiebreak publish` releases what has waited")


def plan(as_json: bool = JSON) -> None:
    """Which pages would change, and why.

    Checks every page against the facts in the store, without a model and without changing anything. What it costs to do
    it is nothing; `tiebreak run --all` does it.

    Example: tiebreak plan
    """
    from flows.bootstrap import build
    from flows.planning import plan_all

    with build(offline=True) as parts:
        rows = plan_all(parts)
    if as_json:
        print_json([{"comparison": row.comparison, "action": row.action, "why": row.why} for row in rows])
    else:
        print_table(["comparison", "action", "why"], [[row.comparison, row.action, row.why] for row in rows])


def serve(
    comparisons: list[str] = typer.Argument(None, metavar="COMPARISON...", help="Default: every comparison."),
) -> None:
    """Serve the schedules from this machine, by a Prefect server.

    Refresh, generate, take up what is parked, release, forget and evaluate at the times of prefect.yaml, until it is
    stopped. Start the server first: `prefect server start`. Exit 2 when none is named.

    Example: PREFECT_API_URL=http://127.0.0.1:4200/api tiebreak serve
    """
    from flows.bootstrap import build

    with build(offline=True) as parts:
        chosen = tuple(parts.registry.comparison(slug).slug for slug in comparisons or ())
    from flows.release import serve_schedules

    serve_schedules(chosen)


def _set_paused(what: str, reason: str | None) -> None:
    from flows.bootstrap import build
    from flows.errors import InputError
    from flows.sweep import PAUSED

    if what != "publish":
        raise InputError(f"{what!r} cannot be paused: `tiebreak pause publish`")
    with build(offline=True) as parts:
        parts.store.locks.set_switch(PAUSED, reason, parts.now())


def _dollars(text: str | None) -> Decimal | None:
    from flows.errors import InputError

    if text is None:
        return None
    try:
        amount = Decimal(text.removeprefix("$"))
    except InvalidOperation as error:
        raise InputError(f"--max-cost takes an amount in US dollars, like 0.25, not {text!r}") from error
    if not amount.is_finite() or amount < 0:
        raise InputError(f"--max-cost takes an amount of at least 0, not {text!r}")
    return amount
