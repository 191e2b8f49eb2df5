import pytest

from flows.references import lookup, referable, table
from schemas.facts import FactStatus
from tests.unit.references.sheets import RATIO, SHEET, THROUGHPUT, fact, sheet


def test_the_table_holds_the_exact_text_of_every_valid_reference() -> None:
    assert table(SHEET) == {
        "flask.throughput": "2,500 req/s",
        "fastapi.throughput": "12,000 req/s",
        "fastapi.latency": "8 ms",
        "throughput.ratio": "4.8x",
    }


@pytest.mark.parametrize("status", [FactStatus.DISPUTED, FactStatus.STALE, FactStatus.MISSING])
def test_what_is_not_firm_is_not_referable(status: FactStatus) -> None:
    assert table(sheet(fact("flask", "stars", "68,000", "68000", status=status))) == {}


def test_values_in_two_contexts_have_no_one_text() -> None:
    assert ("flask", "latency") not in referable(SHEET)
    assert ("fastapi", "latency") in referable(SHEET)


def test_a_derivation_falls_with_any_of_its_facts() -> None:
    flask, fastapi = THROUGHPUT
    stale = fastapi.model_copy(update={"status": FactStatus.STALE})
    assert "throughput.ratio" not in table(sheet(flask, stale, derivations=(RATIO,)))


def test_a_reference_names_the_facts_that_it_rests_on() -> None:
    assert lookup(SHEET)["throughput.ratio"].facts == ("flask.throughput", "fastapi.throughput")


@pytest.mark.parametrize(
    "display", ["{{ a.b }}", "{% raw %}", "two\nlines", "a\x00b", "\u202etrap", "x" * 161, "   ", "zero\u200bwidth"]
)
def test_a_hostile_value_is_not_printed(display: str) -> None:
    assert table(sheet(fact("flask", "orm", display))) == {}
