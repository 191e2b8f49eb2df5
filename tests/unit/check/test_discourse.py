"""Who is meant, in invented domains: the right owner passes, and the same figure of another owner is flagged."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import Label
from tests.unit.check.sentences import Sentence, load

SENTENCES = load(Path(__file__).with_name("discourse.txt"))


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: f"{sentence.case.id}: {sentence.text[:60]}")
def test_the_one_who_is_meant_decides(sentence: Sentence) -> None:
    report = check_text(sentence.text, compile_case(sentence.case))
    assert not report.unchecked
    flagged = [claim for claim in report.claims if claim.label is not Label.SUPPORTED]
    wrong = [(sentence.text.index(phrase), sentence.text.index(phrase) + len(phrase)) for phrase in sentence.flagged]
    right = [(sentence.text.index(phrase), sentence.text.index(phrase) + len(phrase)) for phrase in sentence.supported]
    for start, end in wrong:
        assert any(claim.start < end and start < claim.end for claim in flagged), (
            f"passed: {sentence.text[start:end]!r}"
        )
    for start, end in right:
        assert any(claim.start < end and start < claim.end for claim in report.claims), "no claim was read"
    for claim in flagged:
        assert any(claim.start < end and start < claim.end for start, end in wrong), (
            f"false alarm: {claim.text!r}, {claim.computation}, {claim.reason}"
        )
