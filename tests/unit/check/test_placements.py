"""One figure in every place that a sentence has for it: who it is of, what it measures, and under which conditions."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, Label

_CELLS = {
    "cold": ("Cold start", "ms", ("12 ms", "41 ms", "5 ms")),
    "warm": ("Warm start", "ms", ("4 ms", "17 ms", "2 ms")),
    "idle": ("Memory at rest", "MB", ("31 MB", "44 MB", "14 MB")),
    "peak": ("Peak memory", "MB", ("140 MB", "212 MB", "63 MB")),
    "tests": ("Compatibility tests passed", None, ("3,120", "3,410", "1,150")),
    "seats": ("Family seats", None, ("6", "2", "4")),
    "devices": ("Devices on the free plan", None, ("unlimited", "unlimited", "1")),
    "area": ("Site area", "ha", ("62 ha", "310 ha", "48 ha")),
    "wire": ("Wire transfer fee", "$", ("$25", "$30", "$18")),
    "people": ("Staff", None, ("28", "74", "410")),
    "personal": ("Personal plan", "$/month", ("$3", "$2", "$2")),
    "family": ("Family plan", "$/month", ("$6", "$4", "$5")),
    "sent": ("Paper statement", "$", ("$0", "$0", "$0")),
    "attach": ("Attachment limit", "MB", ("60 MB", "250 MB", "100 MB")),
    "days": ("Transfer time", "days", ("2 days", "3 days", "1 day")),
}
_RATES = ("68,400 req/s", "39,800 req/s", "51,200 req/s"), ("21,300 req/s", "17,600 req/s", "19,900 req/s")
_NAMES = ("bun", "Bun"), ("node", "Node.js 22"), ("llrt", "LLRT")
COMPILED = compile_case(
    CheckCase.model_validate(
        {
            "id": "placements",
            "entities": [{"id": key, "name": name} for key, name in _NAMES],
            "metrics": [
                *({"id": key, "name": name, "unit": unit} for key, (name, unit, _) in _CELLS.items()),
                {"id": "rate", "name": "Throughput", "unit": "req/s"},
            ],
            "facts": [
                *(
                    {"id": f"{entity}.{key}", "entity": entity, "metric": key, "value": value}
                    for key, (_, _, values) in _CELLS.items()
                    for (entity, _), value in zip(_NAMES, values, strict=True)
                ),
                *(
                    {
                        "id": f"{entity}.rate.{size}",
                        "entity": entity,
                        "metric": "rate",
                        "value": value,
                        "context": f"{size} kB payload",
                    }
                    for size, values in zip((1, 64), _RATES, strict=True)
                    for (entity, _), value in zip(_NAMES, values, strict=True)
                ),
            ],
            "text": "x",
        }
    )
)


def flagged(text: str, phrase: str) -> bool:
    """Whether something that is wrong is found in `phrase`."""
    start = text.index(phrase)
    return any(
        claim.label is not Label.SUPPORTED and claim.start < start + len(phrase) and start < claim.end
        for claim in check_text(text, COMPILED).claims
    )


@pytest.mark.parametrize(
    ("sentence", "right", "wrong"),
    [
        ("With a 64 kB payload, Bun handles {}.", "21,300 req/s", "17,600 req/s"),
        ("{} with 1 kB payloads is what Bun delivers.", "68,400 req/s", "39,800 req/s"),
        ("Bun passes {} of the compatibility tests.", "3,120", "2,870"),
        ("{} compatibility tests passed: that is Bun's score.", "3,120", "1,150"),
        ("Bun starts in {}: nobody minds a cold start like that.", "12 ms", "41 ms"),
        ("{} seats come with Bun.", "six", "three"),
        ("LLRT syncs to {} device on the free plan.", "1", "3"),
        ("Node.js 22 sprawls over {}.", "310 hectares", "48 hectares"),
        ("Nobody will complain about LLRT's {} warm start.", "2 ms", "5 ms"),
        ("Peak memory is another matter. Bun goes up to {}.", "140 MB", "31 MB"),
        ("## Warm start\n\n- Bun: {}\n- LLRT: 2 ms", "4 ms", "12 ms"),
        ("## Warm start\nBun: {}", "4 ms", "12 ms"),
        ("## Warm start\n\nAll were run twice.\n\nBun takes {}.", "4 ms", "12 ms"),
        ("Bun takes {} for a wire transfer.", "$25", "$12"),
        ("Some {} people work on Node.js 22.", "74", "41"),
        ("For families Bun asks {} a month.", "$6", "$3"),
        ("Bun asks {} a month.", "$3", "$25"),
        ("Payloads of 64 kB bring Node.js 22 down to {}.", "17,600 req/s", "21,300 req/s"),
        ("No single attachment may exceed {} in LLRT.", "100 MB", "60 MB"),
        ("A wire costs {} with LLRT.", "$18", "$2"),
    ],
)
def test_a_figure_is_held_against_the_cell_that_is_meant(sentence: str, right: str, wrong: str) -> None:
    assert not flagged(sentence.format(right), right)
    assert flagged(sentence.format(wrong), wrong)
