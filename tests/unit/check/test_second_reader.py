"""Two readers, one judge: what is proposed is executed, merged, or thrown away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evals.readers import ANSWERS, Written, fate, read_answers, read_case, standing
from flows.check import check_text, compile_case
from flows.check.proposals import MAX_PROPOSALS, Reader, read_twice, without_second_reader
from schemas.checking import CheckCase, Decision, Label
from schemas.proposals import WireProposal

OWN = read_answers(ANSWERS / "own.json")
COMPARISONS = read_answers(ANSWERS / "comparisons.json")
SHARED = Path(os.environ.get("TIEBREAK_SHARED", Path(__file__).resolve().parents[4] / "shared"))


def claim(quote: str, form: str = "absolute", **slots: object) -> WireProposal:
    empty: dict[str, object] = {
        "occurrence": 1, "subjects": [], "comparands": [], "metric": "", "value": "", "unit": "", "hedge": "none",
        "direction": "none", "relation": "none", "polarity": "affirmed", "rank": 0, "scope": "listed", "scope_size": 0, "only": False,
    }  # fmt: skip
    return WireProposal.model_validate({**empty, "quote": quote, "form": form, **slots})


def case(text: str) -> CheckCase:
    return OWN.cases["lifted"].model_copy(update={"text": text})


def uses(entity: str, number: str, quote: str | None = None) -> WireProposal:
    return claim(
        f"{number} MB" if quote is None else quote, subjects=[entity], metric="memory", value=number, unit="MB"
    )


@pytest.mark.parametrize(
    ("case_id", "written"),
    [
        pytest.param(name, one, id=f"{name}-{number}")
        for name, many in OWN.proposals.items()
        for number, one in enumerate(many)
    ],
)
def test_an_own_proposal_meets_its_fate(case_id: str, written: Written):
    assert fate(OWN.cases[case_id], written) == written.expect
    if written.stands:
        alone = read_case(OWN.cases[case_id], [], Reader.RULES)
        assert standing(OWN.cases[case_id], alone, written) == written.stands


def test_proposals_are_written_for_twenty_cases_and_more():
    assert COMPARISONS.origin == OWN.origin == "written"
    assert len(COMPARISONS.proposals) >= 20
    fates = {one.expect for many in COMPARISONS.proposals.values() for one in many}
    assert fates == {"supported", "contradicted", "unverifiable", "thrown"}


@pytest.mark.parametrize("case_id", COMPARISONS.proposals)
def test_proposals_for_a_benchmark_case_meet_their_fate(case_id: str):
    cases = _benchmark()
    assert {one.proposal.quote: fate(cases[case_id], one) for one in COMPARISONS.proposals[case_id]} == {
        one.proposal.quote: one.expect for one in COMPARISONS.proposals[case_id]
    }


@pytest.mark.parametrize("case_id", COMPARISONS.proposals)
def test_a_thrown_proposal_leaves_the_report_as_it_was(case_id: str):
    found = _benchmark()[case_id]
    thrown = [one.proposal for one in COMPARISONS.proposals[case_id] if one.expect == "thrown"]
    assert _labels(found, thrown) == _labels(found, [])


@pytest.mark.parametrize("case_id", COMPARISONS.proposals)
def test_no_proposal_takes_a_contradiction_away(case_id: str):
    found = _benchmark()[case_id]
    wrong = {span for span, label in _labels(found, []).items() if label is Label.CONTRADICTED}
    still = {
        span
        for span, label in _labels(found, [one.proposal for one in COMPARISONS.proposals[case_id]]).items()
        if label is Label.CONTRADICTED
    }
    assert wrong <= still


def test_without_proposals_the_report_is_that_of_the_rules():
    given = case("Otter needs 400 MB, Lynx 128 MB.")
    compiled = compile_case(given)
    alone, both = check_text(given.text, compiled), read_twice(given.text, compiled, [])
    assert (both.report.claims, both.report.decision) == (alone.claims, alone.decision)


def test_a_number_that_neither_reader_covers_blocks():
    given = case(
        "Lynx needs 128 MB. Otter starts more than three times as fast and uses less than a third of the appetite."
    )
    reading = read_case(given, [uses("lynx", "128")])
    assert reading.executed == 1
    assert reading.report.decision is Decision.REVIEW


def test_agreement_is_said_of_both_readers():
    reading = read_case(case("Otter needs 40 MB of memory."), [uses("otter", "40")])
    assert [(one.label, one.reader) for one in reading.report.claims] == [(Label.SUPPORTED, "both")]


def test_where_the_readers_disagree_the_reason_names_both_labels():
    given = case("Lynx takes 18 ms.")
    other = claim("18 ms", subjects=["lynx"], metric="startup", value="18", unit="ms")
    (found,) = read_case(given, [other]).report.claims
    assert (found.label, found.reader) == (Label.CONTRADICTED, "both")
    # 300 ms is what Lynx takes to start.
    assert "second reader: contradicted (300 ms is not 18 ms)" in found.reason
    assert "rules: supported" in found.reason


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_proposals_over_one_phrase_leave_the_worse_label_in_either_order(order: tuple[int, int]):
    given = case(
        "Lynx needs 128 MB. Otter starts more than three times as fast and uses less than a third of the appetite."
    )
    slots = {"metric": "memory", "subjects": ["otter"], "value": "a third", "hedge": "under", "relation": "share"}
    quote = "less than a third of the appetite"
    # 40 / 128 = 0.31 holds, 40 / 64 = 0.63 does not.
    two = [claim(quote, "ratio", comparands=[one], **slots) for one in ("lynx", "kestrel")]
    given = given.model_copy(update={"text": "Kestrel costs $20. " + given.text})
    reading = read_case(given, [two[at] for at in order])
    assert reading.report.decision is not Decision.PUBLISH


def test_only_so_many_proposals_are_read():
    reading = read_case(case("Otter needs 40 MB."), [uses("otter", "40")] * (MAX_PROPOSALS + 2))
    assert reading.executed == MAX_PROPOSALS
    assert len(reading.thrown) == 1


def test_a_thrown_proposal_keeps_its_reason():
    (thrown,) = read_case(case("Otter needs 40 MB."), [uses("puma", "40")]).thrown
    assert (thrown.number, thrown.quote, thrown.reason) == (1, "40 MB", "there is no entity 'puma'")


def test_a_proposal_that_breaks_the_executor_blocks(monkeypatch: pytest.MonkeyPatch):
    def broken(*_given: object) -> None:
        raise ArithmeticError("no")

    monkeypatch.setattr("flows.check.proposals.judge", broken)
    report = read_case(case("Otter needs 40 MB."), [uses("otter", "40")]).report
    assert report.decision is Decision.REVIEW
    assert "ArithmeticError" in report.unchecked[0].reason


def test_a_reader_that_could_not_be_had_blocks_what_the_rules_let_pass():
    given = case("Otter needs 40 MB.")
    report = check_text(given.text, compile_case(given))
    assert report.decision is Decision.PUBLISH
    assert without_second_reader(report, "no answer").decision is Decision.REVIEW


def test_the_model_alone_must_speak_for_all_that_the_rules_oblige():
    given = case("Otter needs 40 MB, Lynx 128 MB.")
    half = read_case(given, [uses("otter", "40")], Reader.MODEL).report
    whole = read_case(given, [uses("otter", "40"), uses("lynx", "128")], Reader.MODEL).report
    assert (half.decision, whole.decision) == (Decision.REVIEW, Decision.PUBLISH)


@pytest.mark.parametrize("quote", ["", " ", "x" * 300, "40", "0 MB", "Otter\nneeds"])
def test_a_quote_that_is_no_phrase_of_the_text_is_thrown_away(quote: str):
    reading = read_case(case("Otter needs 40 MB."), [uses("otter", "40", quote)])
    assert reading.executed == 0
    assert len(reading.thrown) == 1


def test_a_merged_claim_gives_back_its_text():
    given = case(
        "Lynx needs 128 MB. Otter starts more than three times as fast and uses less than a third of the appetite."
    )
    report = read_case(given, [one.proposal for one in OWN.proposals["lifted"]]).report
    assert all(given.text[one.start : one.end] == one.text for one in report.claims)


def _labels(given: CheckCase, proposals: list[WireProposal]) -> dict[tuple[int, int], Label]:
    return {(one.start, one.end): one.label for one in read_case(given, proposals).report.claims}


def _benchmark() -> dict[str, CheckCase]:
    path = SHARED / "benchmarks" / "comparisons_dev.jsonl"
    if not path.is_file():
        pytest.skip(f"the shared benchmarks are not here ({path}); set TIEBREAK_SHARED")
    lines = path.read_text(encoding="utf-8").splitlines()
    return {found.id: found for found in map(CheckCase.model_validate_json, lines)}
