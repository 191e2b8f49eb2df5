"""A checked text on a terminal: every claim in its colour and with a mark, the computation beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from schemas.checking import Claim, Report

#: Colour is never alone: each label has a mark.
_LOOKS = {"supported": ("green", "✓"), "contradicted": ("bold red", "✗"), "unverifiable": ("yellow", "?")}


def print_marked(text: str, report: Report, only: int | None = None) -> None:
    """Print the text with claims coloured, one entry a claim beneath (or claim number `only` in full), and the decision."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    # A program gets one line a claim; a person gets columns that fit the terminal.
    console = Console(highlight=False, soft_wrap=not console.is_terminal)
    if only is None:
        marked = Text(text.rstrip())
        for claim in report.claims:
            marked.stylize(_LOOKS[claim.label.value][0], claim.start, claim.end)
        console.print(marked)
        console.print()
    chosen = [(number, claim) for number, claim in enumerate(report.claims, 1) if only in (None, number)]
    if console.is_terminal:
        console.print(_grid(chosen))
    else:
        for number, claim in chosen:
            console.print(Text("  ").join(_entry(number, claim)))
    if only is not None:
        for _number, claim in chosen:
            _print_details(console, claim)
    for one in report.unchecked:
        console.print(Text(f"! not checked: {one.reason}", style="bold red"))
    if not report.claims and not report.unchecked:
        console.print("no claim was found: nothing in this text can be held against a fact")
    console.print(f"decision: {report.decision.value}")


def _entry(number: int, claim: Claim) -> tuple[Text, Text, Text]:
    """Mark and number, the claim's words, and why."""
    from rich.text import Text

    style, mark = _LOOKS[claim.label.value]
    why = Text(claim.computation or claim.reason)
    if claim.label.value != "supported" and claim.right:
        why.append(f"; right would be {claim.right}", style="italic")
    return Text(f"{mark} {number:>3}", style=style), Text(claim.text, style=f"bold {style}"), why


def _grid(chosen: list[tuple[int, Claim]]) -> Table:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(max_width=34)
    grid.add_column()
    for number, claim in chosen:
        grid.add_row(*_entry(number, claim))
    return grid


def _print_details(console: Console, claim: Claim) -> None:
    from rich.text import Text

    details = {
        "form": claim.kind,
        "label": claim.label.value,
        "reason": claim.reason,
        "facts": ", ".join(claim.evidence),
        "fits elsewhere": claim.runner_up,
        "reader": claim.reader,
        "span": f"{claim.start}-{claim.end}",
    }
    for name, value in details.items():
        if value:
            console.print(Text(f"       {name:<15}{value}"))
