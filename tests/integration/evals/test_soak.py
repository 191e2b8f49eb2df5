"""A small version of the soak: the books of ledger and server agree, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.bench.soak import soak


@pytest.mark.services
def test_every_comparison_ends_once_and_the_books_agree(tmp_path: Path):
    found = soak(tmp_path, comparisons=40, percent=30)
    assert found.problems == []
    assert sum(found.ended.values()) == 40
    assert found.faults > 20, "too few faults for this to mean anything"
    assert found.ended["in_review"] >= 30
