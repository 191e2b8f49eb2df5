"""facts show|settle: what is known, from where, how it changed, and an editor's settlement of a dispute."""

from __future__ import annotations

import csv
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from flows.commands.output import JSON, end_progress, print_json, print_table, progress, say

if TYPE_CHECKING:
    from flows.parts import Parts
    from schemas.catalogue import Comparison
    from schemas.facts import Fact, FactSheet

group = typer.Typer(
    no_args_is_help=True,
    help="What is known of a comparison. Examples: tiebreak facts flask-vs-fastapi; tiebreak facts settle flask throughput '2,500 req/s' --reason '...'",
)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="facts")


@group.command()
def show(
    comparison: str = typer.Argument(..., metavar="COMPARISON"),
    offline: bool = typer.Option(False, "--offline", help="Ask no source over the network."),
    history: str | None = typer.Option(
        None, "--history", metavar="METRIC", help="Every value that was ever observed of a metric."
    ),
    since: str | None = typer.Option(
        None, "--since", metavar="DATE", help="Only facts that changed materially since that day."
    ),
    export: Path | None = typer.Option(
        None, "--export", metavar="FILE", help="Write the observations as a catalogue CSV."
    ),
    as_csv: bool = typer.Option(False, "--csv", help="Print CSV."),
    as_json: bool = JSON,
) -> None:
    """Status, value, sources, age and findings of every fact.

    Example: tiebreak facts flask-vs-fastapi --history github_stars
    """
    from flows.bootstrap import build
    from flows.pipeline import observe, stored_sheet

    with build(offline=offline) as parts:
        chosen = parts.registry.comparison(comparison)
        gathered, _new = observe(parts, chosen, progress())
        end_progress()
        for note in gathered.notes:
            say(f"note: {note}")
        if history is not None:
            _history(parts, chosen, history, as_json)
            return
        if since is not None:
            _since(parts, chosen, _day(since), as_json)
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
    else:
        _table(sheet)


@group.command()
def settle(
    entity: str = typer.Argument(..., help="Entity id."),
    metric: str = typer.Argument(..., help="Metric id, name or alias."),
    value: str = typer.Argument(..., help="The value that holds, as a page would show it: '2,500 req/s'."),
    reason: str = typer.Option(..., "--reason", help="Why this one; it is kept and shown to editors."),
    editor: str | None = typer.Option(None, "--as", metavar="NAME", help="Who settles. Default: the login name."),
    until: str | None = typer.Option(
        None, "--until", metavar="DATE", help="Day on which the settlement ends. Default: in one year."
    ),
) -> None:
    """Settle a disputed fact by hand: an observation of the highest tier, with who, why and until when.

    Example: tiebreak facts settle flask throughput '~2,500 req/s' --reason 'our own benchmark of May' --until 2027-05-01
    """
    import getpass

    from flows.bootstrap import build
    from flows.errors import InputError, UnknownName
    from flows.facts.settle import settlement

    with build(offline=True) as parts:
        known = next((one for one in parts.catalogue.entities if one.id == entity), None)
        if known is None:
            raise UnknownName(f"there is no entity {entity!r} in the catalogue")
        found = parts.registry.metric_for(metric, known.category)
        if found is None:
            raise UnknownName(f"there is no metric {metric!r} for {known.name}: `tiebreak metrics` lists them")
        now = parts.now()
        ends = _day(until) if until else date(now.year + 1, now.month, min(now.day, 28))
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


def _table(sheet: FactSheet) -> None:
    from rich.text import Text

    names = {entity.id: entity.name for entity in sheet.entities}
    metrics = {metric.id: metric.name for metric in sheet.metrics}
    sources = {one.id: one.source for one in sheet.observations}
    raws = {one.id: one.raw for one in sheet.observations}
    colours = {"agreed": "green", "single": "green", "disputed": "red", "stale": "yellow", "missing": "dim"}

    def value(fact: Fact) -> str:
        if fact.status.value == "disputed":
            return " | ".join(dict.fromkeys(raws[one] for one in (*fact.evidence, *fact.others) if one in raws))
        return fact.display or "-"

    rows = [
        [
            metrics[fact.metric] + "".join(f" ({text})" for _, text in fact.context),
            names[fact.entity],
            Text(fact.status.value, style=colours[fact.status.value]),
            value(fact),
            ", ".join(dict.fromkeys(sources[one] for one in fact.evidence if one in sources)),
            _age(fact.as_of, sheet.today),
        ]
        for fact in sheet.facts
        if fact.status.value != "missing"
    ]
    print_table(["metric", "entity", "status", "value", "sources", "age"], rows)
    missing = sum(fact.status.value == "missing" for fact in sheet.facts)
    typer.echo(f"{len(rows)} facts, {missing} missing, {len(sheet.findings)} findings")
    for finding in sheet.findings:
        typer.echo(f"  {finding.kind.value:<17}{finding.sentence}")


def _history(parts: Parts, comparison: Comparison, label: str, as_json: bool) -> None:
    from flows.errors import UnknownName

    metric = parts.registry.metric_for(label, comparison.category)
    if metric is None:
        raise UnknownName(f"there is no metric {label!r}: `tiebreak metrics` lists them")
    rows = [
        {
            "entity": one.entity,
            "value": one.raw,
            "source": one.source,
            "as_of": one.as_of,
            "first_seen": first.strftime("%Y-%m-%d %H:%M"),
            "last_seen": last.strftime("%Y-%m-%d %H:%M"),
        }
        for one, first, last in parts.store.observations.history(comparison.entities, metric.id)
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(
            ["entity", "value", "source", "as of", "first seen", "last seen"], [list(row.values()) for row in rows]
        )


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
        print_table(["fact", "then", "now", "what"], [[one.fact, one.before, one.after, one.what] for one in changes])
    else:
        typer.echo(f"nothing changed materially since {day}")


def _export(sheet: FactSheet, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as opened:
        count = _write_csv(sheet, opened)
    say(f"wrote {count} observations to {target}")


def _write_csv(sheet: FactSheet, to: TextIO) -> int:
    from flows.facts.export import COLUMNS, facts_csv

    rows = facts_csv(sheet)
    writer = csv.DictWriter(to, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return len(rows)


def _age(as_of: date | None, today: date) -> str:
    if as_of is None:
        return "-"
    days = (today - as_of).days
    return f"{days} d" if days < 60 else f"{days // 30} mo" if days < 730 else f"{days // 365} y"


def _day(text: str) -> date:
    from flows.errors import InputError

    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
    except ValueError as error:
        raise InputError(f"{text!r} is no date: write it as 2026-11-22") from error
