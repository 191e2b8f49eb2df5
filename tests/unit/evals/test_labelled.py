"""A file that holds no labelled cases is one line that names file, line and what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import fit, mutate
from evals.labelled import read_labelled
from evals.marks import CorpusError

CASE = {"id": "m", "entities": [], "metrics": [], "facts": [], "text": "Nothing is said.", "claims": []}
WRONG = {
    "it is empty": "\n\n",
    "not JSON": '{"id": "x", "te',
    "a labelled case has a text": json.dumps({key: value for key, value in CASE.items() if key != "claims"}),
    "no case: entities": json.dumps({"id": "x"}),
    "no case": json.dumps(["a list"]),
    "not UTF-8": b"\xff\xfe",
}


@pytest.mark.parametrize("said", WRONG)
@pytest.mark.parametrize("main", [lambda path: fit.main(["unsupported", path]), lambda path: mutate.main([path])])
def test_what_is_no_labelled_case_is_said_in_one_line(main, said, tmp_path, capsys):
    path = tmp_path / "cases.jsonl"
    content = WRONG[said]
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(str(path)) == 2
    error = capsys.readouterr().err
    assert said in error
    assert str(path) in error
    assert error.count("\n") == 1


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path):
    for path, said in ((tmp_path / "none.jsonl", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(CorpusError, match=said):
            list(read_labelled([path]))


def test_cases_come_in_order(tmp_path: Path):
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps({**CASE, "id": name}) + "\n\n" for name in "ab"), encoding="utf-8")
    assert [case["id"] for case in read_labelled([path])] == ["a", "b"]
