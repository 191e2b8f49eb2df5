"""Phrases of drafts that a model writes in one go: short answers, pros and cons, questions. Each right one stands beside its wrong twin."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

NAMES = {"alder": "Alder 4", "birch": "Birch Camper", "cedar": "Cedar"}
HIGH, LOW, NONE = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL
NUMBER, YES_NO, KIND = MetricKind.QUANTITY, MetricKind.BOOLEAN, MetricKind.CATEGORY
METRICS = {
    "length": ("Length", (), "m", NONE, NUMBER, ("5.1 m", "4.9 m", "5.4 m")),
    "mass": ("Weight", (), "kg", LOW, NUMBER, ("2,400 kg", "2,100 kg", "2,900 kg")),
    "burn": ("Fuel consumption", ("consumption",), "l/100 km", LOW, NUMBER, ("7.3 l/100 km", "6.8 l/100 km", "9.1 l/100 km")),
    "charge": ("Charging power", ("charging",), "W", HIGH, NUMBER, ("23 W", "45 W", "50 W")),
    "boil": ("Time to boil", (), "min", LOW, NUMBER, ("4.2 min", "4.3 min", "6.0 min")),
    "cold": ("Heat output at 10 °C", (), "W", HIGH, NUMBER, ("800 W", "650 W", "900 W")),
    "toilet": ("Toilet", (), None, NONE, YES_NO, ("No", "No", "Yes")),
    "trial": ("Free tier", (), None, NONE, YES_NO, ("No", "Yes", "Yes")),
    "multi": ("Multi-zone heating", (), None, NONE, YES_NO, ("No", "Yes", "Yes")),
    "drive": ("Powertrain", (), None, NONE, KIND, ("Hybrid", "Diesel", "Diesel")),
    "size": ("File size", (), "KB", LOW, NUMBER, ("200 KB", "150 KB", "110 KB")),
    "dpi": ("Maximum DPI", (), None, HIGH, NUMBER, ("800", "600", "1,200")),
    "zoom": ("Telephoto camera", ("telephoto",), None, NONE, KIND, ("None", "3x", "None")),
    "life": ("Battery life", (), "h", HIGH, NUMBER, ("95 h", "200 h", "60 h")),
    "lic": ("Licence", (), None, NONE, KIND, ("MIT", "AGPL-3.0", "Apache-2.0")),
    "disk": ("Larger-than-memory data", (), None, NONE, YES_NO, ("No", "Yes", "Yes")),
    "loud": ("Noise", (), "dB", LOW, NUMBER, ("72 dB", "79 dB", "82 dB")),
    "scripts": ("Uses cookies", (), None, NONE, YES_NO, ("Yes", "Yes", "No")),
    "p99": ("P99 latency", (), "ms", LOW, NUMBER, ("27 ms", "29 ms", "41 ms")),
}  # fmt: skip


def flagged(text: str, extra: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    metrics = {
        key: (CheckMetric(id=key, name=name, aliases=aliases, unit=unit, direction=direction, kind=kind), cells)
        for key, (name, aliases, unit, direction, kind, cells) in METRICS.items()
    }
    for key, cells in (extra or {}).items():
        metrics[key] = (CheckMetric(id=key, name=key, unit="$", direction=LOW, kind=NUMBER), cells)
        metrics.pop("trial", None)
    case = CheckCase(
        id="drafts",
        entities=tuple(CheckEntity(id=key, name=name) for key, name in NAMES.items()),
        metrics=tuple(metric for metric, _ in metrics.values()),
        facts=tuple(
            CheckFact(id=f"{entity}.{key}", entity=entity, metric=key, value=value)
            for key, (_, cells) in metrics.items()
            for entity, value in zip(NAMES, cells, strict=True)
        ),
        text=text,
    )
    report = check_text(text, compile_case(case))
    assert not report.unchecked
    return [claim.text for claim in report.claims if claim.label is not Label.SUPPORTED]


_ASKED = "\n\n**Which of these vans has a toilet?** The Cedar."
RIGHT_AND_WRONG = [
    # What the text itself calls the things compared is no property of one.
    ("**Birch Camper**\n- Pro: Lightest van" + _ASKED, "**Alder 4**\n- Pro: Lightest van" + _ASKED),
    ("**Birch Camper**\n- Pro: Lightest van" + _ASKED, "**Birch Camper**\n- Pro: Lightest queue" + _ASKED),
    ("**Birch Camper**\n- Con: No hybrid version", "**Alder 4**\n- Con: No hybrid version"),
    ("**Birch Camper**\n- Pro: Free version", "**Alder 4**\n- Pro: Free version"),
    ("All but the Alder 4 have multi-zone heating.", "All but the Cedar have multi-zone heating."),
    ("The Alder 4 is single-zone.", "The Cedar is single-zone."),
    ("The Cedar is the fastest to charge.", "The Birch Camper is the fastest to charge."),
    ("The Birch Camper charges faster than the Alder 4.", "The Alder 4 charges faster than the Birch Camper."),
    ("The Alder 4 has the lowest tail latency.", "The Birch Camper has the lowest tail latency."),
    ("The Birch Camper has the best mileage.", "The Cedar has the best mileage."),
    ("The Cedar burns 9.1 litres per 100 km.", "The Cedar burns 7.1 litres per 100 km."),
    ("At 10 degrees the Cedar still gives 900 W.", "At 10 degrees the Cedar still gives 990 W."),
    ("The Alder 4 and the Birch Camper are level: 4.2 versus 4.3 minutes.", "The Alder 4 and the Birch Camper are level: 4.3 versus 4.2 minutes."),
    ("Compared with the Alder 4, the Birch Camper saves 25% of the file size and the Cedar 45%.", "Compared with the Alder 4, the Birch Camper saves 25% of the file size and the Cedar 55%."),
    ("The Alder 4 charges at 23 W; the others manage at least 45 W.", "The Alder 4 charges at 23 W; the others manage at least 50 W."),
    ("The Alder 4 has 800 DPI.", "The Alder 4 has 900 DPI."),
    ("Only the Birch Camper has a telephoto camera.", "Only the Cedar has a telephoto camera."),
    ("Two of the three use cookies.", "Three of the three use cookies."),
    ("The Birch Camper has a low latency and lasts 200 hours.", "The Birch Camper has a low latency and lasts 100 hours."),
    ("- Choose the Cedar if you want a permissive license.", "- Choose the Birch Camper if you want a permissive license."),
    ("The Alder 4 comes first. The remaining two have a free tier.", "The Cedar comes first. The remaining two have a free tier."),
    ("The lightest van with a toilet is the Cedar.", "The lightest van with a free tier is the Alder 4."),
    ("The Birch Camper handles data larger than memory.", "The Alder 4 handles data larger than memory."),
    ("The Alder 4 is at 72 dB quieter than the Cedar.", "The Alder 4 is at 78 dB quieter than the Cedar."),
    ("Latency is close for the Alder 4 and the Birch Camper: 4.2 versus 4.3 minutes to boil.", "The Alder 4 boils in 27 versus 29 minutes."),
    ("There are two kinds of vans here.", "The Alder 4 has two kinds of doors."),
    ("Most people should buy the Alder 4.", "Most people buy the Alder 4."),
    ("The Alder 4 is first, but think twice.", "The Alder 4 is first, and everybody knows it."),
    ("The Cedar has the fastest charging.", "The Birch Camper has the fastest charging."),
    ("At 27 and 29 ms, the Alder 4 and the Birch Camper are close.", "At 29 and 27 ms, the Alder 4 and the Birch Camper are close."),
    ("The Birch Camper isn't the heaviest, the loudest or the fastest to boil.", "The Cedar isn't the fastest to boil, the cheapest or the heaviest."),
    ("The Birch Camper is slower to boil than the Alder 4 (4.3 vs 4.2 minutes).", "The Birch Camper is slower to boil than the Alder 4 (4.2 vs 4.3 minutes)."),
    ("Two of the three have a free tier; the Alder 4 doesn't.", "Two of the three have a free tier; the Cedar doesn't."),
    ("The Birch Camper has 25% less file size.", "The Birch Camper needs a third less file size than the Alder 4."),
    ("The Birch Camper runs 200 hours, more than the other two combined.", "The Cedar weighs 2,900 kg, more than the other two combined."),
    ("**Is the Cedar slower to boil than the Birch Camper?** Yes, about 40% slower.", "**Is the Cedar slower to boil than the Birch Camper?** Yes, about 90% slower."),
    ("The Alder 4 boils in 4.2 minutes and the Cedar in just under six and a half, a factor of 1.4.", "The Alder 4 boils in 4.2 minutes and the Cedar in six, a factor of 1.9."),
    ("In noise the order is the same.", "The Alder 4 has the same noise as the Cedar."),
    ("The file size of the Cedar is 45% smaller than the Alder 4's.", "Mould won't grow if you keep humidity below 60%."),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), RIGHT_AND_WRONG)
def test_what_holds_passes_and_its_twin_does_not(right: str, wrong: str) -> None:
    assert flagged(right) == []
    assert flagged(wrong) != []


@pytest.mark.parametrize("said", ["Free", "Free of charge", "Completely free"])
def test_free_is_a_price_of_nothing(said: str) -> None:
    price = {"Price": ("$0", "$19", "$29")}
    assert flagged(f"**Alder 4**\n- Pro: {said}", price) == []
    assert flagged(f"**Birch Camper**\n- Pro: {said}", price) != []
    assert flagged("The Alder 4 is the only free tool.", price) == []
    assert flagged("The Birch Camper is the only free tool.", price) != []
