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


def columns_of(pairs: list[tuple[str, str]], text: str) -> set[Label]:
    """The labels of a text about things that each have a "Speed gain" and a "Gain in speed"."""
    case = CheckCase(
        id="twins",
        entities=tuple(CheckEntity(id=f"e{n}", name=f"Orvane {n + 3}") for n in range(len(pairs))),
        metrics=tuple(
            CheckMetric(id=key, name=name, unit="%", direction=Direction.HIGHER, kind=MetricKind.QUANTITY)
            for key, name in (("a", "Speed gain"), ("b", "Gain in speed"))
        ),
        facts=tuple(
            CheckFact(id=f"e{n}.{key}", entity=f"e{n}", metric=key, value=value)
            for n, pair in enumerate(pairs)
            for key, value in zip("ab", pair, strict=True)
        ),
        text=text,
    )
    return {claim.label for claim in check_text(text, compile_case(case)).claims}


def test_two_columns_that_differ_nearly_everywhere_are_two_measures() -> None:
    pairs = [("12%", "31%"), ("15%", "44%"), ("18%", "52%"), ("21%", "67%")]
    assert columns_of(pairs, "Orvane 4 has a speed gain of 15%.") == {Label.SUPPORTED}


def test_two_columns_that_agree_but_for_one_thing_are_one_measure() -> None:
    pairs = [("12%", "12%"), ("15%", "44%"), ("18%", "18%"), ("21%", "21%")]
    assert columns_of(pairs, "Orvane 4 has a speed gain of 15%.") == {Label.UNVERIFIABLE}
    assert columns_of(pairs, "Orvane 5 has a speed gain of 18%.") == {Label.SUPPORTED}
