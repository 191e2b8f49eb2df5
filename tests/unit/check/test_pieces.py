"""The small pieces: the gate, the answers on the wire, the explanation, the lexicon, stems and sentences."""

from __future__ import annotations

import json

import pytest

from flows.check.cases import answer_lines
from flows.check.explain import explain
from flows.check.gate import decide
from flows.check.lexicon import STANDARD, extend
from flows.check.segment import segment
from flows.check.version import checker_version
from flows.check.words import stem
from flows.errors import InputError
from schemas.checking import Claim, Decision, Label, Unchecked
from tests.unit.check.laptops import CASE, report_on


def claim(label: Label) -> Claim:
    return Claim(start=0, end=1, text="x", label=label, kind="absolute")


@pytest.mark.parametrize(
    ("labels", "unchecked", "decision"),
    [
        ([], 0, Decision.PUBLISH),
        ([Label.SUPPORTED], 0, Decision.PUBLISH),
        ([Label.SUPPORTED], 1, Decision.REVIEW),
        ([Label.SUPPORTED, Label.UNVERIFIABLE], 0, Decision.REVIEW),
        ([Label.UNVERIFIABLE, Label.CONTRADICTED], 1, Decision.REJECT),
    ],
)
def test_the_worst_label_decides(labels: list[Label], unchecked: int, decision: Decision) -> None:
    assert decide([claim(label) for label in labels], [Unchecked(reason="broken")] * unchecked) is decision


def test_lines_are_answered_in_order_and_a_bad_one_in_its_place() -> None:
    good = CASE.model_copy(update={"text": "Aster boots in 12 s."}).model_dump_json()
    answers = [json.loads(line) for line in answer_lines([good, "{not json", "", '{"id": "x"}', good])]
    assert [answer.get("decision") for answer in answers] == ["publish", None, None, "publish"]
    assert answers[1]["line"] == 2
    assert answers[2]["line"] == 4
    assert answers[0]["claims"][0]["status"] == "supported"
    assert answers[0]["claims"][0]["evidence"] == ["f1"]


def test_segments_put_together_give_back_the_text() -> None:
    text = "Aster boots in 12 s. Borel weighs 9 kg, and Aster measures 31 cm."
    explained = explain(report_on(text), text)
    assert "".join(part.text for part in explained.segments) == text
    assert {part.mark for part in explained.segments} >= {"plain", "supported", "contradicted"}
    assert any("right would be: 1.6 kg" in line for line in explained.notes)


def test_the_lexicon_grows_by_data_and_says_what_is_wrong() -> None:
    more = extend(
        STANDARD, {"synonyms": ["boot wake"], "adjectives": {"brainy": "up score"}, "class_nouns": ["kettle"]}
    )
    assert more.concept("wake") == more.concept("boot")
    assert "brainy" in more.adjectives
    assert "kettle" in more.class_nouns
    assert "brainy" not in STANDARD.adjectives
    for wrong in ({"adjektives": {}}, {"adjectives": {"x": "sideways any"}}, {"synonyms": "boot wake"}):
        with pytest.raises(InputError):
            extend(STANDARD, wrong)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("parse", "parser"),
        ("serialize", "serialization"),
        ("compression", "compresses"),
        ("batteries", "battery"),
        ("licensed", "licences"),
    ],
)
def test_forms_of_one_word_share_a_concept(one: str, other: str) -> None:
    assert STANDARD.concept(one) == STANDARD.concept(other)
    assert stem("gpu") == "gpu"


@pytest.mark.parametrize(("one", "other"), [("open", "job"), ("post", "job")])
def test_words_that_share_an_ending_stay_two_concepts(one: str, other: str) -> None:
    assert STANDARD.concept(one) != STANDARD.concept(other)


def test_headings_labels_and_bullets_become_sections() -> None:
    document = segment("Pros of X:\n- Fast\n- Light\n\nCons:\n- Slow\n\nVerdict: X wins. It costs $9.99, i.e. less.")
    body = [sentence for sentence in document.sentences if not sentence.heading]
    assert [sentence.section for sentence in body] == ["pros", "pros", "cons", "plain", "plain"]
    assert len(body) == 5


def test_the_version_is_stable_within_a_process() -> None:
    assert checker_version() == checker_version()
    assert len(checker_version()) == 12


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("**Cons**\n- no lid\n\nAsk for a quote first.", ["cons", "plain"]),
        ("**Cons**\n- no lid\n\n- no handle", ["cons", "cons"]),
        ("**Cons**\n\nIt has no lid.\n\nIt has no handle.", ["cons", "cons"]),
        ("**What is a lid good for?**\nIt keeps the heat.", ["plain", "plain"]),
        ("**What are the drawbacks?**\nIt has no lid.", ["cons", "cons"]),
    ],
)
def test_a_list_of_pros_or_cons_ends_where_prose_follows_it(text: str, sections: list[str]) -> None:
    assert [sentence.section for sentence in segment(text).sentences if not sentence.heading] == sections
