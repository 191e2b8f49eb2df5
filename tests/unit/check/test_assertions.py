"""Assertions that no fact carries are flagged in drafts of a model; advice, taste and restated facts are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Claim, Label
from tests.unit.check.sentences import Sentence, load

FILE = Path(__file__).with_name("assertions.txt")
DRAFTS = load(FILE)
KINDS = ("unsupported", "capability", "only")


def _perhaps() -> list[str]:
    return [line[2:] for line in FILE.read_text(encoding="utf-8").splitlines() if line.startswith("? ")]


def _flagged(text: str, case: CheckCase) -> list[Claim]:
    return [claim for claim in check_text(text, compile_case(case)).claims if claim.label is not Label.SUPPORTED]


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.text[:30])
def test_what_no_fact_carries_is_flagged_and_nothing_else_is_called_unsupported(draft: Sentence) -> None:
    found = _flagged(draft.text, draft.case)
    marked = [*draft.flagged, *(phrase for phrase in _perhaps() if phrase in draft.text)]
    spans = [(draft.text.index(phrase), draft.text.index(phrase) + len(phrase)) for phrase in marked]
    missed = [
        draft.text[a:b]
        for a, b in spans[: len(draft.flagged)]
        if not any(claim.start < b and a < claim.end for claim in found)
    ]
    stray = [
        claim.text
        for claim in found
        if claim.kind in KINDS and not any(claim.start < b and a < claim.end for a, b in spans)
    ]
    # Equal, not merely within: a fault that is mended leaves the file, and none may join it.
    assert (missed, stray) == (draft.missed, draft.strayed)


#: Strict: when the weights come to hold for the sentence, the test fails until this mark is gone.
WEIGHED_WRONGLY = pytest.mark.xfail(strict=True, reason="taste that the weights of lexicon/doubt.py take for a claim")

SHEET = CheckCase(
    entities=(CheckEntity(id="a", name="Alto"), CheckEntity(id="b", name="Basso"), CheckEntity(id="c", name="Cantor")),
    metrics=(
        CheckMetric.model_validate({"id": "fold", "name": "Folding frame", "aliases": ["folding"], "kind": "boolean"}),
        CheckMetric.model_validate({"id": "frame", "name": "Frame material", "kind": "category"}),
        CheckMetric.model_validate({"id": "price", "name": "Price", "unit": "$", "direction": "lower_is_better"}),
        CheckMetric.model_validate({"id": "range", "name": "Range", "unit": "km", "direction": "higher_is_better"}),
    ),
    facts=tuple(
        CheckFact(id=f"{entity}.{metric}", entity=entity, metric=metric, value=value)
        for metric, values in {
            "fold": {"a": "Yes", "b": "No", "c": "Yes"},
            "frame": {"a": "Aluminium", "b": "Carbon", "c": "Steel"},
            "price": {"a": "$900", "b": "$2,400", "c": "$1,100"},
            "range": {"a": "60 km", "b": "110 km"},
        }.items()
        for entity, value in values.items()
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("- Folding: Alto and Cantor", "supported"),
        ("- Folding: Alto and Basso", "contradicted"),
        ("- Folding: all three", "contradicted"),
        ("- Folding: all but Basso", "supported"),
        ("The Alto folds. So does the Cantor.", "supported"),
        ("The Alto has a folding frame, and so does the Basso.", "contradicted"),
        ("The Alto has a folding frame; the Basso does not.", "supported"),
        ("**Which ones have a folding frame?** Alto and Cantor.", "supported"),
        ("**Which ones have a folding frame?** Only the Basso.", "contradicted"),
        ("Pros of the Alto:\n- aluminium frame instead of carbon", "supported"),
        ("Cons of the Basso:\n- no folding frame and no aluminium", "supported"),
        ("The Basso has a steel frame.", "contradicted"),
        ("**Does the Alto have a folding frame?** Yes.", "supported"),
        ("**Does the Basso have a folding frame?** Yes.", "contradicted"),
        ("**Does the Basso have a folding frame?** No.", "supported"),
        ("**Does the Basso lack a folding frame?** No.", "contradicted"),
        ("The Alto's aluminium frame is not for everyone.", "supported"),
        ("The Cantor has no range.", "unverifiable"),
    ],
)
def test_who_has_something_is_read_however_shortly_it_is_said(text: str, label: str) -> None:
    labels = [claim.label.value for claim in check_text(text, compile_case(SHEET)).claims]
    worst = max(labels, key=["supported", "unverifiable", "contradicted"].index, default=None)
    assert worst == label


@pytest.mark.parametrize(
    "text",
    [
        "The Alto is easy to like and hard to fault.",
        "If you travel a lot by train, take the Alto.",
        "Choose the Basso if you commute over hills and money is no object.",
        "- Choose the Cantor if you love old bikes.",
        "That depends on your roads.",
        "The Alto suits commuters who mix cycling and trains.",
        pytest.param("The Alto folds, which helps on trains.", marks=WEIGHED_WRONGLY),
        "The Basso is a serious machine with a serious price tag.",
        "What the Alto lacks in range it makes up for in price.",
        "The Cantor is the odd one out: its frame is steel.",
        "We found no figure for the Cantor's range.",
        pytest.param("Range anxiety is not an issue with the Basso.", marks=WEIGHED_WRONGLY),
        "Its carbon frame sets the Basso apart.",
        "I rode all three through the winter, which gave me pause.",
        "Does the Alto come with lights?",
        "The Alto wins on price, the Basso on range.",
        "The Alto is the cheapest, so it is the one for a tight budget.",
    ],
)
def test_advice_taste_readers_and_questions_are_no_claims_beyond_the_facts(text: str) -> None:
    assert [claim.text for claim in _flagged(text, SHEET)] == []


@pytest.mark.parametrize(
    "text",
    [
        "The Alto is made in Portugal.",
        "The Basso comes with hydraulic brakes.",
        "The Cantor costs $1,100. Its saddle is filled with gel.",
        "The Alto is cheap because it is assembled by robots.",
        "The Alto is the bike most commuters start with.",
        "Riders prefer the Basso.",
        "The Basso is the best all-rounder.",
        "The Cantor has the sturdiest rack.",
        "Pros of the Alto:\n- easy to repair",
        "Cons of the Alto:\n- no lights",
        "Choose the Alto if you want hydraulic brakes.",
        "The Cantor uses a Shimano hub.",
        "Its popularity is growing: the Alto is widely used.",
    ],
)
def test_makers_parts_causes_crowds_and_qualities_are_flagged(text: str) -> None:
    assert _flagged(text, SHEET)
