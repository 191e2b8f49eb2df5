from __future__ import annotations

import math
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.gather.cleaning import MAX_VALUE_LENGTH, clean


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (71234, "71234"),
        (True, "Yes"),
        (False, "No"),
        (Decimal("9.90"), "9.90"),
        (Decimal("1E+3"), "1000"),
        (0.1, "0.1"),
        (date(2026, 2, 19), "2026-02-19"),
        (datetime(2026, 2, 19, 5, 0, tzinfo=UTC), "2026-02-19"),
        ("  9.99\t USD\n", "9.99 USD"),
        ("1\u202e2\u2066\x00\x1b[0m3", "12[0m3"),
        ("\ufeffBSD\u200b-3-Clause", "BSD-3-Clause"),
        (">=3.9,<4", ">=3.9,<4"),
        ("< 5 ms", "< 5 ms"),
    ],
)
def test_a_scalar_becomes_one_line_of_visible_text(value: object, text: str) -> None:
    assert clean(value) == text


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        " \n\u200b",
        {"a": 1},
        [1],
        b"1",
        math.nan,
        math.inf,
        Decimal("NaN"),
        Decimal("1E+400"),
        10**5000,
        "<b>12,000</b>",
        "12<script>alert(1)</script>",
        "<!-- 5 -->",
        "x" * (MAX_VALUE_LENGTH + 1),
        "\x00" * 10_000_000 + "5",
        "\ufffd\ufffd",
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_value_is_none(value: object) -> None:
    assert clean(value) is None


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert once is None or clean(once) == once
