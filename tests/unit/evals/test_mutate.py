"""The mutator: each kind of mutant changes one thing of a supported claim, and names keep their digits."""

from __future__ import annotations

import pytest

from evals.mutate import _other_word, mutants
from flows.check import compile_case
from schemas.checking import CheckCase

ROW = {
    "id": "m",
    "entities": [{"id": "a", "name": "Aldro 70B", "aliases": []}, {"id": "b", "name": "Brendro", "aliases": []}],
    "metrics": [
        {"id": "downloads", "name": "Downloads", "aliases": [], "unit": None, "direction": "higher_is_better", "kind": "quantity"},
        {"id": "since", "name": "First release", "aliases": [], "unit": None, "direction": "neutral", "kind": "date"},
    ],
    "facts": [
        {"id": "f1", "entity": "a", "metric": "downloads", "value": "2.5 million"},
        {"id": "f2", "entity": "b", "metric": "downloads", "value": "900,000"},
        {"id": "f3", "entity": "a", "metric": "since", "value": "2018"},
    ],
    "text": "Aldro 70B has 2.5 million downloads, more than Brendro. Aldro 70B was released in 2018.",
}  # fmt: skip


def claim(text: str, *facts: str) -> dict[str, object]:
    at = str(ROW["text"]).index(text)
    return {"start": at, "end": at + len(text), "label": "supported", "facts": list(facts)}


def made(text: str, *facts: str) -> dict[str, list[str]]:
    case = CheckCase.model_validate(ROW)
    found: dict[str, list[str]] = {}
    for mutant in mutants(case, [claim(text, *facts)], compile_case(case)):
        found.setdefault(mutant.kind, []).append(mutant.text[mutant.start : mutant.end])
    return found


def test_a_scale_and_a_year_are_changed() -> None:
    assert made("Aldro 70B has 2.5 million downloads", "f1")["scale"] == ["billion"]
    assert made("released in 2018", "f3") == {"year": ["2015"]}


def test_digits_of_names_are_left_alone() -> None:
    assert made("Aldro 70B", "f3") == {}


def denials(text: str) -> list[str]:
    case = CheckCase.model_validate({**ROW, "text": text})
    whole = {"start": 0, "end": len(text), "label": "supported", "facts": ["f3"]}
    return [mutant.text for mutant in mutants(case, [whole], compile_case(case)) if mutant.kind == "negation"]


def test_a_statement_is_denied_and_a_denial_undone() -> None:
    assert denials("Brendro needs a plugin.") == ["Brendro does not need a plugin."]
    assert denials("Brendro is not the oldest.") == ["Brendro is the oldest."]


def test_what_is_no_statement_or_denied_already_is_left_alone() -> None:
    for text in (
        "Brendro doesn't have a plugin.",
        "Nor is Brendro the oldest.",
        "Brendro is neither old nor slow.",
        "Aldro 70B asks for a quarter of what Brendro needs.",
        "It keeps messages until they are consumed.",
    ):
        assert not denials(text), text


@pytest.mark.parametrize(
    ("word", "bound", "other"),
    [
        ("two", "", "five"),
        ("eleven", "", "two"),
        ("two", "under", "one"),
        ("nine", "under", "six"),
        ("one", "under", ""),
        ("three", "over", "six"),
        ("ten", "over", ""),
    ],
)
def test_a_bound_in_words_is_changed_to_one_that_is_false(word: str, bound: str, other: str) -> None:
    # "within two percent" is as true of five: no mutant may say less than the text did.
    assert _other_word(word, bound) == other
