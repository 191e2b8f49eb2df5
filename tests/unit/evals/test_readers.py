"""Scoring readers, and the files of written proposals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.readers import ANSWERS, compare, main, read_answers
from flows.errors import InputError


def gold_lines(folder: Path) -> Path:
    own = json.loads((ANSWERS / "own.json").read_text(encoding="utf-8"))
    text = own["cases"]["worse-stands"]["text"]
    start = text.index("18 ms")
    # Labelled as if the start-up time had been meant: an error that the rules do not see.
    case = {
        "id": "worse-stands",
        **own["tables"]["runners"],
        "text": text,
        "claims": [{"start": start, "end": start + 5, "text": "18 ms", "label": "contradicted"}],
    }
    path = folder / "cases.jsonl"
    path.write_text(json.dumps(case) + "\n" + json.dumps({**case, "id": "without-proposals"}) + "\n", encoding="utf-8")
    return path


def test_a_case_is_scored_by_the_rules_and_by_both_readers(tmp_path: Path):
    scores = compare(gold_lines(tmp_path), [read_answers(ANSWERS / "own.json")])
    assert {reader: (score["flagged"], score["errors"]) for reader, score in scores.items()} == {
        "rules": (0, 1),
        "both": (1, 1),
    }


def test_the_command_prints_one_row_a_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(gold_lines(tmp_path)), "--json"]) == 0
    assert [row["reader"] for row in json.loads(capsys.readouterr().out)] == ["rules", "both"]


@pytest.mark.parametrize("text", ["no json", '{"origin": "written", "cases": {"a": [{"form": "absolute"}]}}'])
def test_a_broken_proposals_file_is_named(tmp_path: Path, text: str):
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.json"):
        read_answers(path)


def test_stored_quotes_are_short():
    for path in sorted(ANSWERS.glob("*.json")):
        quotes = [one.proposal.quote for many in read_answers(path).proposals.values() for one in many]
        assert max(map(len, quotes)) < 80
