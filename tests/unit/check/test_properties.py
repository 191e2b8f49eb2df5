"""What must hold for every text: spans, symmetry, scale, and that nothing raises."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.check import check_text, compile_case
from flows.check.report import MAX_CHARACTERS
from schemas.checking import CheckFact, CheckMetric, Decision, Label
from tests.unit.check.laptops import CASE, report_on

COMPILED = compile_case(CASE)
SENTENCES = (
    "Aster boots in 12 s.", "Borel boots in 2.5 s and weighs 1.6 kg.", "Borel boots 4.8 times faster than Aster.", "Aster is lighter than Borel.",
    "Borel costs $450 more than Aster.", "Aster costs about a third less than Borel.", "Aster has a touch screen.", "Borel lasts 15 hours, Aster only nine.",
    "Borel was released in 2023.", "Only Borel has a touch screen.", "Both weigh less than 2 kg.", "The cheapest is Aster, at $799.", "It is the slowest of the two.",
    "Aster has 75,000 reviews, Borel 2,100.", "Borel weighs 1.3 kg.", "Aster boots twice as fast as Borel.", "Neither costs more than $1,300.",
)  # fmt: skip
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(" ".join)
PIECES = "Aster Borel 12 s 2.5 kg % $ than more x ~ - ( ) , . ; : ? ' \" \n # * not the fastest half twice 1e9 9999999999 é 漢 \u200b".split(
    " "
)
noise = st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n"]), max_size=80).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(st.one_of(texts, noise, st.text(max_size=200)))
def test_no_text_raises_and_every_span_gives_back_its_text(text: str) -> None:
    report = check_text(text, COMPILED)
    assert not report.unchecked
    for claim in report.claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end] == claim.text


@settings(max_examples=40, deadline=None)
@given(texts)
def test_swapping_the_entities_in_facts_and_text_keeps_every_label(text: str) -> None:
    other = {"aster": "borel", "borel": "aster"}
    swapped_text = re.sub(r"Aster|Borel", lambda found: {"Aster": "Borel", "Borel": "Aster"}[found.group()], text)
    swapped = CASE.model_copy(
        update={"facts": tuple(fact.model_copy(update={"entity": other[fact.entity]}) for fact in CASE.facts)}
    )
    here = [(claim.start, claim.label) for claim in report_on(text).claims]
    there = [(claim.start, claim.label) for claim in report_on(swapped_text, swapped).claims]
    assert here == there


@settings(max_examples=40, deadline=None)
@given(texts)
def test_an_unrelated_fact_never_turns_contradicted_into_supported(text: str) -> None:
    more = CASE.model_copy(
        update={
            "metrics": (*CASE.metrics, CheckMetric(id="pixels", name="Camera resolution", unit="MP")),
            "facts": (
                *CASE.facts,
                CheckFact(id="z1", entity="aster", metric="pixels", value="8 MP"),
                CheckFact(id="z2", entity="borel", metric="pixels", value="5 MP"),
            ),
        }
    )
    before = {(claim.start, claim.end) for claim in report_on(text).claims if claim.label is Label.CONTRADICTED}
    after = {(claim.start, claim.end) for claim in report_on(text, more).claims if claim.label is Label.SUPPORTED}
    assert not before & after


@settings(max_examples=40, deadline=None)
@given(texts)
def test_the_unit_of_a_column_changes_nothing(text: str) -> None:
    """12 s and 12,000 ms, 1.3 kg and 1,300 g are one value."""
    scaled = {
        "12 s": "12000 ms",
        "2.5 s": "2500 ms",
        "1.3 kg": "1300 g",
        "1.6 kg": "1600 g",
        "9 hours": "540 min",
        "15 hours": "900 min",
    }
    facts = tuple(fact.model_copy(update={"value": scaled.get(fact.value or "", fact.value)}) for fact in CASE.facts)
    here = [(claim.start, claim.label) for claim in report_on(text).claims]
    there = [(claim.start, claim.label) for claim in report_on(text, CASE.model_copy(update={"facts": facts})).claims]
    assert here == there


def test_a_text_beyond_the_limit_is_not_checked_and_goes_to_review() -> None:
    report = check_text("Aster boots in 12 s. " * (MAX_CHARACTERS // 20), COMPILED)
    assert report.decision is Decision.REVIEW
    assert report.unchecked
    assert not report.claims


def test_a_sentence_beyond_the_limit_is_not_checked_and_blocks() -> None:
    report = check_text("Aster boots " + "very " * 500 + "fast. Aster boots in 12 s.", COMPILED)
    assert report.decision is Decision.REVIEW
    assert [claim.label for claim in report.claims] == [Label.SUPPORTED]


def test_the_same_text_gets_the_same_report_twice() -> None:
    text = " ".join(SENTENCES)
    assert check_text(text, compile_case(CASE)) == check_text(text, COMPILED)
