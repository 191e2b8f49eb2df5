"""What the renderer prints from a reference, the checker calls supported: every reference of every shipped sheet."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from evals.carriers import Carried, carried
from evals.local import LocalApp

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def checked() -> list[Carried]:
    app = LocalApp(DATA, date(2026, 11, 22))
    return [one for comparison in app.catalogue.comparisons for one in carried(app.sheet(comparison.slug))]


def test_every_reference_in_a_neutral_sentence_is_supported(checked: list[Carried]) -> None:
    failed = [f"{one.sentence} {'; '.join(one.wrong) or 'no claim found'}" for one in checked if not one.passed]
    assert not failed, "\n".join(failed[:20])


def test_every_kind_of_reference_is_carried(checked: list[Carried]) -> None:
    kinds = Counter(one.kind for one in checked)
    assert {"age", "difference", "rank", "ratio", "fact date", "fact text", "fact category", "fact quantity"} <= set(
        kinds
    )
    assert min(kinds.values()) >= 20
