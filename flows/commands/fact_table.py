"""A fact sheet on a terminal: one line a fact, and what is wrong with the facts grouped by kind."""

from __future__ import annotations

import shutil
import sys
import textwrap
from datetime import date
from typing import TYPE_CHECKING

import typer

from flows.commands.output import print_table

if TYPE_CHECKING:
    from schemas.facts import Fact, FactSheet

#: How many findings of one kind are shown before the rest is only counted.
SHOWN = 3

_COLOURS = {"agreed": "green", "single": "green", "disputed": "red", "stale": "yellow", "missing": "dim"}
_KINDS = {
    "wrong_column": "in the wrong column",
    "contradiction": "contradict one another",
    "duplicate_metric": "one metric under several names",
    "unit_mismatch": "a unit that does not fit",
    "implausible": "hardly possible",
    "bad_diff": "a printed difference that its figures do not give",
    "wrong_winner": "a printed winner that its figures do not give",
    "stale": "out of date",
    "others_say": "sources of lower standing say otherwise",
}


def print_facts(sheet: FactSheet) -> None:
    """Every fact that has a value: status, value, sources, age. Missing ones are counted."""
    from rich.text import Text

    names = {entity.id: entity.name for entity in sheet.entities}
    metrics = {metric.id: metric.name for metric in sheet.metrics}
    sources = {one.id: one.source for one in sheet.observations}
    raws = {one.id: one.raw for one in sheet.observations}
    rows: list[list[object]] = []
    before = ""
    for fact in sheet.facts:
        if fact.status.value == "missing":
            continue
        metric = metrics[fact.metric] + "".join(f" ({text})" for _, text in fact.context)
        rows.append(
            [
                metric if metric != before else "",
                names[fact.entity],
                Text(fact.status.value, style=_COLOURS[fact.status.value]),
                _value(fact, raws),
                ", ".join(dict.fromkeys(sources[one] for one in fact.evidence if one in sources)),
                age(fact.as_of, sheet.today),
            ]
        )
        before = metric
    print_table(["metric", "entity", "status", "value", "sources", "age"], rows, whole=[2, 5])
    missing = sum(fact.status.value == "missing" for fact in sheet.facts)
    typer.echo(f"{len(rows)} facts, {missing} missing, {len(sheet.findings)} findings")


def print_findings(sheet: FactSheet, *, everything: bool = False) -> None:
    """What is wrong with the facts, by kind; what keeps a fact out of drafts comes first. At most `SHOWN` of a kind."""
    by_kind: dict[str, list[str]] = {}
    # sorted() is stable: within one kind the order of the sheet stays.
    for finding in sorted(sheet.findings, key=lambda one: not one.withholds):
        mark = "*" if finding.withholds else " "
        by_kind.setdefault(finding.kind.value, []).append(f"{mark} {finding.sentence}")
    cut = False
    for kind, sentences in by_kind.items():
        typer.echo(f"\n{len(sentences)} {_KINDS.get(kind, kind)}")
        shown = sentences if everything or len(sentences) == SHOWN + 1 else sentences[:SHOWN]
        for sentence in shown:
            typer.echo(_folded(sentence))
        if len(sentences) > len(shown):
            cut = True
            typer.echo(f"  ... and {len(sentences) - len(shown)} more")
    if any(finding.withholds for finding in sheet.findings):
        typer.echo("\n* what rests on this alone is kept out of drafts until it is settled")
    if cut:
        typer.echo(f"all findings: tiebreak facts {sheet.comparison.slug} --findings")


def _folded(sentence: str) -> str:
    """One line for a program; on a terminal folded with a hanging indent."""
    if not sys.stdout.isatty():
        return sentence
    width = max(40, shutil.get_terminal_size().columns)
    return textwrap.fill(sentence, width, subsequent_indent="  ", break_on_hyphens=False)


def age(as_of: date | None, today: date) -> str:
    """ "12 d", "5 mo", "3 y"; "-" when the source says no day."""
    if as_of is None:
        return "-"
    days = (today - as_of).days
    return f"{days} d" if days < 60 else f"{days // 30} mo" if days < 730 else f"{days // 365} y"


def _value(fact: Fact, raws: dict[str, str]) -> str:
    if fact.status.value == "disputed":
        return " | ".join(dict.fromkeys(raws[one] for one in (*fact.evidence, *fact.others) if one in raws))
    return fact.display or "-"
