"""Quantities in running text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.quantities import find_quantities
from schemas.quantity import Bound, Kind, Quantity


def numbers(text: str) -> list[tuple[str, str]]:
    """Value (or low..high) with unit, for each numeric quantity."""
    shown = []
    for q in find_quantities(text):
        if q.low is not None:
            shown.append((f"{q.low:f}" if q.low == q.high else f"{q.low:f}..{q.high:f}", q.unit or ""))
    return shown


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


SENTENCES: list[tuple[str, list[tuple[str, str]]]] = [
    ("It lints in 0.29 s, 10-100x faster than before.", [("0.29", "s"), ("10..100", "ratio")]),
    ("It takes two thirds of a millisecond.", [("0.0006666666666666666666666666667", "s")]),
    ("Start-up takes half a second, or a minute and a half.", [("0.5", "s"), ("90", "s")]),
    ("The build ends in under a minute after an hour.", [("60", "s")]),
    ("Each run takes 2m23s, 1 h 20 min, or 3 minutes and 20 seconds.", [("143", "s"), ("4800", "s"), ("200", "s")]),
    ("It takes between 10 and 20 ms.", [("0.01..0.02", "s")]),
    ("610 to 710 shots", [("610..710", "1")]),
    ("It is 3-4x slower, 5x-10x, 5-10x.", [("3..4", "ratio"), ("5..10", "ratio"), ("5..10", "ratio")]),
    ("twice as fast, three times the size, half the price", [("2", "ratio"), ("3", "ratio"), ("0.5", "ratio")]),
    (
        "a third of the memory, double the cost, tenfold, 5-fold",
        [("0.3333333333333333333333333333", "ratio"), ("2", "ratio"), ("10", "ratio"), ("5", "ratio")],
    ),
    ("an order of magnitude, two orders of magnitude, 10:1", [("10", "ratio"), ("100", "ratio"), ("10", "ratio")]),
    (
        "It costs $9.99 a month, €5 per user per month or $3 per million tokens.",
        [("9.99", "USD/month"), ("5", "EUR/user/month"), ("3", "USD/Mtoken")],
    ),
    (
        "for $10, a $48.2 million deal, C$16.4 million, 20 dollars, 99 cents",
        [("10", "USD"), ("48200000", "USD"), ("16400000", "CAD"), ("20", "USD"), ("0.99", "USD")],
    ),
    ("prices range from $370,000 to $5.5 million", [("370000..5500000", "USD")]),
    ("latency falls from 450 ms to 85 ms", [("0.45", "s"), ("0.085", "s")]),
    (
        "five percentage points, 3 pp, 12 percent, 99.9%",
        [("5", "pp"), ("3", "pp"), ("12", "percent"), ("99.9", "percent")],
    ),
    ("three hundred forty-five thousand six hundred seventy-eight users", [("345678", "1")]),
    (
        "two trillion, 2.4bn, half a million, a dozen, 25 lakh",
        [("2000000000000", "1"), ("2400000000", "1"), ("500000", "1"), ("12", "1"), ("2500000", "1")],
    ),
    ("two and a half miles", [("4023.36", "m")]),
    ("4 thousand 3 hundred and 21", [("4321", "1")]),
    ("300 requests a minute, 3 times a week, 5 MB/s", [("300", "1/min"), ("3", "1/week"), ("5000000", "byte/s")]),
    ("-5 °C to 40 °C, minus 20 degrees, −3%", [("-5..40", "degC"), ("-20", "degree"), ("-3", "percent")]),
    ("a 6.7-inch display, a six-mile trip", [("0.17018", "m"), ("9656.064", "m")]),
    ("above 1000 and below 1500", [("1000..1500", "1")]),
    ("wins 3 of the 5 tests", [("3", "1"), ("5", "1")]),
    ("1/3 of users", [("0.3333333333333333333333333333", "ratio")]),
    ("hundreds of thousands of users", [("100000..1000000", "1")]),
    ("3-to-4 GB, from 3 GB up to 4 GB", [("3000000000..4000000000", "byte"), ("3000000000..4000000000", "byte")]),
    ("1.5m people, a 2.36-million-dot finder, it trebled", [("1500000", "1"), ("2360000", "1"), ("3", "ratio")]),
    ("2 1/2 cups, twenty and three fifths", [("2.5", "cup"), ("20.6", "1")]),
    (
        "between one hundred and two hundred, a hundred, over a million",
        [("100..200", "1"), ("100", "1"), ("1000000", "1")],
    ),
    ("9.8 m/s², 5 sq. ft.", [("9.8", "m/s^2"), ("0.4645152", "m^2")]),
    ("minus 20 to 40 degrees", [("-20..40", "degree")]),
    ("9.83 ± 0.02 s", [("9.81..9.85", "s")]),
    (
        "Nine in ten queries, 1 in 4 of them ours, one in five users",
        [("0.9", "ratio"), ("1", "1"), ("4", "1"), ("0.2", "ratio")],
    ),
    ("Plan a day or two for it and a month or so to settle.", [("86400..172800", "s"), ("1", "month")]),
    ("up to 1/8000 s", [("0.000125", "s")]),
    ("She won in 2:20:17, he swam about 1:44.7.", [("8417", "s"), ("104.7", "s")]),
    ("12:30 min long, at 12:30 or 2:20:17 pm", [("750", "s")]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[row[0][:40] for row in SENTENCES])
def test_every_quantity_of_a_sentence_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "p99, HTTP/2, OAuth2, i7, GPT-4, x86-64, H.264, ID.3 and mk5 are names.",
        "The third option wins the second half.",
        "It is the older of the two, and the fastest of the three.",
        "One can say so; the one that matters; no one knows.",
        "It opens at 10:30 and runs 24/7 in 16:9.",
        "5G, 3D, 1080p, 2FA and 4K video",
        "zero-config and zero-cost",
        "the 13th time",
        "in the 90s, in her mid-20s",
        "the Ryzen 7950X",
    ],
)
def test_digits_in_names_ordinals_and_times_of_day_are_left_alone(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(("two_parts", "seconds"), [("", []), ("min", [1992]), ("h", [119520])])
def test_two_numbers_with_a_colon_are_a_duration_only_where_the_caller_says_so(
    two_parts: str, seconds: list[int]
) -> None:
    found = find_quantities("It passed there in 33:12.", two_parts)

    assert [(q.low, q.unit) for q in found] == [(second, "s") for second in seconds]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Released in 2018.", ["2018"]),
        ("Updated on 2024-03-05 and December 5, 2018.", ["2024-03-05", "2018-12-05"]),
        ("It ends on 31 October 2028 or by May 2026.", ["2028-10-31", "2026-05"]),
        ("Since June of 2018 it grew.", ["2018-06"]),
        ("between 2015 and 2018", ["2015"]),
        ("as of Dec. 2", ["--12-02"]),
        ("the 2019 model", ["2019"]),
    ],
)
def test_dates_are_read_in_month_name_iso_and_bare_year_forms(text: str, dates: list[str]) -> None:
    found = find_quantities(text)

    assert [q.date for q in found] == dates
    assert all(q.kind is Kind.DATE and q.low is None for q in found)


def test_a_year_that_counts_something_is_a_number() -> None:
    assert numbers("from 1000 to 2000 hires, 2019 users, more than 2000 apps") == [
        ("1000..2000", "1"),
        ("2019", "1"),
        ("2000", "1"),
    ]


@pytest.mark.parametrize(
    "text",
    ["Python 3.12", "version 2.0", "v1.2.3", "Node.js 20", "it needs 4.0.0-beta.1", "USB 3.2", "Claude 3.5 is out"],
)
def test_versions_are_kept_apart(text: str) -> None:
    assert only(text).kind is Kind.VERSION


@pytest.mark.parametrize(
    ("text", "approx", "bound", "prefix"),
    [
        ("about 12 ms", True, None, "about "),
        ("~12 ms", True, None, "~"),
        ("more than 75,000 stars", False, Bound.AT_LEAST, "more than "),
        ("75,000+ stars", False, Bound.AT_LEAST, None),
        ("no fewer than 5 users", False, Bound.AT_LEAST, "no fewer than "),
        ("five hundred or more", False, Bound.AT_LEAST, None),
        ("up to 100 GB", False, Bound.AT_MOST, "up to "),
        ("no more than 5 ms", False, Bound.AT_MOST, "no more than "),
        ("under 50 ms", False, Bound.AT_MOST, "under "),
        ("sub-10 ms", False, Bound.AT_MOST, "sub-"),
        ("up to about 5 ms", True, Bound.AT_MOST, "up to about "),
        ("12 ms", False, None, None),
    ],
)
def test_hedges_are_fields_with_a_span_of_their_own(
    text: str, approx: bool, bound: Bound | None, prefix: str | None
) -> None:
    found = only(text)

    assert (found.approx, found.bound) == (approx, bound)
    assert (text[slice(*found.prefix_span)] if found.prefix_span else None) == prefix


def test_a_count_names_what_it_counts_beside_its_span() -> None:
    text = "It has 12 third-party packages."
    found = only(text)

    assert text[found.start : found.end] == "12"
    assert (found.unit, found.written_unit) == ("1", "third-party packages")


def test_number_and_unit_stand_in_the_span_of_a_measure() -> None:
    text = "It uses about 1.5 GB of RAM."
    found = only(text)

    assert text[found.start : found.end] == "1.5 GB"
    assert (found.low, found.resolution) == (Decimal(1_500_000_000), Decimal(100_000_000))


def test_plus_before_a_number_adds_it_and_bounds_nothing() -> None:
    assert [q.bound for q in find_quantities("holds 385 litres plus 25 under the bonnet")] == [None, None]
    assert only("takes 30 minutes plus.").bound is Bound.AT_LEAST
