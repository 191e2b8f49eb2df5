"""A report for people: segments that give back the text, one line a claim."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from flows.check.explain import explain, note
from schemas.checking import CheckCase, Claim, Decision, Label, Report, Unchecked
from tests.unit.check.sentences import Sentence, load
from tests.unit.check.test_contract import line

HERE = Path(__file__).parent
TEXTS = [*load(HERE / "sentences.txt"), *load(HERE / "assertions.txt")]


def _report(text: str) -> Report:
    return check_text(text, compile_case(CheckCase.model_validate(json.loads(line(text)))))


@pytest.mark.parametrize("one", TEXTS, ids=lambda one: one.text[:40])
def test_the_segments_give_back_the_text_and_every_note_is_one_line(one: Sentence) -> None:
    report = check_text(one.text, compile_case(one.case))
    explained = explain(report, one.text)
    assert "".join(segment.text for segment in explained.segments) == one.text
    assert len(explained.notes) == len(report.claims)
    assert all("\n" not in each for each in explained.notes)
    for claim in report.claims:
        covering = [
            segment for segment in explained.segments if claim.start <= segment.start and segment.end <= claim.end
        ]
        assert covering
        assert all(segment.mark != "plain" for segment in covering)


def test_a_failed_value_names_its_cell_what_the_text_says_and_what_would_be_right() -> None:
    (claim,) = _report("Orvane's latency is 90 ms.").claims
    assert (
        note(claim, 1)
        == "1. ✗ '90 ms' (absolute, contradicted); Orvane, Latency: 20 ms is not 90 ms; right would be: 20 ms; facts: f1"
    )


def test_a_value_of_another_cell_names_that_cell_in_words() -> None:
    (claim,) = _report("Orvane's latency is 50 ms.").claims
    assert claim.runner_up == "f2"
    assert claim.reason == "the value is that of Pelkot, Latency (f2)"


def test_a_failed_order_says_the_order_that_holds() -> None:
    (claim,) = _report("Pelkot is faster than Orvane.").claims
    assert claim.computation == "50 ms > 20 ms, the text says less"


def test_arithmetic_is_shown_in_the_unit_that_the_cells_write() -> None:
    # 50 ms / 20 ms = 2.5, not 0.05 s / 0.02 s
    (claim,) = _report("Orvane is 4x faster than Pelkot.").claims
    assert claim.computation == "50 / 20 = 2.5, the text says 4x"
    assert claim.right == "2.5x"
    (difference,) = _report("Orvane's latency is 10 ms lower than Pelkot's.").claims
    assert difference.computation == "50 - 20 = 30, the text says 10 ms"
    assert difference.right == "30 ms"


def test_every_claim_that_blocks_says_why() -> None:
    for one in TEXTS:
        for claim in check_text(one.text, compile_case(one.case)).claims:
            assert claim.reason or claim.computation, (one.text, claim.text)


def test_the_worst_label_marks_what_two_claims_share() -> None:
    claims = tuple(
        Claim(start=0, end=end, text="abcd"[:end], label=label, kind="absolute")
        for end, label in ((4, Label.SUPPORTED), (2, Label.CONTRADICTED))
    )
    explained = explain(Report(claims=claims, decision=Decision.REJECT), "abcd")
    assert [(segment.text, segment.mark, segment.claims) for segment in explained.segments] == [
        ("ab", "contradicted", (2, 1)),
        ("cd", "supported", (1,)),
    ]


def test_what_was_not_checked_is_marked_and_told() -> None:
    report = Report(unchecked=(Unchecked(start=0, end=2, reason="too long"),), decision=Decision.REVIEW)
    explained = explain(report, "abcd")
    assert [segment.mark for segment in explained.segments] == ["unchecked", "plain"]
    assert explained.problems == ("'ab': too long",)
