"""The tolerance of a number comes from the words around it, never from the caller."""

from __future__ import annotations

import pytest

from schemas.checking import Label
from tests.unit.check.laptops import label_of

S, C, U = Label.SUPPORTED, Label.CONTRADICTED, Label.UNVERIFIABLE


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("2.5 s", S),
        ("2.6 s", C),
        ("about 2.3 s", S),  # 2.5 lies within 13.5 % of 2.3: up to 2.61
        ("about 2.1 s", C),  # 2.1 * 1.135 = 2.38
        ("under 3 s", S),
        ("under 2 s", C),
        ("at least 2.5 s", S),
        ("over 2.5 s", C),  # strictly more
        ("just over 2 s", C),  # 2 * 1.15 = 2.3
        ("just over 2.4 s", S),
        ("nearly 2.7 s", S),  # 0.87 * 2.7 = 2.35
        ("nearly 2.4 s", C),  # 2.5 is past 2.4
    ],
)
def test_a_hedge_sets_the_band_of_a_value(phrase: str, expected: Label) -> None:
    assert label_of(f"Borel boots in {phrase}.", phrase) is expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("4.8 times faster", S),  # 12 / 2.5 = 4.8
        ("5 times faster", S),  # 4.8 rounds to 5
        ("4 times faster", C),
        ("about 5x faster", S),
        ("about 3x faster", C),  # 3 * 1.135 = 3.4
        ("more than four times faster", S),
        ("more than five times faster", C),
    ],
)
def test_a_ratio_rounds_to_the_stated_digits(phrase: str, expected: Label) -> None:
    assert label_of(f"Borel boots {phrase} than Aster.", phrase) is expected


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Aster is 19% lighter than Borel.", "19% lighter", S),  # (1.6 - 1.3) / 1.6 = 18.75 %
        ("Aster is 23% lighter than Borel.", "23% lighter", C),  # that is (1.6 - 1.3) / 1.3
        ("Borel costs 56% more than Aster.", "56% more", S),  # (1,249 - 799) / 799 = 56.3 %
        ("Borel costs $450 more than Aster.", "$450 more", S),
        ("Borel costs $350 more than Aster.", "$350 more", C),
        ("Aster costs $450 more than Borel.", "$450 more", C),  # the direction is wrong
        ("Borel runs six hours longer than Aster.", "six hours longer", S),
    ],
)
def test_percent_and_difference_have_a_direction(text: str, phrase: str, expected: Label) -> None:
    assert label_of(text, phrase) is expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("75,000 reviews", S),
        ("at least 75,000 reviews", S),
        ("more than 75,000 reviews", S),
        ("about 70,000 reviews", S),
        ("over 90,000 reviews", U),
        ("40,000 reviews", C),
    ],
)
def test_an_open_cell_supports_what_is_at_most_its_bound(phrase: str, expected: Label) -> None:
    assert label_of(f"Aster has {phrase}.", phrase) is expected


@pytest.mark.parametrize(("phrase", "expected"), [("2,100 reviews", S), ("2,000 reviews", U), ("900 reviews", C)])
def test_an_approximate_cell_is_repeated_or_left_open(phrase: str, expected: Label) -> None:
    # "~2,100" stands for 1,890 to 2,310: 2,000 may be true, 900 cannot.
    assert label_of(f"Borel has {phrase}.", phrase) is expected
