"""The figures that must hold on the shared development sets, scored by their own scorer."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from flows.quantities.lines import cells_lines, prose_lines

_SHARED = Path(os.environ.get("TIEBREAK_SHARED", Path(__file__).resolve().parents[4] / "shared")) / "benchmarks"

pytestmark = pytest.mark.skipif(
    not (_SHARED / "score_quantities.py").exists(), reason="the shared benchmarks are not beside this checkout"
)


def _scorer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(_SHARED))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("score_quantities", _SHARED / "score_quantities.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _gold(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (_SHARED / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def test_cells_hold_their_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    gold = _gold("metric_strings_dev.jsonl")
    answers = [
        json.loads(a)
        for a in cells_lines(
            json.dumps({"id": g["id"], "raw": g["raw"], "metric_unit": g["metric_unit"]}) for g in gold
        )
    ]

    rows = _scorer(monkeypatch).score(gold, answers)[0]["rows"]

    assert rows["all"]["full"] >= 0.97
    assert rows["numeric"]["vu"] >= 0.98
    assert rows["non-numeric"]["false_number"] <= 0.01


def test_prose_holds_its_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    gold = _gold("quantities_prose_dev.jsonl")
    answers = [json.loads(a) for a in prose_lines(json.dumps({"id": g["id"], "text": g["text"]}) for g in gold)]

    rows = _scorer(monkeypatch).score(gold, answers)[0]["rows"]

    assert rows["all"]["recall"] >= 0.88
    assert rows["all"]["recall_vu"] >= 0.80
