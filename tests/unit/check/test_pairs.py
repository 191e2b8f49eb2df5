"""Pairs of figures ("9-3", "five of nine", "58-47"): each beside the same words with another figure, direction or club."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label
from tests.unit.check.sentences import load_labelled

_LETTERS = {"S": Label.SUPPORTED, "C": Label.CONTRADICTED, "U": Label.UNVERIFIABLE}
SENTENCES = load_labelled(Path(__file__).with_name("pairs.txt"))


@pytest.mark.parametrize(("case", "letter", "text"), SENTENCES, ids=[row[2][:70] for row in SENTENCES])
def test_a_pair_takes_the_label_that_its_cells_give_it(case: CheckCase, letter: str, text: str) -> None:
    report = check_text(text, compile_case(case))
    assert not report.unchecked
    pairs = [claim for claim in report.claims if any(mark in claim.text for mark in "-") or "of" in claim.text.split()]
    order = [claim for claim in report.claims if claim.kind == "comparison"]
    labels = {claim.label for claim in (*pairs, *order)}
    shown = [(claim.text, claim.label.value, claim.kind, claim.computation, claim.reason) for claim in report.claims]
    assert pairs, shown
    worst = next((label for label in (Label.CONTRADICTED, Label.UNVERIFIABLE) if label in labels), Label.SUPPORTED)
    assert worst is _LETTERS[letter], shown


def test_a_range_in_a_column_with_a_unit_is_no_pair() -> None:
    case = CheckCase(
        entities=(CheckEntity(id="a", name="Alder"), CheckEntity(id="b", name="Birch")),
        metrics=(CheckMetric(id="p99", name="p99 response time", unit="ms"),),
        facts=(
            CheckFact(id="f1", entity="a", metric="p99", value="8-12"),
            CheckFact(id="f2", entity="b", metric="p99", value="20-30"),
        ),
    )
    report = check_text("Alder's p99 response time is 8-12 ms.", compile_case(case))
    assert [claim.label for claim in report.claims] == [Label.SUPPORTED]


def test_a_club_and_its_member_are_no_list() -> None:
    case = SENTENCES[0][0]
    report = check_text("For the Orvane Rooks, Ada Quill had a rating of 2,310.", compile_case(case))
    assert [claim.label for claim in report.claims] == [Label.SUPPORTED]
    report = check_text("For the Orvane Rooks, Ada Quill had a rating of 2,190.", compile_case(case))
    assert [claim.label for claim in report.claims] == [Label.CONTRADICTED]
