"""The tolerance of a number comes from the words around it, never from the caller."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, Label
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


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("Aster is limited to 9 hours of battery life.", "9 hours", S),
        ("Aster is limited to 14 hours of battery life.", "14 hours", C),  # true as a bound, wrong as the upper end
        ("Aster weighs 1.3 kg maximum.", "1.3 kg", S),
        ("Aster weighs 2 kg maximum.", "2 kg", C),
        ("Borel is not nearly five times faster than Aster.", "five times", C),
        ("Borel is not nearly ten times faster than Aster.", "ten times", S),
        ("None weighs more than 1.6 kg.", "more than 1.6 kg", S),
        ("Both are light, and none weighs more than 1.4 kg.", "more than 1.4 kg", C),
        ("Nobody asks over $1,300.", "over $1,300", S),
        ("Nobody asks over $1,000.", "over $1,000", C),
    ],
)  # fmt: skip
def test_an_upper_end_and_a_denial_are_no_open_bounds(text: str, phrase: str, expected: Label) -> None:
    assert label_of(text, phrase) is expected


@pytest.mark.parametrize(("bound", "expected"), [("70", S), ("133", C)])
def test_a_bound_without_a_unit_is_held_against_the_number_as_it_is_written(bound: str, expected: Label) -> None:
    # 78 MB are 78,000,000 bytes, and those would be over anything.
    text = f"Django's memory comes in north of {bound}, Flask's at 40 MB."
    case = CheckCase.model_validate(
        {
            "id": "memory",
            "entities": [{"id": "django", "name": "Django"}, {"id": "flask", "name": "Flask"}],
            "metrics": [{"id": "mem", "name": "Memory", "unit": "MB", "direction": "lower_is_better"}],
            "facts": [
                {"id": "f1", "entity": "django", "metric": "mem", "value": "78 MB"},
                {"id": "f2", "entity": "flask", "metric": "mem", "value": "40 MB"},
            ],
            "text": text,
        }
    )
    claims = check_text(text, compile_case(case)).claims
    assert [claim.label for claim in claims if bound in claim.text] == [expected]
