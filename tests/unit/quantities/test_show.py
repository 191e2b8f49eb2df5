"""How numbers are written on an English page."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.quantities import parse_cell
from flows.quantities.show import show, show_number


@pytest.mark.parametrize(
    ("raw", "unit", "shown"),
    [
        ("12000 req/s", "req/s", "12,000 req/s"),
        ("~2500 RPS", "req/s", "~2,500 req/s"),
        ("25 - 35ms", "ms", "25-35 ms"),
        ("75000+", "stars", "75,000+ stars"),
        ("$9.99 per month", "USD/month", "$9.99/month"),
        ("$9.9/mo", None, "$9.90/month"),
        ("€5 per user per month", None, "€5/user/month"),
        ("$3 per 1M tokens", "USD/Mtoken", "$3 per million tokens"),
        ("CHF 1200", "CHF", "CHF 1,200"),
        ("4.8×", None, "4.8x"),
        ("10x+", "x", "10x+"),
        ("83 %", "%", "83%"),
        ("5 GB", "MB", "5,000 MB"),
        ("90 min", "hours", "1.5 hours"),
        ("12 months", "months", "12 months"),
        ("1 month", "month", "1 month"),
        ("-5 to 10 °C", "°C", "-5 to 10 °C"),
        ("up to ~300 m", "m", "up to ~300 m"),
        ("3.70 s", "s", "3.70 s"),
        ("at least 3.7", None, "at least 3.7"),
        ("$10 per 1K tokens", None, "$10,000 per million tokens"),
        ("99 cents", "cents", "$0.99"),
        ("120 km/h", "km/h", "120 km/h"),
        ("Yes (native)", None, "Yes (native)"),
    ],
)
def test_a_quantity_is_shown_in_the_asked_unit(raw: str, unit: str | None, shown: str) -> None:
    assert show(parse_cell(raw), unit) == shown


def test_a_unit_that_would_need_rounding_gives_way_to_the_written_one() -> None:
    # 7 minutes are 0.11666... hours
    assert show(parse_cell("7 minutes"), "hours") == "7 minutes"


def test_a_bare_number_is_shown_in_its_columns_unit() -> None:
    # 120 km/h are 33.33... m/s
    assert show(parse_cell("120", "km/h"), "km/h") == "120 km/h"


def test_a_unit_of_another_dimension_is_not_used() -> None:
    assert show(parse_cell("7 minutes"), "MB") == "7 minutes"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        ("12000", None, "12,000"),
        ("0.290", None, "0.29"),
        ("4.75", 1, "4.8"),
        ("-0.04", 1, "0.0"),
        ("1E+3", None, "1,000"),
        ("-1234.5", None, "-1,234.5"),
        ("2.25", 1, "2.3"),
    ],
)
def test_a_number_has_thousands_separators_and_rounds_half_up(value: str, decimals: int | None, shown: str) -> None:
    assert show_number(Decimal(value), decimals) == shown
