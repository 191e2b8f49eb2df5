"""Pairs of figures ("9-3", "five of nine", "58-47"): each beside the same words with another figure, direction or club."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, Label
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
