"""Orders told by a noun or an exception: leads and edges, "trails only", "second only to", and who is beaten by whom."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

SHEET = compile_case(
    CheckCase(
        entities=tuple(CheckEntity(id=name.lower(), name=name) for name in ("Kestrel", "Otter", "Heron", "Wren")),
        metrics=(
            CheckMetric.model_validate(
                {"id": "bw", "name": "Bandwidth", "unit": "MB/s", "direction": "higher_is_better"}
            ),
            CheckMetric.model_validate({"id": "mem", "name": "Memory", "unit": "MB", "direction": "lower_is_better"}),
            CheckMetric.model_validate({"id": "lat", "name": "Latency", "unit": "ms", "direction": "lower_is_better"}),
        ),
        facts=tuple(
            CheckFact(id=f"{entity}.{metric}", entity=entity, metric=metric, value=value)
            for metric, values in {
                "bw": ("810 MB/s", "650 MB/s", "720 MB/s", "300 MB/s"),
                "mem": ("64 MB", "40 MB", "52 MB", "90 MB"),
                "lat": ("13 ms", "15 ms", "20 ms", "14 ms"),
            }.items()
            for entity, value in zip(("kestrel", "otter", "heron", "wren"), values, strict=True)
        ),
    )
)
S, C = Label.SUPPORTED, Label.CONTRADICTED


def worst(text: str) -> Label | None:
    """The worst label of the text's claims; None where nothing was read."""
    report = check_text(text, SHEET)
    assert not report.unchecked
    labels = {claim.label for claim in report.claims}
    return next((label for label in (C, Label.UNVERIFIABLE, S) if label in labels), None)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Kestrel has the edge over Otter in latency.", "Otter has the edge over Kestrel in latency."),
        ("Heron has the upper hand over Otter in bandwidth.", "Otter has the upper hand over Heron in bandwidth."),
        ("Heron keeps its advantage over Otter in bandwidth.", "Heron keeps its advantage over Otter in memory."),
        ("On latency, Kestrel takes the lead.", "On latency, Wren takes the lead."),
        ("On latency, Kestrel takes a narrow lead over Wren.", "On bandwidth, Kestrel takes a narrow lead over Wren."),
        ("Otter has a clear advantage in memory.", "Kestrel has a clear advantage in latency."),
        ("Wren has no edge over Kestrel in latency.", "Kestrel has no edge over Wren in latency."),
        ("Kestrel edges ahead on latency.", "Otter edges ahead on memory."),
        ("Heron trails only Kestrel in bandwidth.", "Otter trails only Kestrel in bandwidth."),
        ("Otter beats only Wren on bandwidth.", "Heron beats only Wren on bandwidth."),
        ("In bandwidth Heron comes behind only Kestrel.", "In bandwidth Otter comes behind only Kestrel."),
        ("Otter trails only Kestrel and Heron in bandwidth.", "Wren trails only Kestrel and Heron in bandwidth."),
        ("Heron's bandwidth is second only to Kestrel's.", "Otter's bandwidth is second only to Kestrel's."),
        ("Heron, second only to Otter in memory, takes 52 MB.", "Heron, second only to Wren in memory, takes 52 MB."),
        ("Otter is beaten by Kestrel on bandwidth.", "Kestrel is beaten by Otter on bandwidth."),
        ("Heron is only beaten by Kestrel on bandwidth.", "Otter is only beaten by Kestrel on bandwidth."),
        ("Otter was narrowly edged out by Wren on latency.", "Wren was narrowly edged out by Otter on latency."),
        ("Wren is not beaten by Otter on latency.", "Wren is not beaten by Kestrel on latency."),
    ],
)
def test_a_lead_and_an_exception_are_held_against_the_order(right: str, wrong: str) -> None:
    assert worst(right) is S
    assert worst(wrong) is C


@pytest.mark.parametrize(
    "text",
    [
        "Kestrel has no clear advantage in memory.",
        "Kestrel has an edge case here.",
        "Otter has the advantage of 12 MB in memory.",
    ],
)
def test_other_leads_and_edges_are_no_orders(text: str) -> None:
    assert worst(text) is not C


def test_a_lead_of_a_figure_is_a_difference() -> None:
    (claim,) = check_text("Otter has an advantage of 12 MB in memory.", SHEET).claims
    assert (claim.label, claim.computation) == (S, "52 - 40 = 12, the text says 12 MB")
