"""Candidates made by hand or by the built-in drafter from hand-made sheets."""

from __future__ import annotations

from evals.candidates import Candidate
from flows.draft.builtin import write
from flows.references import render
from schemas.checking import Claim, Decision, Label, Report, Unchecked
from schemas.drafts import Block, Draft, Sentence
from schemas.facts import FactSheet
from tests.unit.draft.builtin_sheets import ALL, TRADE


def report(*labels: Label, unchecked: int = 0) -> Report:
    claims = tuple(
        Claim(start=0, end=1, text=f"claim {n}", label=label, kind="absolute") for n, label in enumerate(labels)
    )
    return Report(
        claims=claims, unchecked=tuple(Unchecked(reason="broken") for _ in range(unchecked)), decision=Decision.PUBLISH
    )


def drafted(sheet: FactSheet = TRADE, check: Report | None = None) -> Candidate:
    draft = write(sheet)
    return Candidate(sheet, draft, render(draft, sheet), check or report(Label.SUPPORTED))


def written(blocks: dict[str, list[str]], sheet: FactSheet = TRADE, check: Report | None = None) -> Candidate:
    draft = Draft(
        blocks=tuple(
            Block(name=name, sentences=tuple(Sentence(text=t) for t in texts)) for name, texts in blocks.items()
        )
    )
    return Candidate(sheet, draft, render(draft, sheet), check or report(Label.SUPPORTED))


def pages() -> list[Candidate]:
    return [drafted(sheet) for sheet in ALL.values()]
