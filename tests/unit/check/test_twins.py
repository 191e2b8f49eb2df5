"""One measure under two names: what disagrees is disputed, what is really two measures stays apart."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label


def labels(text: str, *columns: tuple[str, str, str]) -> set[Label]:
    """The labels of a text about Orvane's cells, given as (metric's name, unit, value)."""
    case = CheckCase(
        id="twins",
        entities=(CheckEntity(id="orvane", name="Orvane"), CheckEntity(id="pelkot", name="Pelkot")),
        metrics=tuple(
            CheckMetric(id=f"m{n}", name=name, unit=unit, direction=Direction.HIGHER, kind=MetricKind.QUANTITY)
            for n, (name, unit, _) in enumerate(columns)
        ),
        facts=tuple(
            CheckFact(id=f"f{n}", entity="orvane", metric=f"m{n}", value=value)
            for n, (_, _, value) in enumerate(columns)
        ),
        text=text,
    )
    return {claim.label for claim in check_text(text, compile_case(case)).claims}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "Orvane has a throughput of 2,500 req/s.",
            [("Throughput", "req/s", "2,500 req/s"), ("Requests per second", "req/s", "9,000 req/s")],
        ),
        (
            "Orvane has a core size of 150 KB.",
            [("Core Framework Size", "KB", "150 KB"), ("Framework Core Size", "KB", "11 KB")],
        ),
        (
            "Orvane has an idle memory usage of 35 MB.",
            [("Memory Usage (Idle)", "MB", "35 MB"), ("Idle Memory", "MB", "100 MB")],
        ),
    ],
)
def test_figures_that_disagree_under_two_names_carry_nothing(text: str, columns: list[tuple[str, str, str]]) -> None:
    assert labels(text, *columns) == {Label.UNVERIFIABLE}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "Orvane uses 35 MB of memory when idle.",
            [("Memory (idle)", "MB", "35 MB"), ("Memory (peak)", "MB", "100 MB")],
        ),
        (
            "Orvane has a throughput of 2,500 req/s.",
            [("Throughput", "req/s", "2,500 req/s"), ("Requests per second", "req/s", "2,500 req/s")],
        ),
        (
            "Orvane takes 12 ms to find 'big red'.",
            [("Time for 'big red'", "ms", "12 ms"), ("Time for 'red big'", "ms", "30 ms")],
        ),
        (
            "Orvane allows 64 indexes.",
            [("Number of columns", "columns", "1,017 columns"), ("Number of indexes", "indexes", "64 indexes")],
        ),
        (
            "Orvane's battery lasts 12 hours.",
            [("Battery life", "hours", "12 hours"), ("Battery capacity", "Wh", "70 Wh")],
        ),
    ],
)
def test_figures_of_two_measures_or_that_agree_carry_claims(text: str, columns: list[tuple[str, str, str]]) -> None:
    assert labels(text, *columns) == {Label.SUPPORTED}
