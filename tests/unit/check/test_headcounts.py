"""Counts of those who have a value or nothing of a measure: what else is said of them is not passed with the count."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

_CELLS = {
    "price": ("Price", "USD", ("$5", "$0", "$0", "$9")),
    "egress": ("Egress", "USD", ("$0", "$1", "$2", "$0")),
    "licence": ("Licence", None, ("MIT", "MIT", "BSD", "GPL")),
}
_NAMES = ("Kestrel", "Otter", "Heron", "Wren")
SHEET = compile_case(
    CheckCase(
        entities=tuple(CheckEntity(id=name.lower(), name=name) for name in _NAMES),
        metrics=tuple(
            CheckMetric.model_validate(
                {"id": number, "name": name, "unit": unit, "direction": "lower_is_better"}
                if unit
                else {"id": number, "name": name, "kind": "category"}
            )
            for number, (name, unit, _) in _CELLS.items()
        ),
        facts=tuple(
            CheckFact(id=f"{name.lower()}.{number}", entity=name.lower(), metric=number, value=value)
            for number, (_, _, values) in _CELLS.items()
            for name, value in zip(_NAMES, values, strict=True)
        ),
    )
)


def _labels(text: str) -> set[Label]:
    report = check_text(text, SHEET)
    assert not report.unchecked
    return {claim.label for claim in report.claims}


@pytest.mark.parametrize("text", ["Two of the four charge nothing for egress.", "Two of the four are under MIT."])
def test_a_count_that_comes_out_is_supported(text: str) -> None:
    assert _labels(text) == {Label.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "Three of the four charge nothing for egress.",
        "Kestrel costs $5 and two of the four have no ads.",
        "Kestrel costs $5; two of the four need no card reader.",
        "Kestrel costs $5, and two of the four are made without child labour.",
        "Two of the four have MIT and no ads.",
        "Two of the four MIT tools win awards.",
        "Two of the four ship MIT code from Norway.",
    ],
)
def test_what_no_fact_carries_blocks_though_the_number_would_come_out(text: str) -> None:
    assert _labels(text) - {Label.SUPPORTED}
