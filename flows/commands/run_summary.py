"""What runs came to, for people: a few in full, many as a table."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import typer

from flows.commands.output import cost, counts, print_table, say

if TYPE_CHECKING:
    from schemas.runs import Run

#: More runs than this are a table, a line a run.
_IN_FULL = 3


def print_runs(runs: list[Run]) -> None:
    """A few runs in full, many as a table; what was noted of several is said once."""
    if len(runs) <= _IN_FULL:
        for one in runs:
            print_run(one)
        return
    from schemas.runs import Outcome

    rows = [
        [
            one.comparison,
            one.outcome.value.replace("_", " ") if one.outcome else "unfinished",
            counts(one.claims),
            one.dropped or "",
            cost(one.cost_usd),
            one.error or (f"tiebreak review show {one.draft_id}" if one.outcome is Outcome.IN_REVIEW else ""),
        ]
        for one in runs
    ]
    print_table(
        ["comparison", "outcome", "claims", "dropped", "cost", "next, or why not"], rows, right=[3, 4], whole=[1]
    )
    outcomes = Counter(one.outcome.value.replace("_", " ") if one.outcome else "unfinished" for one in runs)
    costs = [one.cost_usd for one in runs]
    total = None if None in costs else sum((each for each in costs if each is not None), Decimal(0))
    typer.echo(f"{len(runs)} runs: {counts(outcomes)}; {cost(total)}")
    for note, count in Counter(note for one in runs for note in one.notes).items():
        say(f"note: {note}" + (f" ({count} times)" if count > 1 else ""))


def print_run(one: Run) -> None:
    """The short summary of a run."""
    outcome = one.outcome.value if one.outcome else "unfinished"
    lines = [("outcome", outcome.replace("_", " ") if not one.error else f"{outcome}: {one.error}")]
    if one.facts:
        lines.append(("facts", counts(one.facts) + (f"; {one.findings} findings" if one.findings else "")))
    if one.claims or one.decision:
        dropped = f"; {one.dropped} sentence{'s' if one.dropped > 1 else ''} dropped" if one.dropped else ""
        lines.append(("claims", f"{counts(one.claims)}{dropped}; decision: {one.decision}"))
    lines.append(("written by", one.model or one.drafter))
    if one.stages:
        spent = [
            f"{stage.name} {stage.seconds:.2f} s" + (f" ({cost(stage.cost_usd)})" if stage.cost_usd != 0 else "")
            for stage in one.stages
        ]
        lines.append(("stages", ", ".join(spent) + f"; {cost(one.cost_usd)}"))
    if one.page:
        lines.append(("page", one.page))
    if outcome == "in_review":
        lines.append(("next", f"waiting for review: tiebreak review show {one.draft_id}"))
    typer.echo(one.comparison)
    for name, value in lines:
        typer.echo(f"  {name:<11}{value}")
    for note in one.notes:
        say(f"  note: {note}")
