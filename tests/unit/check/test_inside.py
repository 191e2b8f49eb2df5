"""Figures within cells of another kind, and how many of a thing hold an amount."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

NAMES = {"quill": "Quill", "rasp": "Rasp", "tern": "Tern"}
METRICS = {
    "log": ("Call log", MetricKind.TEXT),
    "free": ("Free calls", MetricKind.QUANTITY),
    "box": ("Shipping box", MetricKind.TEXT),
    "disk": ("Disk space", MetricKind.QUANTITY),
    "dial": ("Pulse dialling", MetricKind.BOOLEAN),
    "fee": ("Fee", MetricKind.QUANTITY),
}
CELLS = {
    "log": ("cloud, 90 days", "on paper, 30 days", "your desk, your rules"),
    "free": ("40K calls/month", "$150 credit (~30K calls)", "$100 credit (~20K calls)"),
    "box": ("80x80x80 mm", "100x100x100 mm", "120x120x120 mm"),
    "disk": ("2.5 TB", "4 TB", "6 TB"),
    "dial": ("No", "No", "No"),
    "fee": ("$3/1000 calls", "$4/1000 calls", "Free (self-hosted)"),
}


def claims_of(text: str) -> list[tuple[str, Label]]:
    case = CheckCase(
        id="inside",
        entities=tuple(CheckEntity(id=key, name=name) for key, name in NAMES.items()),
        metrics=tuple(
            CheckMetric(id=key, name=name, kind=kind, direction=Direction.HIGHER, unit="$" if key == "fee" else None)
            for key, (name, kind) in METRICS.items()
        ),
        facts=tuple(
            CheckFact(id=f"{entity}.{metric}", entity=entity, metric=metric, value=value)
            for metric, values in CELLS.items()
            for entity, value in zip(NAMES, values, strict=True)
        ),
        text=text,
    )
    report = check_text(text, compile_case(case))
    assert not report.unchecked
    return [(claim.text, claim.label) for claim in report.claims]


@pytest.mark.parametrize(
    "text",
    [
        "Quill keeps a call log three times as long as Rasp's.",
        "Rasp's credit buys about 30,000 calls.",
        "Quill has 10,000 more free calls than Rasp.",
        "The shipping box of Rasp is 100 mm per side.",
        "The shipping box of Tern is 50 % longer than that of Quill.",
        "Tern is free.",
        "How many for an archive of 20 TB? Eight Quills, five Rasps or four Terns.",
        "Which of them support pulse dialling? None of them.",
        "Do they support pulse dialling? None of them does.",
        "Quill costs $3 per 1,000 calls.",
        "The leap came with Rasp. It has 4 TB of disk space.",
    ],
)
def test_what_a_cell_holds_besides_is_found(text: str) -> None:
    found = claims_of(text)
    assert found
    assert {label for _, label in found} == {Label.SUPPORTED}, found


@pytest.mark.parametrize(
    "text",
    [
        "Quill keeps a call log five times as long as Rasp's.",
        "Rasp's credit buys about 45,000 calls.",
        "Quill has 25,000 more free calls than Rasp.",
        "The shipping box of Rasp is 130 mm per side.",
        "Quill is free.",
        "How many for an archive of 20 TB? Six Quills.",
        "How many for an archive of 20 TB? Nine Rasps.",
        "Which of them support pulse dialling? All of them.",
        "The leap came with Rasp. It has 6 TB of disk space.",
    ],
)
def test_what_no_cell_holds_is_not(text: str) -> None:
    assert any(label is not Label.SUPPORTED for _, label in claims_of(text))
