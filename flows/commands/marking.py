"""A checked text on a terminal: every claim in its colour and with a mark, the computation beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas.checking import Claim, Report

#: Colour is never alone: each label has a mark.
_LOOKS = {"supported": ("green", "✓"), "contradicted": ("bold red", "✗"), "unverifiable": ("yellow", "?")}


def print_marked(text: str, report: Report, only: int | None = None) -> None:
    """Print the text with claims coloured, then one line a claim that fails (or claim number `only` in full)."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    if only is None:
        marked = Text(text)
        for claim in report.claims:
            marked.stylize(_LOOKS[claim.label.value][0], claim.start, claim.end)
        console.print(marked)
    for number, claim in enumerate(report.claims, 1):
        if only is None or only == number:
            _print_claim(console, number, claim, full=only is not None)
    for one in report.unchecked:
        console.print(Text(f"! not checked: {one.reason}", style="bold red"))
    console.print(f"decision: {report.decision.value}")


def _print_claim(console: object, number: int, claim: Claim, *, full: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    assert isinstance(console, Console)  # noqa: S101 - narrows the lazily imported type
    style, mark = _LOOKS[claim.label.value]
    line = Text(f"{mark} {number:>3}  ", style=style)
    line.append(claim.text, style="bold")
    line.append(f"  {claim.computation or claim.reason}")
    if claim.label.value != "supported" and claim.right:
        line.append(f"  right would be {claim.right}", style="italic")
    console.print(line)
    if not full:
        return
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
