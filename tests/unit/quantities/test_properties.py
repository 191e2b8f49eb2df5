"""Rules that hold for every input."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.quantities import find_quantities, parse_cell
from flows.quantities.lines import cells_lines, prose_lines
from flows.quantities.show import show, show_number
from flows.quantities.units import convert, lookup
from schemas.quantity import Bound, Kind, Quantity

_PIECES = st.sampled_from(
    [
        "1",
        "2",
        "10",
        "0.5",
        "1,000",
        "1.5",
        "12,34",
        "½",
        "1e5",
        "-3",
        "2018",
        "2018-12-05",
        "v1.2.3",
        "one",
        "two",
        "hundred",
        "thousand",
        "million",
        "half",
        "third",
        "dozen",
        "a",
        "an",
        "and",
        "of",
        "the",
        "to",
        "or",
        "between",
        "from",
        "up",
        "about",
        "over",
        "less",
        "than",
        "~",
        "<",
        ">",
        "≤",
        "+",
        "-",
        "–",
        "—",
        "×",
        "x",
        "%",
        "$",
        "€",
        "£",
        "USD",
        "ms",
        "s",
        "min",
        "h",
        "days",
        "month",
        "year",
        "GB",
        "MB/s",
        "req/s",
        "per",
        "/",
        "users",
        "tokens",
        "times",
        "fold",
        "twice",
        "double",
        "percentage",
        "points",
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        ":",
        ".",
        '"',
        "'",
        "Yes",
        "No",
        "N/A",
        "None",
        "✓",
        "❌",
        "⭐",
        "π",
        "K",
        "M",
        "B",
        "k",
        "m",
        "May",
        "March",
        "Q3",
        "orders",
        "magnitude",
        "±",
    ]
)
_SOUP = st.lists(_PIECES, max_size=14).map(" ".join) | st.lists(_PIECES, max_size=10).map("".join)
_TEXTS = st.text(max_size=60) | _SOUP
_UNITS = [
    "ms",
    "s",
    "hours",
    "req/s",
    "stars",
    "MB",
    "GB/s",
    "USD/month",
    "€",
    "percent",
    "x",
    "kWh",
    "mm",
    "months",
    "years",
    "USD/user/month",
    "USD/Mtoken",
    "°C",
    "Hz",
    "kg",
    "count",
]


@settings(max_examples=250, deadline=None)
@given(_TEXTS, st.none() | st.sampled_from(_UNITS) | st.text(max_size=12))
def test_no_cell_makes_the_parser_raise_and_every_span_lies_inside_it(raw: str, unit: str | None) -> None:
    found = parse_cell(raw, unit)

    assert found.raw == raw
    for span in ((found.start, found.end), found.number_span, found.unit_span, found.qualifier_span):
        assert span is None or 0 <= span[0] <= span[1] <= len(raw)
    if found.is_numeric:
        assert found.number_span is not None
        for part in filter(None, (found.number_span, found.unit_span)):
            assert found.start <= part[0] < part[1] <= found.end
    assert (found.low is None) == (found.kind not in (Kind.QUANTITY, Kind.RANGE))
    assert (found.low is None) == (found.high is None) == (found.unit is None) == (found.resolution is None)


@settings(max_examples=250, deadline=None)
@given(_TEXTS)
def test_quantities_of_a_text_stand_in_order_apart_and_where_they_say(text: str) -> None:
    end = 0
    for found in find_quantities(text):
        assert end <= found.start < found.end <= len(text)
        assert found.raw == text[found.start : found.end]
        assert found.low is None or (found.high is not None and found.low <= found.high and found.low.is_finite())
        end = found.end


_NUMBERS = st.decimals(min_value=Decimal(0), max_value=Decimal(10**9), places=2) | st.integers(0, 10**12).map(Decimal)


@st.composite
def quantities(draw: st.DrawFn) -> tuple[Quantity, str | None]:
    """A quantity as a cell may give it, with a unit to show it in."""
    name = draw(st.sampled_from(_UNITS))
    unit = lookup(name)
    assert unit is not None
    ends = sorted((draw(_NUMBERS), draw(_NUMBERS))) if draw(st.booleans()) else [draw(_NUMBERS)] * 2
    low, high = (end * unit.factor / unit.divisor for end in ends)
    bound = draw(st.sampled_from([None, Bound.AT_LEAST, Bound.AT_MOST]))
    kind = Kind.QUANTITY if low == high else Kind.RANGE
    return Quantity(kind, "", low=low, high=high, unit=unit.id, approx=draw(st.booleans()), bound=bound), draw(
        st.sampled_from([name, None])
    )


@settings(max_examples=400, deadline=None)
@given(quantities())
def test_what_is_shown_reads_back_as_the_same_value_unit_hedge_and_bound(case: tuple[Quantity, str | None]) -> None:
    given_quantity, unit = case
    shown = show(given_quantity, unit)

    again = parse_cell(shown)

    assert (again.low, again.high, again.unit, again.approx, again.bound) == (
        given_quantity.low,
        given_quantity.high,
        given_quantity.unit,
        given_quantity.approx,
        given_quantity.bound,
    ), shown


@settings(max_examples=200, deadline=None)
@given(_SOUP, st.none() | st.sampled_from(_UNITS))
def test_whatever_a_cell_holds_shows_as_what_it_holds(raw: str, unit: str | None) -> None:
    first = parse_cell(raw, unit)
    if not first.is_numeric or first.unit is None or lookup(first.unit) is None:
        return
    again = parse_cell(show(first, unit))

    assert (again.low, again.high, again.approx, again.bound) == (first.low, first.high, first.approx, first.bound), (
        show(first, unit)
    )


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=4))
def test_a_shown_number_is_the_number_with_thousands_separators(value: Decimal) -> None:
    assert Decimal(show_number(value).replace(",", "")) == value


@given(_NUMBERS, st.sampled_from([("GB", "MB"), ("hours", "s"), ("km", "m"), ("kWh", "Wh"), ("year", "months")]))
def test_conversion_there_and_back_gives_the_value(value: Decimal, pair: tuple[str, str]) -> None:
    there = convert(value, *pair)
    assert there is not None
    assert convert(there, pair[1], pair[0]) == value


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1 ",
        "1.",
        "1-",
        "1 to ",
        "$",
        "$1",
        "one ",
        "one over ",
        "a hundred ",
        "twenty-",
        "1/",
        "10 x ",
        "( ",
        "about ",
        "up to about ",
        "1e",
        '"1',
        "'",
        "1h",
        "2018-",
        "May ",
        "v1.",
        "half of a ",
        "1 ms ",
        "hundreds of ",
        "1±",
        "per ",
        "~",
        "⭐",
        ":x:",
        "½",
        "-",
        "Aa ",
        "A1",
        "from 1 ",
        "1,1",
        "1 111 ",
        "a day or two ",
        "1 in 4 ",
        "of the two ",
    ],
)
def test_long_repetitions_take_time_in_proportion(piece: str) -> None:
    """A pattern that backtracks, or a reader that starts over, takes 64 times as long for 8 times the text."""
    assert _growth(piece) < _FAIR, piece


@settings(max_examples=25, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=4), st.sampled_from(["", " ", "-", ",", "/"]))
def test_any_repetition_takes_time_in_proportion(pieces: list[str], joint: str) -> None:
    assert _growth(joint.join(pieces) + joint) < _FAIR


def test_a_reader_that_starts_over_would_be_noticed() -> None:
    def starts_over(text: str) -> None:
        for place in range(len(text)):
            text.count("b", place)

    assert _growth("a", starts_over) > _FAIR


#: Between 8, which is fair for 8 times the text, and 64.
_FAIR = 20


def _growth(piece: str, read: Callable[[str], object] = find_quantities) -> float:
    """How many times longer 8 times the text takes; the least of three measurements, since other work disturbs."""
    short = piece * (1_000 // len(piece) + 1)
    least = float("inf")
    for _ in range(3):
        least = min(least, _seconds(read, short * 8) / max(_seconds(read, short), 1e-4))
        if least < _FAIR:
            break
    return least


def _seconds(read: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    read(text)
    return time.process_time() - begin


def test_a_cell_of_any_length_is_read_to_its_bound() -> None:
    for text in ("1,1" * 100_000, "a " * 100_000, "(" * 100_000):
        begin = time.process_time()
        assert parse_cell(text).raw == text
        assert time.process_time() - begin < 1


@given(
    st.lists(
        st.text(max_size=20)
        | st.sampled_from(
            [
                '{"raw": "5 ms"}',
                '{"raw": null}',
                '{"text": "5 ms"}',
                "[]",
                "{",
                '{"raw": 5}',
                "null",
                '{"raw": "\\ud800"}',
            ]
        ),
        max_size=6,
    )
)
def test_every_line_gets_one_answer_in_its_place(lines: list[str]) -> None:
    asked = [line for line in lines if line.strip()]
    for answers in (list(cells_lines(lines)), list(prose_lines(lines))):
        assert len(answers) == len(asked)
        for answer in answers:
            answer.encode()
            assert isinstance(json.loads(answer), dict)
