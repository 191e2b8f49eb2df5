"""The table of units: names, dimensions, exact conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.quantities.units import convert, dimension_of, lookup, same_dimension


@pytest.mark.parametrize(
    ("name", "unit_id", "factor"),
    [
        ("ms", "s", "0.001"),
        ("weeks", "s", "604800"),
        ("months", "month", "1"),
        ("decade", "year", "10"),
        ("KB", "byte", "1000"),
        ("KiB", "byte", "1024"),
        ("Mbps", "bit/s", "1000000"),
        ("Mb/s", "bit/s", "1000000"),
        ("MB/s", "byte/s", "1000000"),
        ("requests/second", "1/s", "1"),
        ("requests per second", "1/s", "1"),
        ("kqps", "1/s", "1000"),
        ("thousands qps", "1/s", "1000"),
        ("in millions", "1", "1000000"),
        ("Latency (ms)", "s", "0.001"),
        ("% of Python web frameworks", "percent", "1"),
        ("Total requests", "1", "1"),
        ("$/user/mo", "USD/user/month", "1"),
        ("USD/1M tokens", "USD/Mtoken", "1"),
        ("USD/Mtoken", "USD/Mtoken", "1"),
        ("USD per 1K tokens", "USD/Mtoken", "1000"),
        ("cents", "USD", "0.01"),
        ("milliseconds", "s", "0.001"),
        ("square feet", "m^2", "0.09290304"),
        ("W/kg", "W/kg", "1"),
        ("kWh/100 km", "kWh/100km", "1"),
        ("milligray", "milligray", "1"),
    ],
)
def test_a_name_finds_its_canonical_unit(name: str, unit_id: str, factor: str) -> None:
    unit = lookup(name)

    assert unit is not None
    assert (unit.id, unit.factor) == (unit_id, Decimal(factor))


@pytest.mark.parametrize("name", ["", "Rating", "Range", "banana split", "n/a"])
def test_what_is_no_unit_is_none(name: str) -> None:
    assert lookup(name) is None


@pytest.mark.parametrize("name", ["s", "month", "year", "byte", "bit", "byte/s", "bit/s", "1", "1/s", "1/min", "1/month", "percent", "pp", "ratio", "USD", "EUR", "USD/month", "USD/user/month", "USD/Mtoken", "m", "m/s", "kg", "W", "Wh", "Ah", "V", "Hz", "degC", "degF", "dB", "s/op", "W/kg", "m^2", "m^3", "rpm", "nit", "kelvin", "TFLOPS", "megapixel", "s/month", "byte/op", "USD/GB/month"])  # fmt: skip
def test_a_canonical_unit_is_its_own_name(name: str) -> None:
    unit = lookup(name)

    assert unit is not None
    assert unit.id == name
    assert unit.factor == unit.divisor == 1


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("2", "hours", "minutes", "120"),
        ("90", "min", "h", "1.5"),
        ("1", "GiB", "MiB", "1024"),
        ("8", "Mbps", "MB/s", "1"),
        ("60", "req/min", "req/s", "1"),
        ("2", "years", "months", "24"),
        ("120", "USD/year", "USD/month", "10"),
        ("100", "°C", "°F", "212"),
        ("0", "°C", "kelvin", "273.15"),
        ("36", "km/h", "m/s", "10"),
        ("1", "mile", "m", "1609.344"),
        ("2.3", "GB/min", "byte/s", "38333333.33333333333333333333"),
    ],
)
def test_conversion_is_exact(value: str, source: str, target: str, result: str) -> None:
    assert convert(Decimal(value), source, target) == Decimal(result)


@pytest.mark.parametrize(
    ("source", "target"),
    [("USD", "EUR"), ("days", "months"), ("ms", "MB"), ("percent", "pp"), ("USD", "USD/month"), ("ms", "Rating")],
)
def test_what_cannot_be_compared_is_not_converted(source: str, target: str) -> None:
    assert not same_dimension(source, target)
    assert convert(Decimal(1), source, target) is None


def test_dimensions_tell_what_can_be_compared() -> None:
    assert same_dimension("ms", "hours")
    assert same_dimension("GB", "bits")
    assert dimension_of("km/h") == dimension_of("mph") == "speed"
    assert dimension_of("Rating") is None
