import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from evals.candidates import Candidate
from evals.graders import GRADERS
from evals.report import table, to_json
from evals.runner import grade_suite
from evals.suite import Gate, Suite, load_suite, names
from flows.errors import InputError, UnknownName
from schemas.checking import Label
from tests.unit.draft.builtin_sheets import ALL
from tests.unit.evals.pages import drafted, report

SHEETS = {sheet.comparison.slug: sheet for sheet in ALL.values()}


def app(slugs: Sequence[str], /) -> Iterable[Candidate]:
    return (drafted(SHEETS[slug]) for slug in slugs)


def wrong(slugs: Sequence[str], /) -> Iterable[Candidate]:
    return (drafted(SHEETS[slug], report(Label.SUPPORTED, Label.CONTRADICTED)) for slug in slugs)


def suite(**gates: Gate) -> Suite:
    return Suite(name="t", about="", comparisons=("flask-vs-fastapi", "streamly-vs-cinebox"), gates=gates)


def test_a_suite_that_reaches_its_gates_passes() -> None:
    result = grade_suite(suite(grounded=Gate(mean=1, worst=1), decisive=Gate(mean=1)), app)
    assert result.passed
    assert [row.slug for row in result.rows] == ["flask-vs-fastapi", "streamly-vs-cinebox"]


def test_one_wrong_claim_fails_the_gate_and_is_named() -> None:
    result = grade_suite(suite(grounded=Gate(mean=1, worst=1)), wrong)
    assert not result.passed
    # 1 of 2 claims each
    assert result.failures[0] == "grounded: mean 0.50 is below 1.00"
    assert "flask-vs-fastapi has 0.50, below 1.00 (claim 1)" in result.failures[1]


def test_too_few_comparisons_categories_or_grades_fail() -> None:
    few = suite().model_copy(update={"min_comparisons": 3, "min_categories": 2, "overlap": 0.0})
    failures = grade_suite(few, app).failures
    assert [failure.split(",")[0] for failure in failures[:2]] == ["2 comparisons", "1 categories"]
    assert failures[2].startswith("overlap: median")


def test_nothing_to_grade_is_no_pass() -> None:
    empty = grade_suite(suite(grounded=Gate()), lambda slugs: (drafted(SHEETS[s], report()) for s in slugs))
    assert empty.failures == ("grounded: nothing to grade",)


def test_the_table_has_a_line_a_comparison_and_says_what_failed() -> None:
    result = grade_suite(suite(grounded=Gate(mean=1)), wrong)
    text = table(result)
    assert all(name in text.splitlines()[0] for name in GRADERS)
    assert "flask-vs-fastapi" in text
    assert "FAILED grounded" in text


def test_the_json_holds_the_same() -> None:
    content = json.loads(to_json(grade_suite(suite(), app)))
    assert content["passed"] is True
    assert {row["slug"] for row in content["comparisons"]} == {"flask-vs-fastapi", "streamly-vs-cinebox"}
    assert content["comparisons"][0]["grades"]["grounded"] == {"value": 1.0, "note": ""}


def test_the_small_suite_is_well_formed() -> None:
    small = load_suite("small")
    assert len(small.comparisons) >= max(10, small.min_comparisons)
    assert small.min_categories >= 3
    assert {"grounded", "direction", "decisive", "sides", "coverage", "readable", "length"} <= set(small.gates)


def test_an_unknown_suite_names_those_that_exist() -> None:
    with pytest.raises(UnknownName, match="small"):
        load_suite("huge")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: x\n", "bad.yaml: about"),
        ("name: [", "bad.yaml"),
        ("name: x\nabout: y\ncomparisons: [a-vs-b]\ngates: {shine: {mean: 1}}\n", "unknown grader 'shine'"),
        ("name: x\nabout: y\ncomparisons: [a-vs-b]\ngates: {grounded: {mean: 2}}\n", "gates.grounded.mean"),
    ],
)
def test_a_bad_suite_file_is_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        load_suite("bad", tmp_path)
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == ["bad"]
