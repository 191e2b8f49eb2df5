"""Changes since an earlier column and against what is usual: a sheet, and sentences with the worst label among their claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import compile_case
from schemas.checking import CheckCase
from tests.unit.check.sentences import assert_worst, load_labelled

SENTENCES = load_labelled(Path(__file__).with_name("moves.txt"))


@pytest.mark.parametrize(
    ("case", "letter", "text"), SENTENCES, ids=[f"{row[0].id}: {row[2][:70]}" for row in SENTENCES]
)
def test_a_change_is_the_distance_of_its_two_columns(case: CheckCase, letter: str, text: str) -> None:
    assert_worst(case, letter, text)


def test_a_column_of_another_name_is_no_earlier_one() -> None:
    compiled = compile_case(SENTENCES[0][0])
    names = {
        compiled.metrics[now].metric.id: [compiled.metrics[then].metric.id for then in thens]
        for now, thens in compiled.before.items()
    }
    assert names == {"visits": ["visitsthen"], "share": ["sharethen"], "temp": ["norm"], "place": ["placethen"]}
