"""Clauses are weighed: what is new about a thing counts against it, what speaks of the reader or the writer does not."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from flows.check.lexicon.doubt import SAYS, THRESHOLD, WEIGHTS
from flows.check.scene import Scene
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Claim, Label

SHEET = CheckCase(
    entities=(CheckEntity(id="a", name="Velling"), CheckEntity(id="b", name="Torvik")),
    metrics=(
        CheckMetric.model_validate({"id": "price", "name": "Price", "unit": "$", "direction": "lower_is_better"}),
        CheckMetric.model_validate({"id": "heat", "name": "Heat output", "unit": "kW", "direction": "higher_is_better"}),
        CheckMetric.model_validate({"id": "glass", "name": "Glass door", "kind": "boolean"}),
    ),
    facts=tuple(
        CheckFact(id=f"{entity}.{metric}", entity=entity, metric=metric, value=value)
        for metric, values in {
            "price": {"a": "$900", "b": "$1,400"},
            "heat": {"a": "5 kW", "b": "8 kW"},
            "glass": {"a": "Yes", "b": "No"},
        }.items()
        for entity, value in values.items()
    ),
)  # fmt: skip


def _flagged(text: str) -> list[Claim]:
    return [claim for claim in check_text(text, compile_case(SHEET)).claims if claim.label is not Label.SUPPORTED]


@pytest.mark.parametrize(
    "text",
    [
        "The Torvik costs $1,400. Its ash pan slides out from the front.",
        "The Velling is cast in a Norwegian foundry.",
        "Pros of the Velling:\n- burns damp logs without soot",
        "The Torvik gives 8 kW. It smoulders through the night on one load.",
        "Cons of the Torvik:\n- brittle hinges",
    ],
)
def test_what_is_new_about_a_thing_is_flagged_whatever_its_words(text: str) -> None:
    assert [claim.kind for claim in _flagged(text)] == ["unsupported"]


@pytest.mark.parametrize(
    "text",
    [
        "The Velling costs $900 and has a glass door.",
        "If your chimney is narrow, ask an installer.",
        "That is another point for the Velling if you cook on long winter evenings.",
        "In doubt, write your needs down and put a chair before each.",
        "I heated my cabin with both for a winter.",
        "Which stove is right for you?",
    ],
)
def test_facts_advice_and_the_writer_are_left_alone(text: str) -> None:
    assert _flagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sweep the flue every winter, and walk away from bargains without papers.",
        "The Torvik costs $1,400, so read the small print.",
        "Don't learn that lesson from a chimney fire.",
        "Wrap the pipe in rock wool and let nobody else touch it.",
        "## 1. Measure your room\nThe Torvik gives 8 kW.",
    ],
)
def test_what_the_reader_is_told_to_do_is_no_claim(text: str) -> None:
    assert _flagged(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Expect it to crack in its second winter.", "crack"),
        ("Sweep the flue every winter because the Torvik soots up its glass.", "soots"),
        ("Copper baffles keep the glass clean.", "baffles"),
        ("The Torvik costs $1,400 and its ash pan slides out, so read the small print.", "ash pan"),
    ],
)
def test_a_command_hides_no_assertion_beside_it(text: str, said: str) -> None:
    assert any(said in claim.text for claim in _flagged(text))


def test_the_reason_says_what_is_missing() -> None:
    assert [claim.reason for claim in _flagged("The Velling costs $900. It uses a Kessler valve.")] == [
        "the facts name no such thing"
    ]


def test_what_was_weighed_can_be_seen_and_adds_up() -> None:
    scenes: list[Scene] = []
    check_text("The Torvik costs $1,400. Its ash pan slides out from the front.", compile_case(SHEET), scenes=scenes)
    doubts = [doubt for scene in scenes for doubt in scene.doubts]
    assert any(doubt.score >= THRESHOLD for doubt in doubts)
    for doubt in doubts:
        assert doubt.score == pytest.approx(sum(WEIGHTS.get(trait, 0.0) for trait in doubt.traits))


def test_every_word_gives_a_trait_that_is_weighed() -> None:
    assert {trait for traits in SAYS.values() for trait in traits} <= WEIGHTS.keys()


def test_a_flag_on_new_words_never_covers_a_claim_before_them() -> None:
    (flag,) = _flagged("The Torvik costs $1,400 and its ash pan slides out from the front.")
    assert "$1,400" not in flag.text


def test_a_clause_whose_figure_fails_is_flagged_once() -> None:
    assert [claim.text for claim in _flagged("Chimney draught for the Torvik is about 14 kW.")] == ["about 14 kW"]
    assert [claim.kind for claim in _flagged("The Torvik gives 8 kW. Its chimney draught is famous among sweeps.")] == [
        "unsupported"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Draughty cabins favour the Torvik, insulated huts are happy with either.",
        "As measured by its own laboratory, the Torvik gives 8 kW.",
        "The Velling is the pick for cabins, for tiny houses and for people with a narrow chimney; it costs $900.",
        "If in doubt, light a fire in each and see which glow you like to watch.",
    ],
)
def test_whom_a_thing_suits_and_who_measured_it_are_no_assertions(text: str) -> None:
    assert _flagged(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The Torvik has no glass door. Sweeps are happy with its soapstone mantle.", "soapstone"),
        ("The Torvik favours seasoned beech and refuses pellets.", "beech"),
        (
            "If it isn't, go with the Torvik: it gives 8 kW, and plenty of sweeps have repaired its hinges before.",
            "sweeps",
        ),
    ],
)
def test_what_is_said_of_a_thing_is_flagged_in_such_a_sentence_too(text: str, said: str) -> None:
    assert any(said in claim.text for claim in _flagged(text))
