"""Agreed: what fails in the metric of its words holds in a farther one only where a second claim of the sentence holds there, too."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from flows.check.sheet import Compiled
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Claim, Label

NAMES = ("Aurelia", "Bosun", "Corsair")
COLUMNS = {
    "Crossing in calm water": ("min", ("41 min", "52 min", "38 min")),
    "Crossing in heavy sea": ("min", ("67 min", "59 min", "73 min")),
    "Turnaround": ("min", ("24 min", "17 min", "31 min")),
}


@pytest.fixture(scope="module")
def ferries() -> Compiled:
    return compile_case(
        CheckCase(
            id="ferries",
            entities=tuple(CheckEntity(id=name.lower(), name=name) for name in NAMES),
            metrics=tuple(
                CheckMetric(id=f"m{at}", name=name, unit=unit, direction=Direction.LOWER, kind=MetricKind.QUANTITY)
                for at, (name, (unit, _)) in enumerate(COLUMNS.items())
            ),
            facts=tuple(
                CheckFact(id=f"{name.lower()}.m{at}", entity=name.lower(), metric=f"m{at}", value=value)
                for at, (_, values) in enumerate(COLUMNS.values())
                for name, value in zip(NAMES, values, strict=True)
            ),
        )
    )


def claims(text: str, compiled: Compiled) -> list[Claim]:
    return list(check_text(text, compiled).claims)


def labels(text: str, compiled: Compiled) -> list[Label]:
    return [claim.label for claim in claims(text, compiled)]


#: "calm" speaks of the first column, and the storm that is meant is in no column's name.
BOTH = "The calm is over when a storm comes up: Aurelia takes 67 minutes, Bosun 59 minutes."
ALONE = "The calm is over when a storm comes up: Aurelia takes 67 minutes, Bosun 52 minutes."


def test_two_figures_of_two_things_in_one_farther_column_are_of_that_column(ferries: Compiled) -> None:
    assert labels(BOTH, ferries) == [Label.SUPPORTED, Label.SUPPORTED]
    assert {fact for claim in claims(BOTH, ferries) for fact in claim.evidence} == {"aurelia.m1", "bosun.m1"}


def test_a_figure_of_another_column_alone_stays_contradicted(ferries: Compiled) -> None:
    assert labels(ALONE, ferries) == [Label.CONTRADICTED, Label.SUPPORTED]


def test_a_second_figure_that_is_in_neither_column_helps_nobody(ferries: Compiled) -> None:
    text = "The calm is over when a storm comes up: Aurelia takes 67 minutes, Bosun 61 minutes."
    assert labels(text, ferries) == [Label.CONTRADICTED, Label.CONTRADICTED]


def test_an_order_that_holds_in_the_same_column_says_which_is_meant(ferries: Compiled) -> None:
    found = claims("The calm is over when a storm comes up: the fastest is then Bosun at 59 minutes.", ferries)
    assert [claim.label for claim in found] == [Label.SUPPORTED] * len(found)
    assert {fact for claim in found for fact in claim.evidence} >= {"bosun.m1"}


def test_two_columns_named_outright_are_not_exchanged(ferries: Compiled) -> None:
    text = "In calm water the crossing takes Aurelia 67 minutes and Bosun 59 minutes."
    assert Label.SUPPORTED not in labels(text, ferries)


def test_a_figure_that_both_columns_have_does_not_hold_three_others_in_the_first() -> None:
    prices = {"Aurelia": ("$4.00", "$4.00"), "Bosun": ("$2.49", "$8.99"), "Corsair": ("$3.49", "$10.99"), "Dory": ("$2.95", "$11.95")}  # fmt: skip
    boats = compile_case(
        CheckCase(
            id="moorings",
            entities=tuple(CheckEntity(id=name.lower(), name=name) for name in prices),
            metrics=tuple(
                CheckMetric(id=id, name=name, unit="$", direction=Direction.LOWER, kind=MetricKind.QUANTITY)
                for id, name in (("intro", "Price in the first term"), ("renew", "Renewal price"))
            ),
            facts=tuple(
                CheckFact(id=f"{name.lower()}.{metric}", entity=name.lower(), metric=metric, value=value)
                for name, both in prices.items()
                for metric, value in zip(("intro", "renew"), both, strict=True)
            ),
        )
    )
    text = "After the first term Aurelia stays at $4.00, Bosun goes to $8.99, Corsair to $10.99 and Dory to $11.95."
    assert labels(text, boats) == [Label.SUPPORTED] * 4
    one = "In the first term Aurelia is $4.00, Bosun $8.99, Corsair $3.49 and Dory $2.95."
    assert labels(one, boats)[1] is Label.CONTRADICTED
