"""Series, bests of a season and days of the week: sheets, and sentences with the worst label among their claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.checking import CheckCase
from tests.unit.check.sentences import assert_worst, load_labelled

SENTENCES = load_labelled(Path(__file__).with_name("streaks.txt"))


@pytest.mark.parametrize(
    ("case", "letter", "text"), SENTENCES, ids=[f"{row[0].id}: {row[2][:70]}" for row in SENTENCES]
)
def test_a_sheet_of_one_game_tells_no_series_and_its_own_day(case: CheckCase, letter: str, text: str) -> None:
    assert_worst(case, letter, text)
