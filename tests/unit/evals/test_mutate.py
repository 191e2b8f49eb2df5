"""The mutator: each kind of mutant changes one thing of a supported claim, and names keep their digits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.mutant import Mutant
from evals.mutant_numbers import bounded, other_unit, other_word
from evals.mutate import caught, mutants
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
        "Choose Brendro if it has to work offline.",
        "No other release is older.",
        "A plugin, which neither Aldro 70B nor anybody else has.",
    ):
        assert not denials(text), text


@pytest.mark.parametrize(
    ("word", "bound", "other"),
    [
        ("two", "", "five"),
        ("eleven", "", "eight"),
        ("two", "under", ""),
        ("nine", "under", "six"),
        ("one", "under", ""),
        ("three", "over", "six"),
        ("ten", "over", ""),
    ],
)
def test_a_bound_in_words_is_changed_to_one_that_is_false(word: str, bound: str, other: str) -> None:
    # "within two percent" is as true of five: no mutant may say less than the text did.
    assert other_word(word, bound) == other


@pytest.mark.parametrize(
    ("before", "number", "behind", "side"),
    [
        ("It needs more than ", "30", " MB.", "over"),
        ("It needs exactly ", "30", " MB.", ""),
        ("It is never below ", "30", " MB.", "over"),
        ("None of them needs more than ", "30", " MB.", "under"),
        ("It takes no less than ", "30", " MB.", "over"),
        ("It did not need a plugin, and takes over ", "30", " MB.", "over"),
        ("They stay within a factor of ", "2", ".", "under"),
        ("They stay within about ", "10", "% of each other.", "under"),
        ("It has ", "30,000", "+ users.", "over"),
        ("It takes ", "30", " MB or more.", "over"),
        ("It takes ", "30", " or fewer.", "under"),
    ],
)
def test_a_bound_is_seen_on_its_own_side(before: str, number: str, behind: str, side: str) -> None:
    assert bounded(before + number + behind, len(before), len(before) + len(number)) == side


def changed(text: str, *facts: str, kind: str) -> list[str]:
    case = CheckCase.model_validate({**ROW, "text": text})
    whole = {"start": 0, "end": len(text), "label": "supported", "facts": list(facts)}
    return [mutant.text for mutant in mutants(case, [whole], compile_case(case)) if mutant.kind == kind]


def test_a_bound_is_moved_beyond_what_the_claim_rests_on() -> None:
    # 2.5 million are more than twice 1,000,000, too.
    assert changed("Aldro 70B has over 1,000,000 downloads.", "f1", kind="number") == [
        "Aldro 70B has over 3,000,000 downloads."
    ]
    assert changed("Brendro has fewer than 5,000,000 downloads.", "f2", kind="number") == [
        "Brendro has fewer than 720,000 downloads."
    ]


def test_no_mutant_is_made_of_a_name() -> None:
    assert changed("Brendro has 900,000 downloads, fewer than the Aldro 70B.", "f2", kind="scale") == []
    row = {**ROW, "entities": [{"id": "a", "name": "faster-aldro"}, {"id": "b", "name": "Brendro 4070 Super"}]}
    text = "faster-aldro has more downloads than a 4070 Super."
    case = CheckCase.model_validate({**row, "text": text})
    claims: list[dict[str, object]] = [{"start": 0, "end": len(text), "label": "supported", "facts": ["f1", "f2"]}]
    assert [(mutant.was, mutant.became) for mutant in mutants(case, claims, compile_case(case))] == [("more", "fewer")]


def test_mutants_are_grammatical() -> None:
    assert changed("Aldro 70B takes ten plugins.", kind="number word") == ["Aldro 70B takes seven plugins."]
    assert changed("Aldro 70B takes one plugin.", kind="number word") == ["Aldro 70B takes four plugins."]
    assert changed("Aldro 70B is one of the oldest.", kind="number word") == []
    assert changed("Aldro 70B carries more.", kind="direction") == ["Aldro 70B carries less."]
    assert changed("Aldro 70B loads more slowly.", kind="direction") == ["Aldro 70B loads less slowly."]
    assert changed("Aldro 70B has the most downloads.", kind="direction") == ["Aldro 70B has the fewest downloads."]


def test_the_unit_of_a_bound_is_changed_to_one_that_makes_it_false() -> None:
    # Who stays under 1 GB stays under 1 TB.
    assert [other_unit("GB", bound) for bound in ("", "under", "over")] == ["TB", "MB", "TB"]
    assert [other_unit("GB/s", bound) for bound in ("under", "over")] == ["MB/s", ""]
    assert other_unit("m", "", timed=True) == "h"
    assert other_unit("m", "") == "km"


def test_no_mutant_is_nonsense_that_nobody_would_write() -> None:
    assert changed("Aldro 70B has one plugin, one each.", kind="number word") == [
        "Aldro 70B has four plugins, one each.",
        "Aldro 70B has one plugin, four each.",
    ]
    assert changed("Aldro 70B has day-one support.", kind="number word") == []
    assert changed("Aldro 10.x has 900 plugins.", kind="number") == [
        "Aldro 10.x has 1260 plugins.",
        "Aldro 10.x has 558 plugins.",
    ]
    assert changed("Aldro 70B loses more than half.", kind="direction")[0] == "Aldro 70B gains more than half."
    assert changed("Aldro 70B loses to Brendro.", kind="direction") == ["Aldro 70B beats Brendro."]
    assert changed("Aldro 70B loses on downloads.", kind="direction") == ["Aldro 70B wins on downloads."]
    assert changed("Aldro 70B weighs a tenth as much as the next best.", kind="direction") == []
    assert denials("Brendro has both too.") == []
    assert denials("Brendro is so only in part.") == []


def test_a_flag_counts_where_it_overlaps_the_claim_that_was_made_wrong() -> None:
    text = "Aldro 70B is among the two that are listed here the least downloaded."
    case = CheckCase.model_validate({**ROW, "text": text})
    mutant = Mutant("negation", "m", text, 10, 12, "is not", "is", 0, len(text))
    assert caught(mutant, compile_case(case))
    assert not caught(replace(mutant, claim_end=mutant.end), compile_case(case))
