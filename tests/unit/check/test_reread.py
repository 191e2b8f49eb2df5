"""Rereading: a figure that another reading gives holds only where few readings were tried and chance would hardly have met it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.check import compile_case
from flows.check.judge import judge
from flows.check.lexicon.model import Sign
from flows.check.reread import Reading, reread
from flows.check.sheet import Compiled
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Derivation, Form, MetricChoice, TypedClaim
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label
from schemas.quantity import Kind, Quantity

#: name -> unit, then the figures of the four ferries in order.
COLUMNS = {
    "noise": ("dB", ("91", "62", "137", "75")),
    "fare": ("€", ("€24.40", "€36.10", "€18.90", "€29.70")),
    "carfare": ("€", ("€96.20", "€120.70", "€72.30", "€101.50")),
    "fuel": ("kcal", ("3,012", "2,418", "6,337", "2,890")),
}
NOISE, FARE, CARFARE, FUEL = range(4)
AURELIA, BOSUN, CORSAIR, DORIS = range(4)
APART, SUM = Derivation("apart"), Derivation("sum")


@pytest.fixture(scope="module")
def ferries() -> Compiled:
    names = ("Aurelia", "Bosun", "Corsair", "Doris")
    return compile_case(
        CheckCase(
            id="ferries",
            entities=tuple(CheckEntity(id=name.lower(), name=name) for name in names),
            metrics=tuple(
                CheckMetric(id=key, name=key, unit=unit, direction=Direction.LOWER, kind=MetricKind.QUANTITY)
                for key, (unit, _) in COLUMNS.items()
            ),
            facts=tuple(
                CheckFact(id=f"{name.lower()}.{key}", entity=name.lower(), metric=key, value=value)
                for key, (_, values) in COLUMNS.items()
                for name, value in zip(names, values, strict=True)
            ),
        )
    )


def said(value: str, unit: str | None, hedge: Hedge = Hedge.PLAIN) -> Stated:
    number = Decimal(value)
    quantity = Quantity(
        raw=value, kind=Kind.QUANTITY, low=number, high=number, unit=unit, written_low=number, written_high=number
    )
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return Stated(quantity, number, number, step, hedge)


def claim(
    form: Form, stated: Stated, metric: int, other: int | None = BOSUN, sign: Sign | None = None, relation: str = ""
) -> TypedClaim:
    """Of the Aurelia, against `other` where one is named; every metric is linked, `metric` nearest."""
    return TypedClaim(
        form,
        0,
        1,
        subjects=(Choice((AURELIA,), 0.1, "subject"),),
        comparands=() if other is None else (Choice((other,), 0.1, "named"),),
        metrics=tuple(MetricChoice(k, 0.0 if k == metric else 0.9, "word") for k in range(len(COLUMNS))),
        stated=stated,
        sign=sign,
        relation=relation,
    )


def read(claim: TypedClaim, compiled: Compiled, *asked: Derivation) -> Reading | None:
    return reread(claim, asked, compiled)


def test_a_percentage_is_taken_in_the_metric_that_gives_it(ferries: Compiled) -> None:
    # Linked to the noise (91 against 62: 46.8 %); the fuel is 24.6 % more.
    found = read(claim(Form.PERCENT, said("24.6", "percent"), NOISE, sign="up", relation="more"), ferries)
    assert found is not None
    assert (found.metric, found.entities, found.comparands) == (FUEL, (AURELIA,), (BOSUN,))
    assert found.outcome.evidence == ("aurelia.fuel", "bosun.fuel")


def test_a_pair_and_a_metric_that_are_named_in_full_are_what_is_meant(ferries: Compiled) -> None:
    given = claim(Form.PERCENT, said("24.6", "percent"), NOISE, sign="up", relation="more")
    given.comparands = (Choice((BOSUN,), 0.0, "named after the phrase"),)
    assert read(given, ferries) is None


def test_a_percentage_that_no_metric_gives_stays_wrong(ferries: Compiled) -> None:
    assert read(claim(Form.PERCENT, said("31.7", "percent"), NOISE, sign="up", relation="more"), ferries) is None


def test_a_gap_is_never_read_backwards(ferries: Compiled) -> None:
    # The Aurelia burns 24.6 % more than the Bosun, the Bosun 19.7 % less: "19.7 % more" is a wrong direction.
    assert read(claim(Form.PERCENT, said("19.7", "percent"), FUEL, sign="up", relation="more"), ferries) is None


def test_a_vague_figure_could_be_anything(ferries: Compiled) -> None:
    about = said("25", "percent", Hedge.ABOUT)
    assert read(claim(Form.PERCENT, about, NOISE, sign="up", relation="more"), ferries) is None


def test_a_ratio_between_two_metrics_of_one_thing(ferries: Compiled) -> None:
    # With a car it costs 96.20 / 24.40 = 3.94 times as much.
    found = read(claim(Form.RATIO, said("3.94", "ratio"), CARFARE, other=None, sign="up", relation="of"), ferries)
    assert found is not None
    assert found.outcome.evidence == ("aurelia.carfare", "aurelia.fare")


def test_a_figure_is_a_difference_where_the_words_compare(ferries: Compiled) -> None:
    stated = said("594", "kilocalorie")
    found = read(claim(Form.ABSOLUTE, stated, FUEL), ferries, APART)
    assert found is not None
    assert found.outcome.computation.startswith("3,012 - 2,418 = 594")


@pytest.mark.parametrize(("value", "label"), [("24.6", Label.CONTRADICTED), ("31.7", Label.SUPPORTED)])
def test_what_is_denied_of_the_near_metric_may_hold_in_no_other(ferries: Compiled, value: str, label: Label) -> None:
    # "Not 24.6 % more than the Bosun" is true of the noise and of nearly anything; of the fuel, which it means, it is false.
    given = claim(Form.PERCENT, said(value, "percent"), NOISE, sign="up", relation="more")
    given.positive = False
    assert judge(given, ferries).label is label


@pytest.mark.parametrize(("value", "asked"), [("29", ()), ("29", (Derivation("per"),)), ("30", (APART,))])
def test_a_round_figure_is_no_difference_by_itself(
    ferries: Compiled, value: str, asked: tuple[Derivation, ...]
) -> None:
    # 91 - 62 = 29 dB, but nothing says that two are compared; 30 is no gap at all.
    assert read(claim(Form.ABSOLUTE, said(value, "dB"), NOISE), ferries, *asked) is None


def test_two_fares_together(ferries: Compiled) -> None:
    found = read(claim(Form.ABSOLUTE, said("120.60", "EUR"), FARE, other=None), ferries, SUM)
    assert found is not None
    assert found.outcome.evidence == ("aurelia.fare", "aurelia.carfare")
    # Anything from 105 to 121 would do: two values tried are too many.
    assert read(claim(Form.ABSOLUTE, said("121", "EUR", Hedge.NEARLY), FARE, other=None), ferries, SUM) is None


def test_what_stands_in_another_cell_is_no_reading(ferries: Compiled) -> None:
    assert read(claim(Form.ABSOLUTE, said("6337", "kilocalorie"), FUEL), ferries, APART, SUM) is None


@pytest.mark.parametrize("denied", ["positive", "exclusive", "universal"])
def test_denials_and_quantifiers_are_not_reread(ferries: Compiled, denied: str) -> None:
    given = claim(Form.PERCENT, said("24.6", "percent"), NOISE, sign="up", relation="more")
    assert read(given, ferries) is not None
    setattr(given, denied, denied != "positive")
    assert read(given, ferries) is None
