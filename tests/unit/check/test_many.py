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


def _labels(text: str, phrase: str, sheet: CheckCase = SHEET) -> set[Label]:
    start = text.index(phrase)
    report = check_text(text, compile_case(sheet))
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


FIRMS = CheckCase(
    entities=tuple(
        CheckEntity(id=name.lower(), name=f"{name} {kind}")
        for name, kind in (("Orrin", "Foods"), ("Kestrel", "Bank"), ("Lund", "Paper"), ("Vance", "Motors"))
    ),
    metrics=tuple(
        CheckMetric.model_validate({"id": number, "name": name, "unit": unit, "aliases": aliases, **_UP})
        for number, name, unit, aliases in (
            ("growth", "Revenue growth", "%", []),
            ("margin", "Net margin", "%", []),
            ("age", "Age", "years", []),
            ("rain", "Rainfall on site", "mm", []),
            ("to", "Turnovers", None, ["TO"]),
            ("trips", "Trips", None, []),
        )
    ),
    facts=tuple(
        CheckFact(id=f"{entity}.{number}", entity=entity, metric=number, value=value)
        for number, values in {
            "growth": ("-7.9%", "+8.8%", "-3.1%", "+2.4%"),
            "margin": ("11.2%", "15.5%", "9.4%", "7.9%"),
            "age": ("33", "21", "48", "27"),
            "rain": ("540 mm", "910 mm", "620 mm", "710 mm"),
            "to": ("5", "3", "9", "4"),
            "trips": ("40", "31", "22", "12"),
        }.items()
        for entity, value in zip(("orrin", "kestrel", "lund", "vance"), values, strict=True)
    ),
)


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("The revenue of Orrin Foods fell {}.", "7.9 percent", "3.1 percent"),
        ("Kestrel Bank's revenue {} by 8.8 percent.", "rose", "fell"),
        ("Lund Paper dropped {}.", "3.1 percent", "9.4 percent"),
        ("Lund, the oldest at {}, came last.", "48", "33"),
        ("Orrin is the {} site with 540 mm.", "driest", "wettest"),
        ("Forty trips to Orrin, {} to Kestrel.", "31", "32"),
        ("Vance got 90 mm more rainfall than Lund Paper, the {}-driest.", "second", "third"),
    ],
)
def test_gains_ages_and_weather_are_read_as_they_are_told(text: str, right: str, wrong: str) -> None:
    told = text.format(right)
    figure = next((word for word in ("8.8 percent", "driest") if word in told), right)
    assert _labels(told, figure, FIRMS) == {Label.SUPPORTED}
    wrongly = text.format(wrong)
    assert Label.CONTRADICTED in _labels(wrongly, figure if figure in wrongly else wrong, FIRMS)
