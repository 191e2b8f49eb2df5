"""JSON Lines in, JSON Lines out: one answer a line, in order, whatever stands in a line."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from typing import TypedDict

import pytest

from flows.check.cases import answer_lines
from schemas.checking import Decision, Label


class Entity(TypedDict):
    id: str
    name: str
    aliases: list[str]


class Fact(TypedDict, total=False):
    id: str
    entity: str
    metric: str
    value: str | None
    context: str


class AnsweredClaim(TypedDict):
    start: int
    end: int
    text: str
    status: str
    kind: str
    evidence: list[str]
    computation: str
    reason: str


class Answer(TypedDict, total=False):
    id: str
    decision: str
    claims: list[AnsweredClaim]
    unchecked: list[dict[str, object]]
    line: int
    error: str


LATENCY = {
    "id": "latency",
    "name": "Latency",
    "aliases": [],
    "unit": "ms",
    "direction": "lower_is_better",
    "kind": "quantity",
}
ORVANE: Entity = {"id": "orvane", "name": "Orvane", "aliases": []}
PELKOT: Entity = {"id": "pelkot", "name": "Pelkot", "aliases": []}
FACTS: list[Fact] = [
    {"id": "f1", "entity": "orvane", "metric": "latency", "value": "20 ms"},
    {"id": "f2", "entity": "pelkot", "metric": "latency", "value": "50 ms"},
]


def line(text: str = "Orvane's latency is 20 ms.", **changes: object) -> str:
    case = {"id": "a", "entities": [ORVANE, PELKOT], "metrics": [LATENCY], "facts": FACTS, "text": text}
    return json.dumps(case | changes)


def answer(case: str) -> Answer:
    (found,) = answer_lines([case])
    result: Answer = json.loads(found)
    return result


def test_an_answer_carries_the_keys_of_the_contract() -> None:
    found = answer(line("Orvane's latency is 20 ms, Pelkot's is 70 ms."))
    assert list(found) == ["id", "decision", "claims"]
    assert found["id"] == "a"
    assert found["decision"] == "reject"
    assert [claim["status"] for claim in found["claims"]] == ["supported", "contradicted"]
    for claim in found["claims"]:
        assert set(claim) == {"start", "end", "text", "status", "kind", "evidence", "computation", "reason"}
    assert found["claims"][0]["evidence"] == ["f1"]


def test_spans_count_characters_and_not_bytes() -> None:
    text = "Größe 🚀 aside, Orvane's latency is 20 ms."
    (claim,) = answer(line(text))["claims"]
    assert text[claim["start"] : claim["end"]] == claim["text"] == "20 ms"


def test_answers_come_one_by_one_while_the_cases_are_still_being_made() -> None:
    made: list[int] = []

    def cases() -> Iterator[str]:
        for number in range(10_000):
            made.append(number)
            yield line("Hello.", id=str(number), facts=[])

    answers = answer_lines(cases())
    for number in range(20):
        assert json.loads(next(answers))["id"] == str(number)
        assert len(made) == number + 1


def test_memory_does_not_grow_with_the_number_of_cases() -> None:
    def cases(count: int) -> Iterator[str]:
        # A name and a text of its own for each case, so that what is kept for a case would be kept for all.
        return (
            line(
                f"Name{n}x's latency is {n} ms.",
                entities=[{"id": "orvane", "name": f"Name{n}x", "aliases": []}],
                facts=FACTS[:1],
            )
            for n in range(count)
        )

    for _ in answer_lines(cases(20)):
        pass
    tracemalloc.start()
    try:
        for _ in answer_lines(cases(30)):
            pass
        few, _peak = tracemalloc.get_traced_memory()
        for _ in answer_lines(cases(150)):
            pass
        many, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # Caches of words have a bound; a compiled case kept for each of 150 would be over 3 MB.
    assert many - few < 400_000


@pytest.mark.parametrize(
    ("malformed", "named"),
    [
        ("{", "JSON"),
        ("[]", "object"),
        ("null", "object"),
        ('"text"', "object"),
        ("{}", "entities"),
        (line(entities="none"), "entities"),
        (line(metrics=[LATENCY | {"direction": "sideways"}]), "metrics.0.direction"),
        (line(facts=[{"id": "f1", "entity": "orvane"}]), "facts.0.metric"),
        (line(facts=[FACTS[0] | {"value": 20}]), "facts.0.value"),
        (line(date="yesterday"), "date"),
        ('{"id": "\\ud800"}', ""),
    ],
)
def test_a_malformed_line_is_answered_in_its_place_with_what_is_wrong(malformed: str, named: str) -> None:
    answers = [json.loads(one) for one in answer_lines([line(id="first"), malformed, line(id="last")])]
    assert [one.get("id") for one in answers] == ["first", None, "last"]
    assert set(answers[1]) == {"line", "error"}
    assert answers[1]["line"] == 2
    assert named in answers[1]["error"]
    assert "\n" not in answers[1]["error"]


def test_empty_lines_are_passed_over_and_still_counted() -> None:
    answers = [json.loads(one) for one in answer_lines(["\n", "  \n", line(), "\r\n", "?"])]
    assert [one.get("id") for one in answers] == ["a", None]
    assert answers[1]["line"] == 5


def test_no_line_gives_no_answer() -> None:
    assert list(answer_lines([])) == []


def test_keys_that_the_checker_does_not_know_change_nothing() -> None:
    labelled = line(
        claims=[{"start": 0, "end": 3, "label": "contradicted"}],
        title="X",
        source={"path": None},
        entities=[ORVANE | {"logo": "x.svg"}, PELKOT],
    )
    assert answer(labelled) == answer(line())


def test_labels_that_a_case_brings_along_are_never_read() -> None:
    wrong = line(
        "Orvane's latency is 90 ms.", decision="publish", claims=[{"start": 20, "end": 25, "status": "supported"}]
    )
    assert answer(wrong)["decision"] == "reject"


def test_a_case_without_facts_supports_nothing() -> None:
    found = answer(line("Orvane's latency is 20 ms, faster than Pelkot.", facts=[]))
    assert found["decision"] == "review"
    assert found["claims"]
    assert {claim["status"] for claim in found["claims"]} == {"unverifiable"}
    assert all(claim["evidence"] == [] for claim in found["claims"])


def test_a_case_without_anything_is_answered() -> None:
    assert answer(line("", entities=[], metrics=[], facts=[])) == {"id": "a", "decision": "publish", "claims": []}


def test_a_case_of_one_entity_is_checked() -> None:
    found = answer(
        line(
            "Orvane's latency is 20 ms. It is the fastest. It is faster than the other.",
            entities=[ORVANE],
            facts=FACTS[:1],
        )
    )
    assert found["claims"][0]["status"] == "supported"
    assert found["decision"] != "publish"


def _many() -> tuple[list[Entity], list[Fact]]:
    """60 entities; number n takes n + 1 ms."""
    entities: list[Entity] = [
        {"id": f"e{n}", "name": f"Tool{chr(65 + n // 26)}{chr(65 + n % 26)}", "aliases": []} for n in range(60)
    ]
    facts: list[Fact] = [
        {"id": f"f{n}", "entity": f"e{n}", "metric": "latency", "value": f"{n + 1} ms"} for n in range(60)
    ]
    return entities, facts


def test_a_case_of_60_entities_is_checked() -> None:
    entities, facts = _many()
    text = "ToolAA's latency is 1 ms, the lowest of the 60. ToolCH's latency is 60 ms, 60 times ToolAA's. ToolAB's latency is 60 ms."
    found = answer(line(text, entities=entities, facts=facts))
    assert [claim["status"] for claim in found["claims"]] == ["supported"] * 4 + ["contradicted"]


def test_two_cases_of_one_id_are_both_answered() -> None:
    answers = [json.loads(one) for one in answer_lines([line(), line("Orvane's latency is 90 ms.")])]
    assert [(one["id"], one["decision"]) for one in answers] == [("a", "publish"), ("a", "reject")]


def test_two_facts_of_one_id_are_both_evidence_for_what_they_say() -> None:
    facts = [FACTS[0], FACTS[1] | {"id": "f1"}]
    found = answer(line("Orvane's latency is 20 ms, Pelkot's latency is 50 ms.", facts=facts))
    assert [claim["evidence"] for claim in found["claims"]] == [["f1"], ["f1"]]


def test_facts_of_unknown_entities_and_metrics_support_nothing() -> None:
    stray = [
        {"id": "s1", "entity": "nobody", "metric": "latency", "value": "90 ms"},
        {"id": "s2", "entity": "orvane", "metric": "weight", "value": "90 ms"},
    ]
    found = answer(line("Orvane's latency is 90 ms.", facts=[*FACTS, *stray]))
    assert found["decision"] == "reject"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "-",
        "—",
        " ",
        "?",
        "n/a",
        "see note",
        "∞",
        "\u0000",
        "x" * 100_000,
        "1" * 5_000,
        "20 ms\n30 ms",
        "<b>20</b>",
        "1e400",
    ],
)
def test_a_value_that_says_nothing_or_something_else_never_supports_a_number(value: str | None) -> None:
    found = answer(line("Orvane's latency is 21.7 ms.", facts=[FACTS[0] | {"value": value}, FACTS[1]]))
    assert found["decision"] != "publish"
    assert [claim["status"] for claim in found["claims"] if "21.7" in claim["text"]] != ["supported"]
    assert "failed" not in json.dumps(found.get("unchecked", []))


def test_evidence_is_always_a_fact_of_the_case_and_the_decision_follows_the_labels() -> None:
    texts = [
        "Orvane is faster than Pelkot: 20 ms against 50 ms, 2.5 times.",
        "Pelkot is faster.",
        "Both stay under 60 ms, and neither needs more than 1 GB of memory.",
        "Orvane is the most popular.",
        "Orvane is nice.",
    ]
    expected = {"supported": Decision.PUBLISH, "unverifiable": Decision.REVIEW, "contradicted": Decision.REJECT}
    seen = set()
    for text in texts:
        found = answer(line(text))
        statuses = [claim["status"] for claim in found["claims"]]
        worst = max(statuses, key=list(expected).index, default="supported")
        assert found["decision"] == expected[worst].value, text
        assert {fact for claim in found["claims"] for fact in claim["evidence"]} <= {"f1", "f2"}
        assert all(claim["evidence"] for claim in found["claims"] if claim["status"] == "supported")
        assert all(claim["computation"] or claim["reason"] for claim in found["claims"])
        seen |= set(statuses)
    assert seen == {label.value for label in Label}


def test_a_disputed_fact_supports_nothing() -> None:
    found = answer(line("Orvane's latency is 20 ms.", facts=[FACTS[0] | {"disputed": True}, FACTS[1]]))
    assert [claim["status"] for claim in found["claims"]] == ["unverifiable"]


def test_two_facts_that_contradict_each_other_support_neither_value() -> None:
    both = [FACTS[0], FACTS[0] | {"id": "f3", "value": "40 ms"}, FACTS[1]]
    for value in ("20 ms", "40 ms", "30 ms"):
        found = answer(line(f"Orvane's latency is {value}.", facts=both))
        assert [claim["status"] for claim in found["claims"]] == ["unverifiable"], value
        assert found["decision"] == "review"


@pytest.mark.parametrize(
    "text",
    [
        "Orvane takes 90 ms to answer",
        "Orvane: 90 ms latency",
        "## Orvane takes 90 ms",
        "Pelkot beats Orvane on latency",
        "The fastest: Pelkot",
        "7x faster than Pelkot",
    ],
)
def test_a_line_that_looks_like_a_heading_is_held_to_its_figures_and_orders(text: str) -> None:
    assert answer(line(f"{text}\n\nBoth are fine."))["decision"] != "publish"


@pytest.mark.parametrize(
    "text",
    [
        "Verdict",
        "## Orvane vs Pelkot",
        "**Which is faster?**",
        "Best for speed",
        "Pros of Orvane",
    ],
)
def test_a_title_obliges_nothing(text: str) -> None:
    assert answer(line(f"{text}\n\nBoth are fine."))["decision"] == "publish"
