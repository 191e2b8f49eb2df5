"""Years that pick an edition of a name, figures per unit of another metric, and wishes that no fact fulfils."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Claim, Label

_NAMES = {"a": "Brisa (2015)", "b": "Brisa (2020)", "c": "Tordo (2015)"}
_CELLS = {"speed": {"a": "100 Mbps", "b": "150 Mbps", "c": "120 Mbps"}, "power": {"a": "10 W", "b": "12 W", "c": "8 W"}}

CASE = compile_case(
    CheckCase(
        entities=tuple(CheckEntity(id=key, name=name) for key, name in _NAMES.items()),
        metrics=(
            CheckMetric(
                id="speed",
                name="Transfer rate",
                unit="Mbps",
                direction=Direction.HIGHER,
                kind=MetricKind.QUANTITY,
            ),
            CheckMetric(id="power", name="Power draw", unit="W", direction=Direction.LOWER, kind=MetricKind.QUANTITY),
        ),
        facts=tuple(
            CheckFact(id=f"{metric}-{key}", entity=key, metric=metric, value=value)
            for metric, row in _CELLS.items()
            for key, value in row.items()
        ),
    )
)


def _claims(text: str) -> list[Claim]:
    return list(check_text(text, CASE).claims)


def _labels(text: str) -> set[Label]:
    return {claim.label for claim in _claims(text)}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The 2020 Brisa reaches 150 Mbps.", Label.SUPPORTED),
        ("The 2015 Brisa reaches 150 Mbps.", Label.CONTRADICTED),
        ("The 2020 Brisa is faster than the 2015 Brisa.", Label.SUPPORTED),
        ("The 2015 Brisa is faster than the 2020.", Label.CONTRADICTED),
        ("The 2020 Brisa draws more power than the 2015.", Label.SUPPORTED),
        ("The 2020 Brisa draws less power than the 2015.", Label.CONTRADICTED),
        ("The Brisa was no slouch, yet by 2020 it reached 150 Mbps.", Label.SUPPORTED),
        ("The Brisa was no slouch, yet by 2020 it reached 100 Mbps.", Label.CONTRADICTED),
    ],
)
def test_a_year_beside_a_name_or_after_the_picks_the_edition(text: str, label: Label) -> None:
    assert _labels(text) == {label}


def test_how_much_more_than_in_an_earlier_year_is_set_against_that_edition() -> None:
    text = "The Brisa was no slouch, yet by 2020 it reached 150 Mbps, {} more than in 2015."
    assert _labels(text.format(50)) == {Label.SUPPORTED}
    assert [claim.label for claim in _claims(text.format(30))] == [Label.SUPPORTED, Label.CONTRADICTED]


@pytest.mark.parametrize(
    ("text", "label"),
    # 120 / 8 = 15 and 150 / 12 = 12.5
    [
        ("Per watt, the Tordo delivers 15 Mbps.", Label.SUPPORTED),
        ("Per watt, the Tordo delivers 12.5 Mbps.", Label.CONTRADICTED),
    ],
)
def test_a_figure_per_watt_is_the_quotient_of_two_cells(text: str, label: Label) -> None:
    assert _labels(text) == {label}


@pytest.mark.parametrize(
    "text",
    [
        "Choose the Tordo if you need its plugin market.",
        "Choose the Tordo if you want speed and memory safety.",
        "Choose the Tordo if you prefer no dependency.",
        "The Tordo remains the budget pick.",
        "The Tordo is the best starting point for most users.",
    ],
)
def test_what_no_fact_gives_to_the_thing_recommended_is_unverifiable(text: str) -> None:
    assert Label.UNVERIFIABLE in _labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "Choose the Tordo if you want speed.",
        "Choose the Tordo if you need a transfer rate that holds.",
        "Unless you depend on a particular plugin, the choice is easy.",
        "The Tordo is a curious case: it draws 8 W.",
    ],
)
def test_what_describes_the_reader_or_announces_figures_is_no_unsupported_claim(text: str) -> None:
    assert [claim.text for claim in _claims(text) if claim.label is not Label.SUPPORTED] == []
