from evals.carriers import carried
from evals.report import carrier_table
from tests.unit.draft.builtin_sheets import THROUGHPUT, compare


def test_every_reference_but_a_percentage_gets_a_sentence() -> None:
    checked = list(carried(compare("Flask", "FastAPI", THROUGHPUT)))
    assert [one.sentence for one in checked] == [
        "Flask's throughput is ~2,500 req/s.",
        "FastAPI's throughput is ~12,000 req/s.",
        "FastAPI's throughput is 4.8x Flask's.",
    ]


def test_the_table_counts_by_kind_and_shows_what_failed() -> None:
    checked = list(carried(compare("Flask", "FastAPI", THROUGHPUT)))
    lines = carrier_table(checked).splitlines()
    failed = [one for one in checked if not one.passed]
    assert lines[: len(failed)] == [f"{one.sentence}  {'; '.join(one.wrong) or 'no claim found'}" for one in failed]
    assert lines[-1].split() == [
        "ratio",
        str(sum(one.passed for one in checked if one.kind == "ratio")),
        "of",
        "1",
        "supported",
    ]
