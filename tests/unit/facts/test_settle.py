from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from flows.errors import InputError
from flows.facts.settle import NOTHING, settlement
from schemas.catalogue import Metric, MetricKind, Tier
from schemas.facts import Observation
from schemas.quantity import Kind

from .builders import LATENCY, READ_AT, metric


def settle(raw: str, of: Metric = LATENCY, **fields: object) -> Observation:
    given: dict = {"entity": "alpha", "metric": of, "raw": raw, "reason": "measured", "author": "ann", "at": READ_AT}
    return settlement(**(given | fields))


def test_a_settlement_is_an_observation_of_the_highest_tier_with_reason_author_and_end() -> None:
    made = settle("12 ms", expires=date(2026, 12, 31))
    assert (made.source, made.tier, made.reason, made.author) == ("editor", Tier.EDITOR, "measured", "ann")
    assert (made.expires, made.as_of) == (date(2026, 12, 31), READ_AT.date())


def test_two_settlements_of_one_value_for_two_reasons_are_two() -> None:
    assert settle("12 ms").id != settle("12 ms", reason="vendor confirmed").id


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"raw": "12 ms", "reason": " "}, "reason"),
        ({"raw": "12 ms", "author": ""}, "author"),
        ({"raw": "12 ms", "expires": date(2026, 5, 31)}, "cannot end"),
        ({"raw": "fast"}, "no value of metric 'latency'"),
        ({"raw": "12 MB"}, "no value of metric 'latency'"),
        ({"raw": "-12 ms"}, "less than nothing"),
        ({"raw": "-5 to 12 ms"}, "less than nothing"),
        ({"raw": "maybe", "of": metric("plugins", None, kind=MetricKind.BOOLEAN)}, "boolean"),
        ({"raw": "soon", "of": metric("release", None, kind=MetricKind.DATE)}, "date"),
    ],
)
def test_a_settlement_that_settles_nothing_is_refused(fields: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        settle(**fields)


@pytest.mark.parametrize(("unit", "raw"), [("°C", "-20 °C"), ("percent", "-3%"), ("dB", "-6 dB"), ("USD", "-$5")])
def test_what_can_be_less_than_nothing_may_be_settled_so(unit: str, raw: str) -> None:
    assert settle(raw, metric("change", unit)).quantity.low < 0


def test_the_least_plausible_value_decides_before_the_unit() -> None:
    with pytest.raises(InputError, match="less than nothing"):
        settle("-3%", metric("share", "percent", plausible_min=Decimal(0)))
    assert settle("-3 ms", metric("drift", "ms", plausible_min=Decimal(-10))).quantity.is_numeric


def test_an_editor_may_settle_on_nothing() -> None:
    assert settle(NOTHING).quantity.kind is Kind.MISSING
