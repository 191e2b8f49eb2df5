"""facts show|settle: what is known, from where, how it changed, and an editor's settlement of a dispute."""

from __future__ import annotations

import csv
import io
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from flows.commands.fact_table import SHOWN, print_facts, print_findings
from flows.commands.output import JSON, end_progress, print_json, print_table, progress, say, write_whole

if TYPE_CHECKING:
    from flows.parts import Parts
    from schemas.catalogue import Comparison, Metric
    from schemas.facts import FactSheet

group = typer.Typer(
    no_args_is_help=True,
    help=(
        "What is known, from where, and what is wrong with it.\n\nThe command `show` may be left out.\n\n"
        "\b\nExamples:\n"
        "  tiebreak facts                          the comparisons of the catalogue\n"
        "  tiebreak facts flask-vs-fastapi         every fact of one, and what is wrong with it\n"
        "  tiebreak facts settle flask throughput '2,500 req/s' --reason '...'"
    ),
)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="facts")


@group.command("list")
def list_(as_json: bool = JSON) -> None:
    """The comparisons of the catalogue: slug, names, category.

    Example: tiebreak facts
    """
    from flows.gather.catalogue import load_catalogue
    from flows.settings import read_settings

    catalogue = load_catalogue(read_settings().catalogue_folder)
    names = {entity.id: entity.name for entity in catalogue.entities}
    rows = [
        {
            "comparison": one.slug,
            "entities": " vs ".join(names[entity] for entity in one.entities),
            "category": one.category,
        }
        for one in catalogue.comparisons
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(["comparison", "entities", "category"], [list(row.values()) for row in rows])


@group.command()
def show(
    comparison: str = typer.Argument(..., metavar="COMPARISON", help="Slug, in either order of its names."),
    offline: bool = typer.Option(False, "--offline", help="Ask no source over the network."),
    findings: bool = typer.Option(
        False, "--findings", help=f"All findings and nothing else; the table shows {SHOWN} of each kind."
    ),
    history: str | None = typer.Option(
        None, "--history", metavar="METRIC", help="Every value that was ever observed of a metric."
    ),
    since: str | None = typer.Option(
        None, "--since", metavar="DATE", help="Only facts that changed materially since that day."
    ),
    export: Path | None = typer.Option(
        None, "--export", metavar="FILE", help="Write the observations as a catalogue CSV."
    ),
    as_csv: bool = typer.Option(False, "--csv", help="Print the observations as a catalogue CSV."),
    as_json: bool = JSON,
) -> None:
    """Status, value, sources and age of every fact, and findings.

    Asks the sources first and stores what they say. A value is agreed, single or stale; a disputed fact shows all its
    values. --json holds facts, derivations and findings whole.

    Example: tiebreak facts flask-vs-fastapi --history github_stars
    """
    from flows.bootstrap import build
    from flows.errors import UnknownName
    from flows.pipeline import observe, stored_sheet

    # What was typed is looked at before any source is asked.
    day = _day(since) if since is not None else None
    with build(offline=offline) as parts:
        chosen = parts.registry.comparison(comparison)
        metric = parts.registry.metric_for(history, chosen.category) if history is not None else None
        if history is not None and metric is None:
            raise UnknownName(f"there is no metric {history!r}: `tiebreak metrics {chosen.category}` lists them")
        gathered, _new = observe(parts, chosen, progress())
        end_progress()
        for note in gathered.notes:
            say(f"note: {note}")
        if metric is not None:
            _history(parts, chosen, metric, as_json)
            return
        if day is not None:
            _since(parts, chosen, day, as_json)
            return
        sheet = stored_sheet(parts, chosen)
    if export is not None:
        _export(sheet, export)
    elif as_csv:
        _write_csv(sheet, sys.stdout)
    elif as_json:
        print_json(
            {
                **sheet.model_dump(mode="json", exclude={"observations", "metrics", "entities", "category"}),
                "slug": chosen.slug,
            }
        )
    elif findings:
        print_findings(sheet, everything=True)
    else:
        print_facts(sheet)
        print_findings(sheet)


@group.command()
def settle(
    entity: str = typer.Argument(..., help="Entity id."),
    metric: str = typer.Argument(..., help="Metric id, name or alias."),
    value: str = typer.Argument(
        ..., help="The value that holds, as a page would show it: '2,500 req/s'. Write -- before a negative one."
    ),
    reason: str = typer.Option(..., "--reason", help="Why this one; it is kept and shown to editors."),
    editor: str | None = typer.Option(None, "--as", metavar="NAME", help="Who settles. Default: the login name."),
    until: str | None = typer.Option(
        None, "--until", metavar="DATE", help="Day on which the settlement ends. Default: in one year."
    ),
) -> None:
    """Settle a disputed fact by hand.

    What you say stands above every source, with your name, the reason and the day on which it ends.

    Example: tiebreak facts settle flask throughput '~2,500 req/s' --reason 'our own benchmark of May' --until 2027-05-01
    """
    import getpass
    from difflib import get_close_matches

    from flows.bootstrap import build
    from flows.errors import InputError, UnknownName
    from flows.facts.settle import settlement

    with build(offline=True) as parts:
        known = next((one for one in parts.catalogue.entities if one.id == entity), None)
        if known is None:
            near = get_close_matches(entity, [one.id for one in parts.catalogue.entities], 1)
            hint = f"did you mean {near[0]!r}?" if near else "`tiebreak facts --json` lists the comparisons"
            raise UnknownName(f"there is no entity {entity!r} in the catalogue: {hint}")
        found = parts.registry.metric_for(metric, known.category)
        if found is None:
            raise UnknownName(
                f"there is no metric {metric!r} for {known.name}: `tiebreak metrics {known.category}` lists them"
            )
        now = parts.now()
        # A year on; from 29 February to the day before 1 March.
        last_day = 28 if now.month == 2 else now.day
        ends = _day(until) if until else date(now.year + 1, now.month, min(now.day, last_day))
        if ends <= now.date():
            raise InputError(f"--until {ends} is not in the future")
        made = settlement(
            entity=entity,
            metric=found,
            raw=value,
            reason=reason,
            author=editor or getpass.getuser(),
            at=now,
            expires=ends,
        )
        parts.store.observations.add([made], [], now)
    typer.echo(f"{entity} {found.id} = {value}, settled by {made.author} until {ends}")


def _history(parts: Parts, comparison: Comparison, metric: Metric, as_json: bool) -> None:
    # A page may print one value in several places: one line, with how often it was read.
    seen: dict[tuple[str, str, str, date | None], list[tuple[datetime, datetime]]] = {}
    for one, first, last in parts.store.observations.history(comparison.entities, metric.id):
        as_of = one.as_of if one.dated else None  # the days on which it was read stand beside it
        seen.setdefault((one.entity, one.raw, one.source, as_of), []).append((first, last))
    rows = [
        {
            "entity": entity,
            "value": raw,
            "source": source,
            "as_of": as_of,
            "first_seen": min(first for first, _ in times).strftime("%Y-%m-%d %H:%M"),
            "last_seen": max(last for _, last in times).strftime("%Y-%m-%d %H:%M"),
            "places": len(times),
        }
        for (entity, raw, source, as_of), times in sorted(
            seen.items(), key=lambda item: (item[0][0], min(item[1]), item[0][2], item[0][1])
        )
    ]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(
            ["entity", "value", "source", "as of", "first seen", "last seen", "places"],
            [list(row.values()) for row in rows],
            right=[6],
        )
    else:
        typer.echo(f"{metric.name} was never observed for {' or '.join(comparison.entities)}")


def _since(parts: Parts, comparison: Comparison, day: date, as_json: bool) -> None:
    from flows.facts.history import changed_since

    history = parts.store.observations.history(comparison.entities)
    changes = changed_since(history, parts.registry, day, parts.now().date())
    if as_json:
        print_json(
            [
                {"fact": one.fact, "kind": one.kind.value, "before": one.before, "after": one.after, "what": one.what}
                for one in changes
            ]
        )
    elif changes:
        print_table(
            ["fact", "change", "then", "now"],
            [[one.fact, one.kind.value.replace("_", " "), one.before, one.after] for one in changes],
        )
    else:
        typer.echo(f"nothing changed materially since {day}")


def _export(sheet: FactSheet, target: Path) -> None:
    written = io.StringIO()
    count = _write_csv(sheet, written)
    write_whole(target, written.getvalue())
    say(f"wrote {count} observations to {target}")


def _write_csv(sheet: FactSheet, to: TextIO) -> int:
    from flows.facts.export import COLUMNS, facts_csv

    rows = facts_csv(sheet)
    writer = csv.DictWriter(to, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return len(rows)


def _day(text: str) -> date:
    from flows.errors import InputError

    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError as error:
        raise InputError(f"{text!r} is no date: write it as 2026-11-22") from error
