"""The figures that the project's own labelled cells and sentences hold, and a scorer that notices when they do not."""

from __future__ import annotations

import io
import json

import pytest

from evals.quantities import score
from evals.quantities.__main__ import main


@pytest.mark.parametrize("part", score.PARTS)
def test_cells_and_sentences_hold_their_figures(part: str) -> None:
    cells, _ = score.score_cells(part)
    prose, _ = score.score_prose(part)
    assert cells["n"] >= 250
    assert cells["all fields"] >= 0.95
    assert cells["value and unit"] >= 0.95
    assert prose["recall"] >= 0.95
    assert prose["recall with unit"] >= 0.95
    assert prose["precision"] >= 0.90


def test_a_wrong_label_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    label = {
        "kind": "quantity",
        "low": 0.01,
        "high": 0.01,
        "unit": "s",
        "approx": True,
        "bound": None,
        "unit_conflict": False,
    }
    none = {**label, "kind": "text", "low": None, "high": None, "unit": None, "approx": False}
    cells: tuple[score.Record, ...] = tuple(
        {"raw": "~10 ms", "metric_unit": None, "expect": expect}
        for expect in (
            label,
            {**label, "low": 0.02, "high": 0.02},
            {**label, "unit": "byte"},
            {**label, "approx": False},
            {**label, "bound": "at_least"},
            none,
            {**none, "alt": [label]},
        )
    )
    monkeypatch.setattr(score, "_load", lambda *_: cells)

    figures, misses = score.score_cells("develop")

    assert figures == {"n": 7, "all fields": 2 / 7, "value and unit": 3 / 5, "invented": 1 / 2}
    assert len(misses) == 5


def test_a_missed_and_a_stray_quantity_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "It takes 5 ms and 3 GB."
    found = {"start": 9, "end": 13, "low": 0.005, "high": 0.005, "unit": "s"}
    elsewhere = {"start": 18, "end": 22, "low": 4e9, "high": 4e9, "unit": "byte"}
    monkeypatch.setattr(score, "_load", lambda *_: ({"text": text, "quantities": [found, elsewhere]},))

    figures, misses = score.score_prose("develop")

    assert figures == {"n": 1, "recall": 0.5, "recall with unit": 0.5, "precision": 0.5}
    assert [sorted(miss.keys() - {"text", "answer"}) for miss in misses] == [["missed"], ["stray"]]


def test_the_command_never_lists_what_look_missed() -> None:
    out = io.StringIO()
    main(["look", "--misses"], out)
    assert out.getvalue().count("\n") == 2  # two lines of figures
    out = io.StringIO()
    main(["--json"], out)
    assert set(json.loads(out.getvalue())) == {"develop cells", "develop prose", "look cells", "look prose"}
