"""JSON Lines in, JSON Lines out."""

from __future__ import annotations

import json

import pytest

from flows.quantities.lines import Tally, cells_lines, prose_lines


def test_a_cell_is_answered_with_the_keys_of_the_contract() -> None:
    (answer,) = cells_lines(['{"raw": "~7 minutes (cold)", "metric_unit": "hours"}'])

    assert json.loads(answer) == {
        "raw": "~7 minutes (cold)",
        "kind": "quantity",
        "low": 420,
        "high": 420,
        "unit": "s",
        "approx": True,
        "bound": None,
        "qualifier": "cold",
        "unit_conflict": True,
    }
    assert '"low": 420,' in answer  # a whole number without a point


def test_a_text_is_answered_with_its_numeric_quantities() -> None:
    (answer,) = prose_lines(['{"text": "In 2018 it took over 0.5 s."}'])

    assert json.loads(answer) == {
        "text": "In 2018 it took over 0.5 s.",
        "quantities": [
            {"start": 21, "end": 26, "low": 0.5, "high": 0.5, "unit": "s", "approx": False, "bound": "at_least"}
        ],
    }


@pytest.mark.parametrize(
    "line", ["{", "[]", "null", "5", '{"raw": 5}', "{}", '{"raw": "5", "metric_unit": 3}', "[" * 100_000, "\x00"]
)
def test_a_malformed_line_is_answered_in_its_place_and_counted(line: str) -> None:
    tally = Tally()
    answers = [json.loads(a) for a in cells_lines(['{"raw": "5 ms"}', line, '{"raw": "6 ms"}'], tally)]

    assert [a.get("low") for a in answers] == [0.005, None, 0.006]
    assert answers[1]["line"] == 2
    assert answers[1]["error"]
    assert (tally.answered, tally.malformed) == (2, 1)


def test_blank_lines_are_skipped_ids_are_handed_back_and_null_is_missing() -> None:
    answers = [json.loads(a) for a in cells_lines(["", '{"id": "a", "raw": null}', "  \n"])]

    assert [(a["id"], a["kind"]) for a in answers] == [("a", "missing")]


def test_a_lone_surrogate_can_be_written_to_a_stream() -> None:
    (answer,) = prose_lines(['{"text": "5 ms \\ud800"}'])

    answer.encode("utf-8")


def test_answers_are_given_while_lines_still_come() -> None:
    def lines() -> object:
        yield '{"raw": "1"}'
        raise AssertionError("the second line was asked for too early")

    assert json.loads(next(cells_lines(lines())))["low"] == 1  # type: ignore[arg-type]  # a generator is an iterable
