"""The shipped catalogue through the facts room: figures that were chosen with care raise nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.facts.derivations import USABLE
from flows.facts.observe import observe_row
from flows.facts.registry import Registry
from flows.facts.sheet import build_sheet
from flows.gather.catalogue import load_catalogue
from flows.quantities import parse_cell
from schemas.catalogue import MetricKind, Tier
from schemas.facts import FactSheet, FactStatus, FindingKind

DATA = Path(__file__).resolve().parents[2] / "data"
READ_AT = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def sheets() -> list[FactSheet]:
    registry = Registry(load_catalogue(DATA))
    observations = [
        observe_row(row, registry, READ_AT)
        for row in registry.catalogue.observations
        if registry.source(row.source).tier is not Tier.SEED
    ]
    return [
        build_sheet(comparison, registry, observations, date(2026, 11, 22))
        for comparison in registry.catalogue.comparisons
    ]


def test_curated_figures_raise_no_findings_but_that_what_moves_has_aged(sheets: list[FactSheet]) -> None:
    assert len(sheets) >= 16
    told = {finding.kind for sheet in sheets for finding in sheet.findings}
    assert told <= {FindingKind.STALE}
    aged = {fact.metric for sheet in sheets for fact in sheet.facts if fact.status is FactStatus.STALE}
    assert {metric for metric in aged if not metric.startswith("price_")} <= {"weekly_downloads", "job_postings"}


def test_what_is_displayed_reads_back_as_the_value(sheets: list[FactSheet]) -> None:
    seen = 0
    for sheet in sheets:
        metrics = {metric.id: metric for metric in sheet.metrics}
        for fact in sheet.facts:
            if fact.status not in USABLE or metrics[fact.metric].kind is not MetricKind.QUANTITY:
                continue
            if fact.quantity is None or fact.quantity.low is None:
                continue
            again = parse_cell(fact.display, metrics[fact.metric].unit)
            assert (again.low, again.high, again.bound, again.approx) == (
                fact.quantity.low,
                fact.quantity.high,
                fact.quantity.bound,
                fact.quantity.approx,
            ), f"{fact.id}: {fact.display}"
            seen += 1
    assert seen > 100


def test_every_comparison_has_figures_on_both_sides(sheets: list[FactSheet]) -> None:
    for sheet in sheets:
        usable = [fact.metric for fact in sheet.facts if fact.status in USABLE]
        assert sum(usable.count(metric.id) == 2 for metric in sheet.metrics) >= 5, sheet.comparison.slug
