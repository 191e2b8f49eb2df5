from __future__ import annotations

from decimal import Decimal

import pytest

from flows.facts.agreement import Support, agree, support, texts_agree
from schemas.catalogue import MetricKind

from .builders import metric, seen

FIVE_PERCENT = Decimal("0.05")
COUNT = metric("stars", "1")
TIME = metric("latency", "ms")
DAY = metric("first_release", None, kind=MetricKind.DATE)


def same(one: str, other: str, of: object = COUNT) -> bool:
    a, b = (seen(raw, of=of).quantity for raw in (one, other))
    answer = agree(a, b, FIVE_PERCENT)
    assert answer == agree(b, a, FIVE_PERCENT), "agreement must not depend on the order"
    return answer


def test_points_agree_within_the_tolerance_of_the_larger() -> None:
    # 5 % of 100 is 5
    assert same("95", "100")
    assert not same("94", "100")


def test_an_approximate_value_reaches_ten_percent_further() -> None:
    # ~2,500 is 2,250 to 2,750; 2,850 lies 100 above, and 5 % of 2,850 is 142.5
    assert same("~2,500", "2,850")
    # 3,000 lies 250 above, and 5 % of 3,000 is 150
    assert not same("~2,500", "3,000")


def test_an_open_value_agrees_with_what_it_can_mean() -> None:
    assert same("75,000+", "75,000")
    # open to 1.25 x 75,000 = 93,750
    assert same("75,000+", "93,000")
    assert not same("75,000+", "200,000")
    assert not same("75,000+", "60,000")


def test_ranges_agree_when_they_meet_or_nearly_so() -> None:
    # the gap of 0.2 is 5 % of 4, the end that faces it; 0.3 is not, however far the range reaches
    assert same("4-800 ms", "3.8 ms", TIME)
    assert not same("4-800 ms", "3.7 ms", TIME)
    assert same("8-12 ms", "12-20 ms", TIME)
    assert not same("8-12 ms", "20-30 ms", TIME)


def test_rounding_of_the_coarser_reading_is_no_disagreement() -> None:
    # "0.3 ms" may be 0.25 to 0.35
    assert same("0.3 ms", "0.26 ms", TIME)
    assert not same("0.30 ms", "0.26 ms", TIME)
    assert not same("5", "6")


def test_units_are_converted_before_values_are_compared() -> None:
    assert same("0.3 s", "300 ms", TIME)


def test_dates_agree_at_the_coarser_precision() -> None:
    assert same("2018", "5 December 2018", DAY)
    assert not same("2018", "2019-01-01", DAY)


def test_a_number_and_a_text_never_agree() -> None:
    assert not same("100", "unlimited")


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Full native support", Support.WITH),
        ("Built-in (no set-up needed)", Support.WITH),
        ("Via an extension", Support.WITHOUT),
        ("None (use a library)", Support.WITHOUT),
        ("Requires extensions (native since 2.0)", Support.WITHOUT),
        ("(bundled)", Support.WITH),
        ("PostgreSQL", None),
    ],
)
def test_a_feature_cell_reads_with_or_without_by_its_first_telling_word(text: str, reads: Support | None) -> None:
    assert support(text) is reads


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("MIT", "MIT licence", True),
        ("BSD-3-Clause", "bsd 3 clause", True),
        ("3.7+", "Python 2.7+ / 3.4+", False),
        ("Built in", "Yes (included)", True),
        ("Built in", "Manual", False),
        ("Redis", "Postgres", False),
    ],
)
def test_texts_agree_by_their_reading_or_by_their_words(one: str, other: str, expected: bool) -> None:
    assert texts_agree(one, other) is expected
