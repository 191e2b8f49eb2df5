"""Tenses: verbs that a form knows in the present are known in the past."""

from __future__ import annotations

import pytest

from flows.check.lexicon.tenses import in_any_tense, past_of


@pytest.mark.parametrize(
    ("verb", "past"),
    [("take", "took"), ("charge", "charged"), ("carry", "carried"), ("stay", "stayed"), ("drop", "dropped"), ("is", "was"), ("exceed", "exceeded")],
)  # fmt: skip
def test_the_past_of_a_verb(verb: str, past: str) -> None:
    assert past_of(verb) == past


def test_forms_that_are_past_or_of_a_third_person_stay_as_they_are() -> None:
    assert in_any_tense(["costs", "weigh", "weighs", "came", "exceed"]) == {
        *("costs", "weigh", "weighs", "weighed", "came", "exceed", "exceeded"),
    }
