"""Which cell a phrase is about: never the best of any, and the cell that a number would fit is named."""

from __future__ import annotations

import pytest

from schemas.checking import CheckEntity, CheckFact, Decision, Label
from tests.unit.check.laptops import CASE, claims_over, label_of, report_on


def test_the_number_of_another_entity_is_contradicted_and_its_cell_named() -> None:
    text = "Borel boots in 12 s, which is fine."
    claim = claims_over(report_on(text), text.index("12 s"), text.index("12 s") + 4)[0]
    assert claim.label is Label.CONTRADICTED
    assert claim.runner_up == "f1"
    assert claim.right == "2.5 s"


def test_the_same_number_in_another_dimension_is_flagged() -> None:
    assert label_of("Aster boots in 12 ms.", "12 ms") is Label.CONTRADICTED
    assert label_of("Aster weighs 12 hours.", "12 hours") is Label.CONTRADICTED
    assert label_of("Aster draws 12 watts.", "12 watts") is Label.UNVERIFIABLE


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Aster weighs 1.3 kg. It costs $799.", "$799", Label.SUPPORTED),
        ("Aster weighs 1.3 kg. It costs $1,249.", "$1,249", Label.CONTRADICTED),
        ("Unlike Aster, Borel has a touch screen.", "touch screen", Label.SUPPORTED),
        ("Unlike Borel, Aster has a touch screen.", "touch screen", Label.CONTRADICTED),
        ("Aster and Borel weigh 1.3 and 1.6 kg respectively.", "1.6 kg", Label.SUPPORTED),
        ("Aster and Borel weigh 1.6 and 1.3 kg respectively.", "1.3 kg", Label.CONTRADICTED),
        ("Aster has no touch screen.", "touch screen", Label.SUPPORTED),
        ("Neither Aster nor Borel has a touch screen.", "touch screen", Label.CONTRADICTED),
        ("Only Borel has a touch screen.", "touch screen", Label.SUPPORTED),
        ("Borel is not faster to boot than Aster.", "faster", Label.CONTRADICTED),
        ("Aster is no lighter than Borel.", "lighter", Label.CONTRADICTED),
        ("Borel was released in 2023, two years after Aster.", "two years after", Label.SUPPORTED),
        ("Borel is older than Aster.", "older", Label.CONTRADICTED),
    ],
)
def test_who_is_meant_follows_from_the_grammar(text: str, phrase: str, expected: Label) -> None:
    assert label_of(text, phrase) is expected


@pytest.mark.parametrize(("aliases", "expected"), [(("ASTER",), Label.CONTRADICTED), ((), Label.SUPPORTED)])
def test_an_alias_may_differ_from_the_name_in_its_case_alone(aliases: tuple[str, ...], expected: Label) -> None:
    # Without the alias a word in capitals is an abbreviation of something else, and the figure goes to who was named before.
    aster = CheckEntity(id="aster", name="aster", aliases=aliases)
    case = CASE.model_copy(update={"entities": (aster, CASE.entities[1])})
    assert label_of("Borel is light. ASTER boots in 2.5 s.", "2.5 s", case) is expected


def test_a_short_word_of_a_name_is_known_by_an_alias_in_capitals() -> None:
    aster = CheckEntity(id="aster", name="rbx 320i (1977)", aliases=("RBX 320i",))
    case = CASE.model_copy(update={"entities": (aster, CASE.entities[1])})
    assert label_of("The RBX boots in 12 s.", "12 s", case) is Label.SUPPORTED
    assert label_of("The RBX boots in 2.5 s.", "2.5 s", case) is Label.CONTRADICTED


def test_a_disputed_fact_supports_nothing() -> None:
    facts = tuple(fact.model_copy(update={"disputed": True}) if fact.id == "f1" else fact for fact in CASE.facts)
    disputed = CASE.model_copy(update={"facts": facts})
    for text, phrase in (
        ("Aster boots in 12 s.", "12 s"),
        ("Borel boots 4.8 times faster than Aster.", "4.8 times"),
        ("Borel boots faster than Aster.", "faster"),
    ):
        assert label_of(text, phrase) is Label.SUPPORTED
        assert label_of(text, phrase, disputed) is Label.UNVERIFIABLE


def test_two_facts_of_one_cell_that_disagree_dispute_each_other() -> None:
    conflicting = CASE.model_copy(
        update={"facts": (*CASE.facts, CheckFact(id="x", entity="aster", metric="boot", value="20 s"))}
    )
    assert label_of("Aster boots in 12 s.", "12 s", conflicting) is Label.UNVERIFIABLE


def test_a_number_without_any_metric_goes_to_review() -> None:
    report = report_on("Borel measures 31 cm across.")
    assert report.decision is Decision.REVIEW


def test_advice_and_questions_claim_nothing() -> None:
    report = report_on("Should you want 20 hours of battery? If you need more storage, look elsewhere.")
    assert not report.claims


def test_the_computation_can_be_repeated_by_hand() -> None:
    text = "Borel boots about 3 times faster than Aster."
    claim = next(claim for claim in report_on(text).claims if claim.kind == "ratio")
    assert claim.computation == "12 / 2.5 = 4.8, the text says about 3 times"
    assert claim.evidence == ("f2", "f1")
    assert text[claim.start : claim.end] == claim.text == "about 3 times faster"
