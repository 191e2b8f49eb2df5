from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.facts.export import COLUMNS, facts_csv, guard, read_back, unguard
from flows.facts.observe import observe_row
from flows.facts.settle import settlement

from .builders import LATENCY, READ_AT, metric, registry, seen, sheet


@pytest.mark.parametrize("cell", ["=SUM(A1)", "+12", "-5 °C", "@cmd", "\t=1", "'=1"])
def test_a_cell_that_reads_as_a_formula_gets_an_apostrophe_and_loses_it_again(cell: str) -> None:
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell


@given(st.text(alphabet="'=+-@a1 \t", max_size=8))
def test_guarding_is_always_undone(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_ordinary_apostrophe_stays() -> None:
    assert guard("'twas") == unguard("'twas") == "'twas"


def test_an_exported_sheet_comes_back_as_the_same_observations() -> None:
    temperature = metric("temperature", "°C")
    given_ = [
        seen("-5 °C", of=temperature, context="os=linux; mode=idle", as_of=date(2026, 5, 1), url="https://example.com"),
        seen("12 ms", unit="ms", attribute="Lag, p50", shown_diff="+10%", shown_winner="beta", source_id="r7"),
        seen('9 "fast" ms', "beta", method="wrk"),
    ]
    found = sheet(*given_, metrics=[LATENCY, temperature])
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(facts_csv(found))
    assert "'-5 °C" in file.getvalue()
    file.seek(0)
    lag = LATENCY.model_copy(update={"aliases": ("Lag, p50",)})
    again = [observe_row(row, registry(lag, temperature), READ_AT) for row in read_back(csv.DictReader(file))]
    assert {one.id: one for one in again} == {one.id: one for one in given_}


def test_settlements_stay_in_the_store() -> None:
    choice = settlement(entity="alpha", metric=LATENCY, raw="12 ms", reason="measured", author="ann", at=READ_AT)
    assert facts_csv(sheet(choice)) == ()
