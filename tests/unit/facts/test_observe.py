from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from flows.errors import InputError
from flows.facts.observe import fits, make_observation, observe_row, parse_context
from schemas.catalogue import MetricKind, ObservationRow
from schemas.quantity import Kind

from .builders import CURATED, LATENCY, OFFICIAL, metric, registry, seen


def test_the_same_reading_at_another_time_has_the_same_id() -> None:
    assert seen("12 ms").id == seen("12 ms", retrieved_at=datetime(2027, 1, 1, tzinfo=UTC)).id


@pytest.mark.parametrize(
    "changed",
    [
        {"raw": "13 ms"},
        {"entity": "beta"},
        {"source": OFFICIAL},
        {"as_of": date(2026, 5, 1)},
        {"context": "platform=A14"},
        {"url": "https://example.com"},
        {"attribute": "Lag"},
        {"source_id": "row-7"},
    ],
)
def test_another_reading_has_another_id(changed: dict) -> None:
    assert seen(**({"raw": "12 ms"} | changed)).id != seen("12 ms").id


def test_the_quantity_is_parsed_in_the_canonical_unit() -> None:
    quantity = seen("25-35", unit="ms").quantity
    assert (quantity.low, quantity.high, quantity.unit) == (Decimal("0.025"), Decimal("0.035"), "s")


def test_a_stated_unit_wins_over_the_columns_and_the_conflict_is_recorded() -> None:
    quantity = seen("7 minutes", of=metric("start", "hours"), unit="hours").quantity
    assert quantity.low == 7 * 60
    assert quantity.unit_conflict


def test_values_of_one_metric_share_one_unit() -> None:
    # 18 months are 1.5 years
    quantity = seen("18 months", of=metric("support", "years")).quantity
    assert (quantity.low, quantity.unit) == (Decimal("1.5"), "year")


def test_of_two_quantities_in_a_cell_the_one_of_the_metrics_dimension_is_taken() -> None:
    extensions = metric("extensions", "packages")
    both = "15+ years, 100+ community extensions"
    assert seen(both, of=extensions).quantity.low == 100
    assert seen(both, of=metric("age", "years")).quantity.low == 15


def test_what_a_figure_is_per_qualifies_it_where_the_metric_has_the_plain_unit() -> None:
    quantity = seen("~35 MB per instance", of=metric("memory", "MB")).quantity
    assert (quantity.low, quantity.unit, quantity.qualifier) == (35_000_000, "byte", "per instance")
    assert not quantity.unit_conflict


def test_a_rate_is_no_amount() -> None:
    assert not fits(seen("35 MB/s", of=metric("memory", "MB")).quantity, metric("memory", "MB"))


def test_a_count_under_a_rate_takes_the_labels_period() -> None:
    weekly = metric("downloads", "downloads/week")
    assert seen("~2.8M", of=weekly, unit="downloads").quantity.unit == seen("2.8M", of=weekly).quantity.unit


def test_text_metrics_hold_no_numbers() -> None:
    template = metric("engine", None, kind=MetricKind.TEXT)
    assert not seen("3 engines", of=template).quantity.is_numeric
    assert seen("Yes (native)", of=template).quantity.boolean is True
    assert seen("—", of=template).quantity.kind is Kind.MISSING


@pytest.mark.parametrize(
    ("raw", "iso"), [("2018", "2018"), ("5 December 2018", "2018-12-05"), ("first seen 2018-12 (beta)", "2018-12")]
)
def test_dates_are_read_at_their_precision(raw: str, iso: str) -> None:
    assert seen(raw, of=metric("first_release", None, kind=MetricKind.DATE)).quantity.date == iso


def test_context_is_read_as_sorted_pairs() -> None:
    assert parse_context("platform=A14; operation=parse") == (("operation", "parse"), ("platform", "A14"))
    assert parse_context("per core") == (("note", "per core"),)
    assert parse_context(None) == ()


@pytest.mark.parametrize("text", ["a=1; a=2", "a="])
def test_a_context_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(InputError, match="key=value"):
        parse_context(text)


def test_a_row_maps_to_its_metric_by_alias_and_keeps_the_label() -> None:
    lag = metric("latency", "ms", aliases=("Lag (p50)",))
    row = ObservationRow(entity="alpha", attribute="lag p50", raw="12", source="curated", source_id="r1")
    made = observe_row(row, registry(lag), datetime(2026, 6, 1, tzinfo=UTC))
    assert (made.metric, made.attribute, made.source_id, made.tier) == ("latency", "lag p50", "r1", CURATED.tier)


def test_a_row_that_maps_to_no_metric_is_an_error() -> None:
    row = ObservationRow(entity="alpha", attribute="smell", raw="12", source="curated")
    with pytest.raises(InputError, match=r"'smell'.*'databases'"):
        observe_row(row, registry(), datetime(2026, 6, 1, tzinfo=UTC))


def test_the_sources_licence_holds_unless_the_reading_has_its_own() -> None:
    licensed = CURATED.model_copy(update={"licence": "CC0"})
    common = {"entity": "alpha", "metric": LATENCY, "raw": "1", "retrieved_at": datetime(2026, 6, 1, tzinfo=UTC)}
    assert make_observation(source=licensed, **common).licence == "CC0"
    assert make_observation(source=licensed, licence="MIT", **common).licence == "MIT"
