from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from flows.facts.hashes import canonical_json, digest
from flows.facts.materiality import materiality_class
from schemas.catalogue import MetricKind
from schemas.facts import FactSheet

from .builders import MIRROR, OFFICIAL, READ_AT, TODAY, metric, seen, sheet


def pair(a: str = "12 ms", b: str = "30 ms", **fields: object) -> FactSheet:
    return sheet(seen(a, **fields), seen(b, "beta", **fields))


def test_canonical_json_has_one_spelling() -> None:
    assert canonical_json({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}'
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})


def test_the_sheet_hash_knows_no_ids_times_or_spellings() -> None:
    later = pair("0.012 s", "30 ms", retrieved_at=READ_AT + timedelta(days=9), source=OFFICIAL, attribute="Lag")
    assert later.sheet_hash == pair().sheet_hash


@pytest.mark.parametrize("raw", ["13 ms", "~12 ms", "12+ ms", "12-13 ms"])
def test_the_sheet_hash_changes_with_value_hedge_and_bound(raw: str) -> None:
    assert pair(raw).sheet_hash != pair().sheet_hash


def test_the_sheet_hash_changes_with_text() -> None:
    engine = metric("engine", None, kind=MetricKind.TEXT)
    one, other = (sheet(seen(raw, of=engine), metrics=[engine]).sheet_hash for raw in ("Jinja", "Mako"))
    assert one != other


def test_a_small_change_keeps_the_fingerprint_and_a_large_one_does_not() -> None:
    # 10 % is the materiality of the metric; 12.1 and 12 fall into one class, 15 into another
    assert pair("12.1 ms").fingerprint == pair("12 ms").fingerprint
    assert pair("12.1 ms").sheet_hash != pair("12 ms").sheet_hash
    assert pair("15 ms").fingerprint != pair("12 ms").fingerprint


def test_the_fingerprint_changes_when_the_winner_does() -> None:
    # 12.4 and 12.6 lie in one class and inside the noise band of 3 %; 12.1 is better than 12.6 by more
    assert pair("12.4 ms", "12.6 ms").fingerprint != pair("12.1 ms", "12.6 ms").fingerprint


def test_a_second_source_that_agrees_changes_the_sheet_hash_but_not_the_fingerprint() -> None:
    one = sheet(seen("12 ms", source=OFFICIAL))
    two = sheet(seen("12 ms", source=OFFICIAL), seen("12 ms", source=MIRROR))
    assert one.fingerprint == two.fingerprint
    assert one.sheet_hash != two.sheet_hash


def test_a_fact_that_goes_stale_changes_the_fingerprint() -> None:
    old = seen("12 ms", as_of=date(2026, 1, 1))
    assert sheet(old, today=TODAY).fingerprint != sheet(old, today=date(2028, 1, 1)).fingerprint


def test_materiality_classes_are_steps_of_a_logarithmic_scale() -> None:
    tenth = Decimal("0.1")
    # 1.1 ** 5 = 1.61051: that value begins the fifth step
    assert materiality_class(Decimal("1.61051"), tenth) == "c5"
    assert materiality_class(Decimal("1.6105"), tenth) == "c4"
    assert materiality_class(Decimal("-1.61051"), tenth) == "-c5"
    assert materiality_class(Decimal(0), tenth) == "0"


def test_without_a_materiality_every_value_is_its_own_class() -> None:
    assert materiality_class(Decimal("1.50"), Decimal(0)) == materiality_class(Decimal("1.5"), Decimal(0)) == "1.5"
