"""Sums of what rows have in common: sheets, and sentences with the worst label among their claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase
from tests.unit.check.sentences import assert_worst, load_labelled

SENTENCES = load_labelled(Path(__file__).with_name("unions.txt"))


@pytest.mark.parametrize(
    ("case", "letter", "text"), SENTENCES, ids=[f"{row[0].id}: {row[2][:70]}" for row in SENTENCES]
)
def test_what_rows_have_in_common_is_what_they_have_together(case: CheckCase, letter: str, text: str) -> None:
    assert_worst(case, letter, text)


def test_the_evidence_of_a_sum_is_what_was_added() -> None:
    case = next(case for case, _, _ in SENTENCES if case.id == "harbours")
    (claim,) = check_text("The North had 430 ships.", compile_case(case)).claims
    assert claim.evidence == ("ships.0", "ships.1")


def test_a_quality_of_things_makes_no_body_of_them() -> None:
    case = next(case for case, _, _ in SENTENCES if case.id == "harbours")
    metrics = tuple(
        metric.model_copy(update={"name": "Fuel"}) if metric.id == "region" else metric for metric in case.metrics
    )
    assert not compile_case(case.model_copy(update={"metrics": metrics})).unions.all
