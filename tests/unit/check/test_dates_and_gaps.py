"""Dates, ages, differences, sums and counts said in many ways: a sentence and the worst label among its claims."""

from __future__ import annotations

from datetime import date

import pytest

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

_ROWS = {
    "uv": ("2024-02-15", "2025-03-01", "$5", "1.2 s", "1 USB-C (USB 3.2)"),
    "pip": ("2008-10-28", "2021", "$10", "8.4 s", "Wi-Fi 7"),
    "Poetry": ("2018-02", "2025-02-20", "$12", "6 s", "2622 x 1206"),
    "PDM": ("January 2020", "2024-12-01", "$25", "4.8 s", "8-core"),
}
_METRICS = (
    CheckMetric(id="first", name="First release", kind=MetricKind.DATE, direction=Direction.NEUTRAL),
    CheckMetric(id="latest", name="Latest release", kind=MetricKind.DATE, direction=Direction.NEUTRAL),
    CheckMetric(id="price", name="Price", unit="$/month", direction=Direction.LOWER),
    CheckMetric(id="time", name="Install time", unit="s", direction=Direction.LOWER),
    CheckMetric(id="ports", name="Port notes", kind=MetricKind.TEXT, direction=Direction.NEUTRAL),
)
_CASE = CheckCase(
    id="installers",
    date=date(2025, 3, 10),
    entities=tuple(CheckEntity(id=name.lower(), name=name) for name in _ROWS),
    metrics=_METRICS,
    facts=tuple(
        CheckFact(id=f"{name.lower()}.{metric.id}", entity=name.lower(), metric=metric.id, value=value)
        for name, values in _ROWS.items()
        for metric, value in zip(_METRICS, values, strict=True)
    ),
)
_COMPILED = compile_case(_CASE)

_DATES = """
S PDM is about five years old.
C PDM is not about five years old.
S PDM is not about nine years old.
S pip has been around for some 17 years.
C pip has been around for some 12 years.
S uv is four years younger than PDM.
C uv is three years younger than PDM.
C uv is four years older than PDM.
S pip came ten years before Poetry.
S pip is a decade older than Poetry.
C uv is a decade younger than Poetry.
S PDM came two years after Poetry.
S uv first shipped in February 2024.
C uv first shipped in March 2024.
S uv first shipped in early 2024.
C Poetry launched in spring 2018.
S uv is the newest, from February 2024.
S pip is the oldest by nine years.
C pip is the oldest by three years.
S uv is the newest by four years.
S pip predates Poetry by nine years.
S pip hasn't had a release since 2021.
C Poetry hasn't had a release since 2021.
S uv was released last year.
S uv's latest release came this year.
S pip has been around since 2008.
S Poetry appeared in Q1 2018.
C Poetry appeared in the third quarter of 2018.
S PDM was released before 2021.
C PDM was released after 2021.
S The gap between uv and PDM is four years.
S uv and PDM are four years apart.
S uv is one year old, and PDM five.
S uv is just over a year old; Poetry about seven years.
S Poetry came out seven years ago.
S pip turns 17 this year.
C pip turns 16 this year.
U uv was released on 15 February 2024, PDM on 3 January 2020.
S uv and PDM were first released in 2024 and 2020.
C uv and PDM were first released in 2020 and 2024.
C uv and PDM were released in the same year.
S Poetry's latest release is from February 2025.
S Poetry's latest release is less than a month old.
"""
_GAPS = """
S The difference in price between uv and pip is $5.
C The difference in price between uv and pip is $7.
S uv and PDM are $20 a month apart.
S PDM costs $13 more than Poetry.
C PDM costs $10 more than Poetry.
S uv saves $20 a month over PDM.
C uv saves $15 a month over PDM.
S Together, uv and pip cost $15.
C Together, uv and pip cost $17.
S uv and pip together cost $15 a month.
S Combined, uv, pip and Poetry cost $27.
S The three cheapest cost $9 on average.
C The three cheapest cost $11 on average.
S On average, the four cost $13.
S The four installers average 5.1 seconds.
S uv, pip and Poetry are within $7 of each other.
C All four are within $10 of each other.
S uv cuts pip's install time by 86 %.
C uv cuts pip's install time by 60 %.
S The gap between pip and uv is $5.
S PDM is $13 on top of Poetry.
"""
_COUNTS = """
S Two take over 5 seconds, pip and Poetry.
C Three take over 5 seconds.
S Three of them cost $10 or more.
C All four install in under 7 seconds.
S All four install in under 9 seconds.
S Two come in under $11.
"""
_WORDING = """
S uv has 1 USB-C (USB 3.2).
S pip's port notes is Wi-Fi 7.
S Poetry shows 2622 x 1206.
S PDM's port notes is 8-core.
C PDM's latest release is 1 December 2023.
"""
_LETTERS = {"S": Label.SUPPORTED, "C": Label.CONTRADICTED, "U": Label.UNVERIFIABLE}


def _table(*texts: str) -> list[tuple[str, Label]]:
    lines = [line for text in texts for line in text.strip().splitlines()]
    return [(line[2:], _LETTERS[line[0]]) for line in lines]


def _worst(text: str, today: date | None = None) -> Label | None:
    report = check_text(text, _COMPILED, date=today)
    assert not report.unchecked
    labels = {claim.label for claim in report.claims}
    return next((label for label in (Label.CONTRADICTED, Label.UNVERIFIABLE, Label.SUPPORTED) if label in labels), None)


@pytest.mark.parametrize(("text", "label"), _table(_DATES, _GAPS, _COUNTS, _WORDING))
def test_a_sentence_takes_the_label_that_its_arithmetic_has(text: str, label: Label) -> None:
    assert _worst(text) is label


def test_an_age_without_the_date_of_the_page_cannot_be_verified() -> None:
    undated = compile_case(_CASE.model_copy(update={"date": None}))
    for text in ("PDM is about five years old.", "uv was released last year."):
        assert {claim.label for claim in check_text(text, undated).claims} == {Label.UNVERIFIABLE}


def test_an_age_runs_to_the_date_of_the_page() -> None:
    # January 2020 to March 2030 is ten years.
    assert _worst("PDM is ten years old.", date(2030, 3, 10)) is Label.SUPPORTED
    assert _worst("PDM is five years old.", date(2030, 3, 10)) is Label.CONTRADICTED


def test_the_claim_says_how_it_was_computed() -> None:
    (claim,) = check_text("uv and pip together cost $15 a month.", _COMPILED).claims
    assert claim.computation == "sum of 5, 10 = 15, the text says $15 a month"
    assert claim.evidence == ("uv.price", "pip.price")
