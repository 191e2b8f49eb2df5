"""A team among its players: found by the sheet itself, and never ranked with them."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from flows.check.wholes import part_of
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

PLAYERS = {"Orla Finch": ("Harbour", "18"), "Dag Reuter": ("Harbour", "11"), "Milo Sand": ("Quarry", "23"), "Per Holm": ("Quarry", "9")}  # fmt: skip
TEAMS = {"Harbour Herons": "61", "Quarry Foxes": "58"}


def sheet(teams: bool = True) -> CheckCase:
    names = [*PLAYERS, *(TEAMS if teams else ())]
    facts = [(name, "team", team) for name, (team, _) in PLAYERS.items()]
    facts += [(name, "points", points) for name, (_, points) in PLAYERS.items()]
    facts += [(name, "points", points) for name, points in TEAMS.items() if teams]
    return CheckCase(
        id="game",
        entities=tuple(CheckEntity(id=name, name=name) for name in names),
        metrics=(
            CheckMetric(id="team", name="Team", kind=MetricKind.CATEGORY, direction=Direction.NEUTRAL),
            CheckMetric(id="points", name="Points", kind=MetricKind.QUANTITY, direction=Direction.HIGHER),
        ),
        facts=tuple(CheckFact(id=f"f{k}", entity=e, metric=m, value=v) for k, (e, m, v) in enumerate(facts)),
    )


def test_the_sheet_says_who_is_part_of_whom() -> None:
    assert part_of(sheet()) == {0: 4, 1: 4, 2: 5, 3: 5}
    assert part_of(sheet(teams=False)) == {}


def test_a_brand_that_only_begins_the_names_of_others_is_no_whole() -> None:
    case = sheet(teams=False)
    brand = [CheckFact(id=f"b{k}", entity=e.id, metric="team", value="Orla") for k, e in enumerate(case.entities)]
    assert part_of(case.model_copy(update={"facts": tuple(brand)})) == {}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Milo Sand scored the most points.", Label.SUPPORTED),
        ("Orla Finch scored the most points.", Label.SUPPORTED),  # on her team
        ("Dag Reuter scored the most points.", Label.CONTRADICTED),
        ("Orla Finch led the Harbour Herons in points.", Label.SUPPORTED),
        ("Dag Reuter led the Harbour Herons in points.", Label.CONTRADICTED),
        ("The Harbour Herons scored the most points.", Label.SUPPORTED),
        ("The Quarry Foxes scored the most points.", Label.CONTRADICTED),
        ("The Quarry Foxes scored more points than the Harbour Herons.", Label.CONTRADICTED),
    ],
)
def test_players_are_ranked_among_players_and_teams_among_teams(text: str, label: Label) -> None:
    labels = {claim.label for claim in check_text(text, compile_case(sheet())).claims}
    assert labels == {label}
