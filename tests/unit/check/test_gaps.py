"""Ratios, percents and differences in many domains: sheets, and sentences with the worst label among their claims.

Beside each way of saying a gap stands its opposite: the same words with another figure, direction or thing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.checking import CheckCase
from tests.unit.check.sentences import assert_worst, load_labelled

SENTENCES = load_labelled(Path(__file__).with_name("gaps.txt"))


@pytest.mark.parametrize(
    ("case", "letter", "text"), SENTENCES, ids=[f"{row[0].id}: {row[2][:70]}" for row in SENTENCES]
)
def test_a_gap_takes_the_label_that_its_arithmetic_has(case: CheckCase, letter: str, text: str) -> None:
    assert_worst(case, letter, text)
