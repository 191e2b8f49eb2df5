"""Series, bests of a season and days of the week: sheets, and sentences with the worst label among their claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, Label
from tests.unit.check.sentences import load_labelled

_LETTERS = {"S": Label.SUPPORTED, "C": Label.CONTRADICTED, "U": Label.UNVERIFIABLE}
SENTENCES = load_labelled(Path(__file__).with_name("streaks.txt"))


@pytest.mark.parametrize(
    ("case", "letter", "text"), SENTENCES, ids=[f"{row[0].id}: {row[2][:70]}" for row in SENTENCES]
)
def test_a_sheet_of_one_game_tells_no_series_and_its_own_day(case: CheckCase, letter: str, text: str) -> None:
    report = check_text(text, compile_case(case))
    assert not report.unchecked
    labels = {claim.label for claim in report.claims}
    worst = next(
        (label for label in (Label.CONTRADICTED, Label.UNVERIFIABLE, Label.SUPPORTED) if label in labels), None
    )
    shown = [(claim.text, claim.label.value, claim.kind, claim.computation, claim.reason) for claim in report.claims]
    assert worst is _LETTERS[letter], shown
