"""Reports on many things: how a text tells of clubs, places or people that it has a table of."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

_UP = {"direction": "higher_is_better"}
_VALUES = {
    "played": ("Matches played", None, "30", "30", "30", "30"),
    "won": ("Won", None, "19", "5", "12", "9"),
    "lost": ("Lost", None, "3", "20", "8", "11"),
    "points": ("Points", None, "65", "27", "44", "38"),
    "first": ("Points in the first half", None, "31", "12", "25", "19"),
    "share": ("Share of points at home", "%", "51 %", "48 %", "62 %", "58 %"),
    "home": ("Home wins", None, "13", "3", "7", "6"),
    "fouls": ("Fouls", None, "10", "14", "6", "12"),
    "crowd": ("Average attendance", None, "13,307", "9,812", "18,687", "14,403"),
}
SHEET = CheckCase(
    entities=(
        CheckEntity(id="ash", name="Ashcombe City"),
        CheckEntity(id="bra", name="Bransby"),
        CheckEntity(id="sto", name="Marden Lighthouse"),
        CheckEntity(id="hal", name="Halden Athletic"),
    ),
    metrics=tuple(
        CheckMetric.model_validate({"id": number, "name": told[0], "unit": told[1], **_UP})
        for number, told in _VALUES.items()
    ),
    facts=tuple(
        CheckFact(id=f"{entity}.{number}", entity=entity, metric=number, value=value)
        for number, told in _VALUES.items()
        for entity, value in zip(("ash", "bra", "sto", "hal"), told[2:], strict=True)
        if value is not None
    ),
)


def _labels(text: str, phrase: str) -> set[Label]:
    start = text.index(phrase)
    report = check_text(text, compile_case(SHEET))
    assert not report.unchecked
    return {claim.label for claim in report.claims if claim.start < start + len(phrase) and start < claim.end}


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Bransby finished with {} points at home and away.", "27", "29"),
        ("Ashcombe lost only {} matches all year.", "three", "four"),
        ("Halden Athletic won {} matches.", "nine", "eight"),
        ("Ashcombe City won {} times at home.", "13", "12"),
        ("Bransby fouled {} times in all.", "14", "15"),
        ("Ashcombe beat Halden to the title. Bransby ended last. They won {} matches.", "five", "six"),
        ("Halden had 12 fouls. The lighthouse had {}.", "six", "seven"),
    ],
)
def test_a_figure_is_held_against_the_cell_that_is_told(text: str, right: str, wrong: str) -> None:
    assert _labels(text.format(right), right) == {Label.SUPPORTED}
    assert Label.CONTRADICTED in _labels(text.format(wrong), wrong)
