"""The seed page's own prose against its own tables, which contradict each other: nothing may lean on such facts."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TypedDict

import pytest

from flows.check.cases import answer_lines

SHARED = Path(os.environ.get("TIEBREAK_SHARED", Path(__file__).resolve().parents[4] / "shared"))
CASES = SHARED / "benchmarks" / "seed_cases.jsonl"
pytestmark = pytest.mark.skipif(
    not CASES.exists(), reason=f"no cases at {CASES}: set TIEBREAK_SHARED to the shared folder"
)


class Labelled(TypedDict):
    start: int
    end: int
    text: str
    label: str
    why: str


def _disputed() -> list[tuple[str, str, Labelled]]:
    """Every claim whose annotator found its facts in conflict: the case's line, its id, the claim."""
    if not CASES.exists():
        return []
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        (line, case["id"], claim)
        for line in lines
        for case in [json.loads(line)]
        for claim in case["claims"]
        if "conflicting facts" in claim["why"]
    ]


#: Claims that still pass, each because the rows that contradict each other stand under different metric ids or contexts,
#: so that no cell of the sheet holds both values. This number may fall, never rise; at zero the test asks for none.
STILL_SUPPORTED = 19


def test_claims_on_facts_that_disagree_are_not_supported_beyond_the_known_ones() -> None:
    supported = []
    for line, case, claim in _disputed():
        (answer,) = map(json.loads, answer_lines([line]))
        assert answer["id"] == case
        overlapping = [one for one in answer["claims"] if one["start"] < claim["end"] and claim["start"] < one["end"]]
        if overlapping and {one["status"] for one in overlapping} == {"supported"}:
            supported.append((case, claim["text"], [(one["computation"], one["evidence"]) for one in overlapping]))
    assert len(supported) <= STILL_SUPPORTED, supported


def test_the_page_has_claims_on_facts_that_disagree() -> None:
    assert len(_disputed()) >= 30
