from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from flows.facts.derive import age, better, difference, order, percent, rank, ratio
from flows.quantities import parse_cell
from schemas.catalogue import Direction, MetricKind
from schemas.quantity import Bound, Quantity

from .builders import TODAY, metric, seen

FAST = metric("throughput", "req/s", direction=Direction.HIGHER)
DAY = metric("first_release", None, kind=MetricKind.DATE)


def q(raw: str, unit: str | None = None) -> Quantity:
    return parse_cell(raw, unit)


def test_the_ratio_is_larger_over_smaller_whatever_the_order() -> None:
    # 12,000 / 2,500 = 4.8
    for a, b, larger in (("12,000 req/s", "2,500 req/s", 0), ("2,500 req/s", "12,000 req/s", 1)):
        found = ratio(q(a), q(b))
        assert found is not None
        assert (found.low, found.high, found.larger) == (Decimal("4.8"), Decimal("4.8"), larger)
        assert found.computation == "12,000 / 2,500 = 4.8"


def test_hedges_do_not_add_up() -> None:
    found = ratio(q("~12,000 req/s"), q("~2,500 req/s"))
    assert found is not None
    assert found.low == found.high == Decimal("4.8")


def test_units_are_brought_together_before_arithmetic() -> None:
    # 1-2 hours are 60-120 minutes: 60 / 7 = 8.57 and 120 / 7 = 17.1
    found = ratio(q("7 minutes"), q("1-2 hours"), "minutes")
    assert found is not None
    assert (round(found.low, 2), round(found.high, 1), found.larger) == (Decimal("8.57"), Decimal("17.1"), 1)
    assert found.computation == "60 / 7 = 8.57; 120 / 7 = 17.1"


def test_ranges_are_compared_low_with_low_and_high_with_high() -> None:
    # 24,000 / 8,000 = 3 and 35,000 / 12,000 = 2.92
    found = ratio(q("8,000-12,000"), q("24,000-35,000"))
    assert found is not None
    assert (round(found.low, 2), found.high) == (Decimal("2.92"), 3)


@pytest.mark.parametrize(("a", "b"), [("10-40 ms", "20-30 ms"), ("5 ms", "5 ms"), ("5 ms", "5 MB"), ("5 ms", "fast")])
def test_what_crosses_is_equal_or_of_another_kind_has_no_arithmetic(a: str, b: str) -> None:
    assert difference(q(a), q(b)) is None
    assert ratio(q(a), q(b)) is None


def test_the_difference_is_canonical_and_its_computation_in_the_metrics_unit() -> None:
    found = difference(q("120 ms"), q("50 ms"), "ms")
    assert found is not None
    assert (found.low, found.unit, found.computation) == (Decimal("0.07"), "s", "120 - 50 = 70")


def test_percentages_differ_in_points() -> None:
    found = difference(q("70%"), q("22%"))
    assert found is not None
    assert (found.low, found.unit) == (48, "pp")


def test_percent_is_of_the_named_base() -> None:
    # (120 - 50) / 120 = 58.3 %; (120 - 50) / 50 = 140 %
    less, more = (percent(q("120 ms"), q("50 ms"), base, "ms") for base in (0, 1))
    assert less is not None
    assert more is not None
    assert round(less.low, 1) == Decimal("58.3")
    assert more.low == 140
    assert less.computation == "(120 - 50) / 120 = 58.3%"


def test_nothing_is_divided_by_zero_or_on_a_scale_without_zero() -> None:
    assert ratio(q("0 ms"), q("5 ms")) is None
    assert percent(q("0 ms"), q("5 ms"), 0) is None
    assert ratio(q("20 °C"), q("10 °C")) is None
    assert difference(q("20 °C"), q("10 °C")) is not None


def test_an_open_figure_makes_the_outcome_a_minimum_or_leaves_nothing_certain() -> None:
    sure = ratio(q("75,000+"), q("68,000"))
    assert sure is not None
    assert (sure.bound, sure.open) == (Bound.AT_LEAST, False)
    unsure = ratio(q("75,000"), q("68,000+"))
    assert unsure is not None
    assert unsure.open


def test_rank_shares_a_place_between_equals_and_leaves_the_next_one_out() -> None:
    values = [q("5 ms"), q("3 ms"), q("3 ms"), q("9 ms")]
    assert rank(values, Direction.LOWER) == (3, 1, 1, 4)
    assert rank(values, Direction.HIGHER) == (2, 3, 3, 1)
    assert rank(values, Direction.NEUTRAL) is None
    assert rank([q("1-9 ms"), q("2-3 ms")], Direction.LOWER) is None


@pytest.mark.parametrize(
    ("raw", "years", "unit"),
    [
        ("2018", 8, "year"),
        ("5 December 2018", 7, "year"),  # the anniversary of 2026 has not come
        ("June 2018", 8, "year"),
        ("2026-02-10", 4, "month"),
    ],
)
def test_age_counts_whole_years_or_months(raw: str, years: int, unit: str) -> None:
    found = age(seen(raw, of=DAY).quantity, TODAY)
    assert found is not None
    assert (found.low, found.unit) == (years, unit)


def test_a_date_to_come_has_no_age() -> None:
    assert age(seen("2030", of=DAY).quantity, TODAY) is None
    assert age(q("12 ms"), TODAY) is None


def test_dates_differ_in_whole_years_and_the_later_one_is_the_larger() -> None:
    found = difference(seen("5 December 2018", of=DAY).quantity, seen("16 April 2010", of=DAY).quantity)
    assert found is not None
    assert (found.low, found.unit, found.larger) == (8, "year", 0)


def test_direction_not_sign_decides_who_is_better() -> None:
    a, b = q("120 ms"), q("50 ms")
    assert better(a, b, metric("latency", "ms")) == 1
    assert better(a, b, metric("battery", "ms", direction=Direction.HIGHER)) == 0
    assert better(a, b, metric("battery", "ms", direction=Direction.NEUTRAL)) is None
    assert better(a, b, metric("size", "ms", shared=True)) is None


@pytest.mark.parametrize(("other", "expected"), [("103 ms", None), ("104 ms", 0)])
def test_nobody_is_better_inside_the_noise_band(other: str, expected: int | None) -> None:
    # 3 % of 103 is 3.09, of 104 it is 3.12
    assert better(q("100 ms"), q(other), metric("latency", "ms")) == expected


def test_overlapping_ranges_have_no_order() -> None:
    assert order(q("10-20 ms"), q("15-30 ms")) is None
    assert order(q("10-20 ms"), q("21-30 ms")) == 1


def test_yes_is_better_than_no_where_the_metric_has_a_direction() -> None:
    plugin = metric("plugins", None, kind=MetricKind.BOOLEAN, direction=Direction.HIGHER)
    assert better(q("Yes (native)"), q("No"), plugin) == 0
    assert better(q("Yes"), q("Yes"), plugin) is None


def test_dates_have_an_order_at_the_coarser_precision() -> None:
    assert order(seen("2018", of=DAY).quantity, seen("2018-12-05", of=DAY).quantity) is None
    assert order(seen("2019", of=DAY).quantity, seen("2018-12-05", of=DAY).quantity) == 0
    assert date(2018, 12, 5) < date(2019, 1, 1)
