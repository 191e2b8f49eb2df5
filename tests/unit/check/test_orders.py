"""Orders in invented sheets of several domains: who leads, who trails, and what is denied."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import Label
from tests.unit.check.sentences import Sentence, load

SENTENCES = load(Path(__file__).with_name("orders.txt"))


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: f"{sentence.case.id}: {sentence.text[:60]}")
def test_an_order_gets_its_label(sentence: Sentence) -> None:
    """Each listed phrase is read, as supported or as flagged; where none is listed as flagged, nothing is."""
    report = check_text(sentence.text, compile_case(sentence.case))
    for phrase, wanted in [(p, True) for p in sentence.supported] + [(p, False) for p in sentence.flagged]:
        at = sentence.text.index(phrase)
        found = [claim for claim in report.claims if claim.start < at + len(phrase) and at < claim.end]
        assert found, f"{phrase!r} is not read"
        assert all(claim.label is Label.SUPPORTED for claim in found) is wanted, [
            (claim.text, claim.label.value, claim.computation, claim.reason) for claim in found
        ]
    if not sentence.flagged:
        assert not [(c.text, c.reason, c.computation) for c in report.claims if c.label is not Label.SUPPORTED]
