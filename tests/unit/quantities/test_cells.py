"""What a cell of a comparison table holds: value, unit, hedge, bound, qualifier, or that it holds no number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.quantities import parse_cell
from schemas.quantity import Bound, Kind

LEAST, MOST = Bound.AT_LEAST, Bound.AT_MOST

POINTS: list[tuple[str, str, str]] = [
    # durations: 7 x 60, 2 x 60 + 23, 90 x 60, 1.5 days and so on
    ("7 minutes", "420", "s"),
    ("2m23s", "143", "s"),
    ("1h 30m", "5400", "s"),
    ("2 days 3 hours", "183600", "s"),
    ("10:32 hours", "37920", "s"),
    ("2:20:17", "8417", "s"),
    ("1:44.72", "104.72", "s"),
    ("4.2 ly", "39735067984839360", "m"),
    ("1/4000 s", "0.00025", "s"),
    ("250µs", "0.00025", "s"),
    ("61.02 sec.", "61.02", "s"),
    ("half a second", "0.5", "s"),
    ("18 months", "18", "month"),
    ("1 yr 6 mo", "1.5", "year"),
    ("one day", "86400", "s"),
    # sizes and rates
    ("4 GiB", "4294967296", "byte"),
    ("12 kB", "12000", "byte"),
    ("512 B", "512", "byte"),
    ("1 Gb/s", "1000000000", "bit/s"),
    ("125 MB/s", "125000000", "byte/s"),
    ("3 GB/min", "50000000", "byte/s"),
    ("1.2M ops/s", "1200000", "1/s"),
    ("1000 req/min", "1000", "1/min"),
    ("35 widgets per minute", "35", "1/min"),
    ("5/month", "5", "1/month"),
    ("60 fps", "60", "1/s"),
    ("12 MB/op", "12000000", "byte/op"),
    ("1.2 ns/op", "0.0000000012", "s/op"),
    # money
    ("$9.99/mo", "9.99", "USD/month"),
    ("€12.99 per month", "12.99", "EUR/month"),
    ("499 €", "499", "EUR"),
    ("US$499", "499", "USD"),
    ("$10 USD", "10", "USD"),
    ("Rs. 1,49,900", "149900", "INR"),
    ("$5 per user/mo", "5", "USD/user/month"),
    ("$10k/year", "10000", "USD/year"),
    ("$0.12/kWh", "0.12", "USD/kWh"),
    ("$0.10 per GB-hour", "0.10", "USD/GB/hour"),
    ("$0.002/1K tokens", "2", "USD/Mtoken"),
    ("$3.00 / 1M input tokens", "3", "USD/Mtoken"),
    ("$3 / $15 per 1M tokens", "3", "USD/Mtoken"),
    ("5¢", "0.05", "USD"),
    ("1.234,56 €", "1234.56", "EUR"),
    ("€1.234,56", "1234.56", "EUR"),
    ("€9,99", "9.99", "EUR"),
    ("42.990 €", "42990", "EUR"),
    ("€42.990", "42990", "EUR"),
    ("€1.459/l", "1.459", "EUR/l"),
    ("$3.459", "3.459", "USD"),
    ("£8.99 pm", "8.99", "GBP/month"),
    ("£120 p.a.", "120", "GBP/year"),
    ("$0.09 per gigabyte", "0.09", "USD/GB"),
    # things one can hold
    ("6.7\"", "0.17018", "m"),
    ("27 in", "0.6858", "m"),
    ("6 ft 2 in", "1.8796", "m"),
    ("225 km/h", "62.5", "m/s"),
    ("171 g (6.03 oz)", "0.171", "kg"),
    ("82 kWh (77 usable)", "82000", "Wh"),
    ("3,349 mAh", "3.349", "Ah"),
    ("11 kW AC", "11000", "W"),
    ("2.52 GHz", "2520000000", "Hz"),
    ("98.6°F", "98.6", "degF"),
    ("45 dB", "45", "dB"),
    ("561 L", "0.561", "m^3"),
    ("0-60 mph in 3.1 s", "3.1", "s"),
    ("48 MP, f/1.8", "48", "megapixel"),
    ("15.7 kWh/100km", "15.7", "kWh/100km"),
    ("0.75 kWh/cycle", "750", "Wh/cycle"),
    ("47 litres per cycle", "0.047", "m^3/cycle"),
    ("6 qt", "6", "quart"),
    ("330 shots per charge", "330", "1"),
    # counts, shares, ratios
    ("12,500", "12500", "1"),
    ("12.5k", "12500", "1"),
    ("70B", "70000000000", "1"),
    ("16384 CUDA cores", "16384", "1"),
    ("1 million", "1000000", "1"),
    ("★ 75k", "75000", "1"),
    ("✅ 5 GB", "5000000000", "byte"),
    ("10x faster", "10", "ratio"),
    ("3x optical zoom", "3", "ratio"),
    ("1000:1", "1000", "ratio"),
    ("−5 %", "-5", "percent"),
    ("+12%", "12", "percent"),
    ("3 pp", "3", "pp"),
    # behind a label
    ("RAM: 16 GB", "16000000000", "byte"),
    ("RAM:16 GB", "16000000000", "byte"),
    ("24H", "86400", "s"),
    ("Throughput (req/s): 900", "900", "1/s"),
    ("USB PD 30W", "30", "W"),
    ("4K: 72 FPS", "72", "1/s"),
    ("0-shot: 67.0%", "67", "percent"),
    ("9.8 N", "9.8", "newton"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "value", "unit"), POINTS, ids=[row[0] for row in POINTS])
def test_a_single_value_is_read_in_its_canonical_unit(raw: str, value: str, unit: str) -> None:
    found = parse_cell(raw)

    assert (found.kind, found.low, found.high) == (Kind.QUANTITY, Decimal(value), Decimal(value))
    assert found.unit == unit


RANGES: list[tuple[str, str, str, str]] = [
    ("25-35 ms", "0.025", "0.035", "s"),
    ("100 ms to 1 s", "0.1", "1", "s"),
    ("1-5M", "1000000", "5000000", "1"),
    ("10k-50k", "10000", "50000", "1"),
    ("$500K-$3M", "500000", "3000000", "USD"),
    ("$1.99-9.99/mo", "1.99", "9.99", "USD/month"),
    ("50 MB - 1 GB", "50000000", "1000000000", "byte"),
    ("1 day – 2 weeks", "86400", "1209600", "s"),
    ("3-5 business days", "259200", "432000", "s"),
    ("20%-30%", "20", "30", "percent"),
    ("between 10 and 20 ms", "0.010", "0.020", "s"),
    ("1 or 2", "1", "2", "1"),
    ("2-3x", "2", "3", "ratio"),
    ("-20 to 60 °C", "-20", "60", "degC"),
    ("30°–95°C", "30", "95", "degC"),
    ("70-200mm", "0.07", "0.2", "m"),
]


@pytest.mark.parametrize(("raw", "low", "high", "unit"), RANGES, ids=[row[0] for row in RANGES])
def test_both_ends_of_a_range_share_unit_scale_and_currency(raw: str, low: str, high: str, unit: str) -> None:
    found = parse_cell(raw)

    assert (found.kind, found.low, found.high, found.unit) == (Kind.RANGE, Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("raw", "approx", "bound"),
    [
        ("~2,100", True, None),
        ("about 1.5 hours", True, None),
        ("300 approx", True, None),
        ("c. 300", True, None),
        ("75,000+", False, LEAST),
        ("~60K+", True, LEAST),
        ("40%+", False, LEAST),
        ("$999+/month", False, LEAST),
        ("over a decade", False, LEAST),
        ("from $1,099", False, LEAST),
        ("Starting at $599", False, LEAST),
        ("≥ 99.9%", False, LEAST),
        ("10 GB or more", False, LEAST),
        ("< 1 ms", False, MOST),
        ("&lt; 1 ms", False, MOST),
        ("up to 18 hours", False, MOST),
        ("max. 100 users", False, MOST),
        ("15 min max", False, MOST),
        ("sub-10ms", False, MOST),
        ("Sub-second", False, MOST),
        ("60-75+", False, LEAST),
        ("up to ~300 m", True, MOST),
        ("5 ms", False, None),
        ("$5 + $0.01/GB", False, None),
        ("512 MB min", False, LEAST),
        ("$25 min. deposit", False, LEAST),
        ("20 min", False, None),
        ("70+", False, LEAST),
    ],
)
def test_a_hedge_is_kept_as_a_field(raw: str, approx: bool, bound: Bound | None) -> None:
    found = parse_cell(raw)

    assert found.is_numeric
    assert (found.approx, found.bound) == (approx, bound)


@pytest.mark.parametrize(
    "raw",
    [
        "4/5", "24/7", "16:9", "11 / 2048", "w 35 - 21", "35 - 21", "0 - 0", "Yes/No", "★★★☆☆", "1080 x 2400", "159.6 x 74.8 x 8.1 mm", "2 × 16 GB", "4x AA 1.5V batteries", "3x DisplayPort 1.4a", "USB Type-C 2.0", "Bluetooth 5.3", "802.11 a/b/g/n/ac",
        "PCIe 4.0 x16", "f/1.8", "IP68", "Exynos 1280 (5 nm)", "GTX 1080 Ti", "RTX 4090", "A100", "8-speed automatic", "1080p", "4K HDR", "5G", "1st", "Top 10", "3 of 5", "Zero data loss", "Lowest overhead (~5%) due to caching",
        "Free (up to 3 projects)", "Custom (direct sales)", "Unlimited", "a few seconds", "Apache 2.0", ".docx", "2.4/5 GHz", "120/80", "8x7B", "ISO 100-51200", "No limit", "High", "12VHPWR", "5+2 years", "4N (TSMC)", "10s of ms", "Mach 0.85", "Core Ultra 7 155H", "2-2", "SQL:2016", "0-day", "5.1 surround", "80+ Gold",
    ],
)  # fmt: skip
def test_no_number_is_invented_for_what_is_no_quantity(raw: str) -> None:
    found = parse_cell(raw)

    assert found.kind is Kind.TEXT
    assert found.low is None
    assert found.unit is None


@pytest.mark.parametrize("raw", ["", " ", "-", "—", "N/A", "n/a", "TBD", "?", "β", "⭐", "unknown", None])
def test_a_cell_that_says_nothing_is_missing(raw: str | None) -> None:
    assert parse_cell(raw).kind is Kind.MISSING


@pytest.mark.parametrize(
    ("raw", "value", "qualifier"),
    [
        ("Yes", True, None),
        ("Yes (Pydantic native)", True, "Pydantic native"),
        ("Yes, limited", True, "limited"),
        ("✅", True, None),
        ("✔ (built-in)", True, "built-in"),
        (":white_check_mark:", True, None),
        ("true", True, None),
        ("🟢", True, None),
        ("No", False, None),
        ("⚠️ No", False, None),
        ("No (via adapter)", False, "via adapter"),
        ("None (use an add-on)", False, "use an add-on"),
        ("❌", False, None),
        (":x:", False, None),
        ("Not supported", False, None),
        ("FALSE", False, None),
    ],
)
def test_yes_and_no_are_read_with_what_narrows_them(raw: str, value: bool, qualifier: str | None) -> None:
    found = parse_cell(raw)

    assert (found.kind, found.boolean, found.qualifier) == (Kind.BOOLEAN, value, qualifier)


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("2018", "2018"),
        ("2018-12-05", "2018-12-05"),
        ("Dec 5, 2018", "2018-12-05"),
        ("5 December 2018", "2018-12-05"),
        ("2022, September 16", "2022-09-16"),
        ("november 2000", "2000-11"),
        ("Released 2023, February 17", "2023-02-17"),
        ("2018-present", "2018"),
        ("since 2015", "2015"),
        ("Q3 2024", "2024"),
        ("june 12 , 1998", "1998-06-12"),
        ("19 - 20 may 2001", "2001-05-20"),
        ("12/05/2018", "2018"),
    ],
)
def test_a_date_is_read_at_its_own_precision(raw: str, date: str) -> None:
    found = parse_cell(raw)

    assert (found.kind, found.date, found.low) == (Kind.DATE, date, None)


@pytest.mark.parametrize(
    ("raw", "bound"),
    [("v1.5", None), ("4.0.0-beta.1", None), ("1.0 (Oct 2025)", None), ("Flask 2.0 (2021)", None), ("Python 3.8+", LEAST), ("Python >=3.8", LEAST), ("3.7+", LEAST), ("72+", LEAST), ("Android 13, One UI 5.1", None), ("24.04 LTS", None)],
)  # fmt: skip
def test_a_version_is_no_number(raw: str, bound: Bound | None) -> None:
    found = parse_cell(raw)

    assert (found.kind, found.low, found.bound) == (Kind.VERSION, None, bound)


@pytest.mark.parametrize(
    ("raw", "column", "value", "unit", "conflict"),
    [
        ("0.66", "s", "0.66", "s", False),
        ("54", "KiB", "55296", "byte", False),
        ("5m", "minutes", "300", "s", False),
        ("512M", "MB", "512000000", "byte", False),
        ("300 K", "kelvin", "300", "kelvin", False),
        ("806", "thousands qps", "806000", "1/s", False),
        ("850 thousand", "thousands", "850000", "1", False),
        ("12", "thousands", "12000", "1", False),
        ("154.11", "in millions", "154110000", "1", False),
        ("40", "M downloads", "40000000", "1", False),
        ("~30,000 questions", "thousands", "30000", "1", True),
        ("1.2M", "thousands", "1200000", "1", True),
        ("15,000 packages", "count", "15000", "1", False),
        ("500 optimal", "connections", "500", "1", False),
        ("12", "Latency (ms)", "0.012", "s", False),
        ("3.5 hours (manual)", "minutes", "12600", "s", True),
        ("~1.5 GB", "MB", "1500000000", "byte", True),
        ("75 MB", "MB", "75000000", "byte", False),
        ("~35 MB per instance", "MB", "35000000", "byte", False),
        ("4 KB/req", "KB", "4000", "byte", False),
        ("20,000 req/sec", "requests/second", "20000", "1/s", False),
        ("68", "% of Python users", "68", "percent", False),
        ("$10", "USD/month", "10", "USD/month", False),
        ("€10", "USD", "10", "EUR", True),
        ("3x", "ms", "3", "ratio", True),
        ("260 miles", "Range", "418429.44", "m", False),
        ("4.6/5", "Rating", "4.6", "1", False),
        ("2018", "ms", "2.018", "s", False),
        ("72+", "packages", "72", "1", False),
        ("10-80% in 18 min", "min", "1080", "s", False),
        ("82 kWh (358 mi)", "mi", "82000", "Wh", True),
    ],
)
def test_a_bare_number_takes_the_columns_unit_and_a_stated_one_wins(
    raw: str, column: str, value: str, unit: str, conflict: bool
) -> None:
    found = parse_cell(raw, column)

    assert (found.low, found.unit, found.unit_conflict) == (Decimal(value), unit, conflict)


def test_4k_under_a_column_about_pictures_is_a_format() -> None:
    assert parse_cell("Up to 4K", "Max resolution").kind is Kind.TEXT
    assert parse_cell("Up to 4K", "users").low == 4000


def test_a_year_under_a_year_column_is_a_date() -> None:
    assert parse_cell("2018", "Year").kind is Kind.DATE
    assert parse_cell("18", "years").kind is Kind.QUANTITY


@pytest.mark.parametrize(
    ("raw", "qualifier"),
    [
        ("6 years (2018)", "2018"),
        ("22% (Stack Overflow 2024)", "Stack Overflow 2024"),
        ("~1.2M (PyPI: ~2.8M)", "PyPI: ~2.8M"),
        ("40-50% stalled", "stalled"),
        ("$15.49/month (with ads: $6.99)", "with ads: $6.99"),
        ("Up to 18 hours video playback", "video playback"),
        ("12.9584 s @ 51.33 m/s", "@ 51.33 m/s"),
        ("5 ms", None),
    ],
)
def test_what_follows_a_value_narrows_it_and_is_no_second_value(raw: str, qualifier: str | None) -> None:
    assert parse_cell(raw).qualifier == qualifier


def test_the_spans_of_a_cell_give_back_its_parts() -> None:
    raw = "⭐ ~2,500 req/s (p50)"
    found = parse_cell(raw)

    assert raw[found.start : found.end] == "2,500 req/s"
    assert found.number_span is not None
    assert raw[slice(*found.number_span)] == "2,500"
    assert found.unit_span is not None
    assert raw[slice(*found.unit_span)] == "req/s"
    assert found.qualifier_span is not None
    assert "p50" in raw[slice(*found.qualifier_span)]


@pytest.mark.parametrize(
    ("raw", "resolution"),
    [
        ("0.29 s", "0.01"),
        ("2,500", "1"),
        ("2.5K", "100"),
        ("$33.6M", "100000"),
        ("7 minutes", "60"),
        ("1.50 GB", "10000000"),
    ],
)
def test_resolution_is_the_worth_of_the_last_digit_shown(raw: str, resolution: str) -> None:
    assert parse_cell(raw).resolution == Decimal(resolution)


def test_the_number_and_unit_as_written_are_kept_beside_the_canonical_ones() -> None:
    minutes = parse_cell("7 minutes")
    price = parse_cell("$9.99 per month")

    assert (minutes.written_low, minutes.written_unit) == (Decimal(7), "minutes")
    assert (price.written_low, price.written_unit) == (Decimal("9.99"), "$ per month")
