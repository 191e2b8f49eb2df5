"""What a bare figure belongs to: the owner beside it, the figure before it, the question or the label above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import Label
from tests.unit.check.sentences import Sentence, load

_SENTENCES = load(Path(__file__).with_name("figures.txt"))


@pytest.mark.parametrize("sentence", _SENTENCES, ids=[sentence.text[:70] for sentence in _SENTENCES])
def test_a_figure_is_held_against_the_cell_that_it_is_of(sentence: Sentence) -> None:
    report = check_text(sentence.text, compile_case(sentence.case))
    assert not report.unchecked
    for phrase in sentence.supported:
        start = sentence.text.index(phrase)
        found = [claim for claim in report.claims if claim.start < start + len(phrase) and start < claim.end]
        assert found, f"{phrase!r} was not read"
        assert {claim.label for claim in found} == {Label.SUPPORTED}, f"{phrase}: {found}"
    for phrase in sentence.flagged:
        start = sentence.text.index(phrase)
        assert any(
            claim.label is not Label.SUPPORTED
            for claim in report.claims
            if claim.start < start + len(phrase) and start < claim.end
        ), phrase


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Twelve months of Quill's base fee come to $1,068.", []),
        ("Twelve months of Quill's base fee come to $1,086.", ["Twelve months", "$1,086"]),
        ("With ten people Abacus comes to $99.", []),
    ],
)
def test_what_a_price_is_multiplied_with_is_no_value_of_its_own(text: str, flagged: list[str]) -> None:
    payrolls = next(each.case for each in _SENTENCES if each.case.entities[0].name == "Abacus")
    report = check_text(text, compile_case(payrolls))
    assert [claim.text for claim in report.claims if claim.label is not Label.SUPPORTED] == flagged
