"""One metric under several conditions: figures are told apart by the words of the condition, arithmetic stays within one."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

CELLS = [
    ("orvane", "54 s", "on GPU"),
    ("orvane", "124 s", "on CPU"),
    ("pelkot", "270 s", "on GPU"),
    ("pelkot", "631 s", "on CPU"),
]


def label_of(text: str) -> set[Label]:
    case = CheckCase(
        id="conditions",
        entities=(CheckEntity(id="orvane", name="Orvane"), CheckEntity(id="pelkot", name="Pelkot")),
        metrics=(
            CheckMetric(
                id="time", name="Transcription time", unit="s", direction=Direction.LOWER, kind=MetricKind.QUANTITY
            ),
        ),
        facts=tuple(
            CheckFact(id=f"f{n}", entity=entity, metric="time", value=value, context=context)
            for n, (entity, value, context) in enumerate(CELLS)
        ),
        text=text,
    )
    return {claim.label for claim in check_text(text, compile_case(case)).claims}


@pytest.mark.parametrize(
    "text",
    [
        "On the GPU, Orvane takes 54 s.",
        "On the CPU, Orvane takes 124 s.",
        "Orvane takes 54 s.",
        "On the GPU, Orvane is 5x faster than Pelkot.",
        "On the CPU, Orvane is about 5.1x faster than Pelkot.",
    ],
)
def test_a_figure_holds_under_its_own_condition(text: str) -> None:
    assert label_of(text) == {Label.SUPPORTED}


@pytest.mark.parametrize(
    "text",
    [
        "On the GPU, Orvane takes 124 s.",
        "On the CPU, Orvane takes 54 s.",
        "On the CPU, Orvane is 2.2x faster than Pelkot.",
        "Orvane is 11.7x faster than Pelkot.",
    ],
)
def test_a_figure_of_another_condition_is_wrong(text: str) -> None:
    assert Label.SUPPORTED not in label_of(text)


def test_the_facts_keep_their_ids() -> None:
    case = CheckCase(
        id="x",
        entities=(CheckEntity(id="orvane", name="Orvane"),),
        metrics=(CheckMetric(id="time", name="Time", unit="s", direction=Direction.LOWER),),
        facts=(
            CheckFact(id="a", entity="orvane", metric="time", value="54 s", context="GPU"),
            CheckFact(id="b", entity="orvane", metric="time", value="124 s", context="CPU"),
        ),
        text="Orvane takes 54 s.",
    )
    (claim,) = check_text(case.text, compile_case(case)).claims
    assert claim.evidence == ("a",)
