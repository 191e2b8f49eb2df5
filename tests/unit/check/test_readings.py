"""How far from its best link an order may be read: the metric and the comparand somewhat, who it is about not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.check import compile_case
from flows.check.judge import judge
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label
from tests.unit.check.sentences import load

TRAINS = compile_case(load(Path(__file__).with_name("orders.txt"))[0].case)
METRIC = {card.metric.id: card.number for card in TRAINS.metrics}
VELA, CORSO, NORDLYS, TAMAR = range(4)


def slower(than: int, *metrics: tuple[str, float], **changed: object) -> TypedClaim:
    """ "Tamar is slower than ...", where the words speak of these metrics at these costs."""
    claim = TypedClaim(
        Form.COMPARISON,
        0,
        1,
        subjects=(Choice((TAMAR,), 0.0, "subject"),),
        comparands=(Choice((than,), 0.0, "named"),),
        metrics=tuple(MetricChoice(METRIC[name], cost, "adjective") for name, cost in metrics),
        sign="up",
    )
    for name, value in changed.items():
        setattr(claim, name, value)
    return claim


@pytest.mark.parametrize(("cost", "label"), [(0.45, Label.SUPPORTED), (0.55, Label.CONTRADICTED)])
def test_an_order_holds_by_another_metric_that_its_words_may_mean(cost: float, label: Label) -> None:
    # Tamar's delay is shorter than Vela's, its journey longer.
    assert judge(slower(VELA, ("delay", 0.0), ("journey", cost)), TRAINS).label is label


def test_an_order_that_no_reading_carries_is_contradicted() -> None:
    assert judge(slower(NORDLYS, ("delay", 0.0), ("journey", 0.1)), TRAINS).label is Label.CONTRADICTED


def test_a_denied_order_is_not_held_against_the_farther_metric() -> None:
    # "Not slower than Vela": true of the delay, and the journey 0.45 away must not make it false.
    claim = slower(VELA, ("delay", 0.0), ("journey", 0.45), positive=False)
    assert judge(claim, TRAINS).label is Label.SUPPORTED


def test_who_an_order_is_about_stays_strict_unless_nobody_is_named() -> None:
    others = (Choice((TAMAR,), 0.0, "subject"), Choice((CORSO,), 0.4, "named before"))
    claim = slower(VELA, ("speed", 0.0), subjects=others)
    assert judge(claim, TRAINS).label is Label.CONTRADICTED
    claim = slower(VELA, ("speed", 0.0), subjects=others, lenient=True)
    assert judge(claim, TRAINS).label is Label.SUPPORTED
