"""The corpus: marks become spans and labels, twins lose their errors, parts stay apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.corpus import check_corpus, load_cases, main, parse_source, problems, read_source
from evals.marks import Case, CorpusError, Json

FRONT = """title: "Two tents"
category: outdoor
date: 2025-06-01
invented: true
metrics:
  weight: kg, lower; Weight; heft, mass
  doors: higher; Doors
  steam: bool; Steam
facts: |
  | weight | doors | steam
  fell = Fell 2, the Fell | 1.9 kg | 2 @ inner tent ;; 3 @ fly | Yes
  wisp = Wisp | 0.84 kg | — |
"""


def cases_of(tmp_path: Path, text: str) -> list[Case]:
    path = tmp_path / "tents.txt"
    path.write_text(f"{FRONT}%% case terse\n{text}\n", encoding="utf-8")
    return read_source(path, "develop")


def claims_of(case: Case) -> list[dict[str, Json]]:
    claims = case["claims"]
    assert isinstance(claims, list)
    return [claim for claim in claims if isinstance(claim, dict)]


def test_a_table_gives_entities_metrics_and_one_fact_a_filled_cell(tmp_path: Path) -> None:
    case = cases_of(tmp_path, "{{C:number|1.4 kg => 1.9 kg}}")[0]
    assert case["entities"] == [
        {"id": "fell", "name": "Fell 2", "aliases": ["the Fell"]},
        {"id": "wisp", "name": "Wisp", "aliases": []},
    ]
    assert case["metrics"] == [
        {
            "id": "weight",
            "name": "Weight",
            "aliases": ["heft", "mass"],
            "unit": "kg",
            "direction": "lower_is_better",
            "kind": "quantity",
        },
        {
            "id": "doors",
            "name": "Doors",
            "aliases": [],
            "unit": None,
            "direction": "higher_is_better",
            "kind": "quantity",
        },
        {"id": "steam", "name": "Steam", "aliases": [], "unit": None, "direction": "neutral", "kind": "boolean"},
    ]
    assert case["facts"] == [
        {"id": "fell.weight", "entity": "fell", "metric": "weight", "value": "1.9 kg"},
        {"id": "fell.doors", "entity": "fell", "metric": "doors", "value": "2", "context": "inner tent"},
        {"id": "fell.doors.2", "entity": "fell", "metric": "doors", "value": "3", "context": "fly"},
        {"id": "fell.steam", "entity": "fell", "metric": "steam", "value": "Yes"},
        {"id": "wisp.weight", "entity": "wisp", "metric": "weight", "value": "0.84 kg"},
        {"id": "wisp.doors", "entity": "wisp", "metric": "doors", "value": "—"},
    ]
    assert case["date"] == "2025-06-01"


def test_an_error_mark_is_wrong_in_the_faulty_case_and_supported_in_its_twin(tmp_path: Path) -> None:
    faulty, clean = cases_of(tmp_path, "The Fell {{C:number fell.weight|weighs 2.9 kg => weighs 1.9 kg ## a digit}}.")
    assert faulty["text"] == "The Fell weighs 2.9 kg."
    assert claims_of(faulty) == [
        {
            "start": 9,
            "end": 22,
            "text": "weighs 2.9 kg",
            "label": "contradicted",
            "facts": ["fell.weight"],
            "error": "number",
            "why": "a digit",
        }
    ]
    assert clean["text"] == "The Fell weighs 1.9 kg."
    assert [(claim["label"], claim["error"]) for claim in claims_of(clean)] == [("supported", None)]
    assert (faulty["twin"], clean["twin"]) == (clean["id"], faulty["id"])


def test_a_star_names_the_facts_of_every_entity_or_metric(tmp_path: Path) -> None:
    faulty = cases_of(tmp_path, "{{S *.weight fell.*|a}} {{C:number|b => c}}")[0]
    assert claims_of(faulty)[0]["facts"] == [
        "fell.weight",
        "wisp.weight",
        "fell.doors",
        "fell.doors.2",
        "fell.steam",
    ]


def test_a_named_cell_brings_all_its_facts_and_a_numbered_one_only_itself(tmp_path: Path) -> None:
    faulty = cases_of(tmp_path, "{{S fell.doors|a}} {{C:number fell.doors.2|b => c}}")[0]
    assert [claim["facts"] for claim in claims_of(faulty)] == [["fell.doors", "fell.doors.2"], ["fell.doors.2"]]


@pytest.mark.parametrize(
    ("marked", "clean"),
    [
        ("Light. {{U:unsupported|It is loved. => }} Small.", "Light. Small."),
        ("It is light{{U:unsupported|, and loved => }}.", "It is light."),
        ("It is light {{U:unsupported|and loved => }}.", "It is light."),
        ("{{U:unsupported|Loved by all. => }} It is light.", "It is light."),
        ("- light\n- {{U:unsupported|loved => }}\n- small", "- light\n- small"),
        ("- light\n- {{U:unsupported|loved => }}", "- light\n"),
        ("1. {{U:unsupported|loved => }}\n2. light", "2. light"),
    ],
)
def test_a_dropped_phrase_leaves_no_gap(tmp_path: Path, marked: str, clean: str) -> None:
    assert cases_of(tmp_path, marked)[1]["text"] == clean


def test_a_correction_in_taste_is_printed_without_a_label(tmp_path: Path) -> None:
    faulty, clean = cases_of(tmp_path, "It is {{U:unsupported|the most loved tent => ~a joy}}.")
    assert (clean["text"], claims_of(clean)) == ("It is a joy.", [])
    assert claims_of(faulty)[0]["label"] == "unverifiable"


def test_a_derived_claim_says_so_in_both_variants(tmp_path: Path) -> None:
    faulty, clean = cases_of(tmp_path, "{{S:derived|€10 a door}}, {{C:number:derived|€3 => €5}} {{C:unit|1 g => 1 kg}}")
    for case in (faulty, clean):
        assert [claim.get("derived") for claim in claims_of(case)] == [True, True, None]


def test_an_ignored_phrase_is_kept_apart_from_the_claims(tmp_path: Path) -> None:
    faulty = cases_of(tmp_path, "For {{I|ten days}} {{C:number|1 kg => 2 kg}}")[0]
    assert faulty["ignore"] == [{"start": 4, "end": 12}]
    assert len(claims_of(faulty)) == 1


@pytest.mark.parametrize(
    ("marked", "named"),
    [
        ("{{C|1 => 2}}", "needs an error"),
        ("{{S:number|1}}", "needs an error"),
        ("{{C:derived|1 => 2}}", "needs an error"),
        ("{{C:colour|1 => 2}}", "needs an error"),
        ("{{C:number|1}}", "wrong => right"),
        ("{{S|1 => 2}}", "bare phrase"),
        ("{{S fell.price|1}}", "no fact 'fell.price'"),
        ("{{S|1", "not closed"),
        ("{{X|1}}", "not closed"),
    ],
)
def test_a_mark_that_breaks_the_format_is_refused_with_its_place(tmp_path: Path, marked: str, named: str) -> None:
    with pytest.raises(CorpusError, match=named) as raised:
        cases_of(tmp_path, marked)
    assert "tents.txt, text 1" in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("  steam: bool; Steam\n", "", "columns"),
        ("| 1.9 kg |", "|", "cells"),
        ("weight: kg, lower;", "weight: kg, g;", "two units"),
        ("category: outdoor\n", "", "category"),
    ],
)
def test_a_table_that_does_not_fit_its_metrics_is_refused(old: str, new: str, named: str) -> None:
    assert old in FRONT
    with pytest.raises(CorpusError, match=named):
        parse_source(FRONT.replace(old, new) + "%% case terse\nText", "tents.txt")


def test_problems_are_seen_in_a_case(tmp_path: Path) -> None:
    faulty, clean = cases_of(tmp_path, "Five {{S|doo}}rs and {{S|a  gap}}.")
    assert [*problems(faulty)] == [
        "claim 'doo' is glued to its neighbour",
        "the faulty text has no error",
        "untidy near 'Five doors and a  gap.'",
    ]
    assert "the faulty text has no error" not in [*problems(clean)]


def test_the_whole_corpus_follows_its_format() -> None:
    assert [*check_corpus()] == []


def test_the_parts_share_no_source_and_no_table() -> None:
    tables: dict[str, str] = {}
    for part in ("develop", "look", "never"):
        for case in load_cases(part):
            table = json.dumps([case["entities"], case["metrics"]])
            assert tables.setdefault(table, part) == part


def test_an_unknown_part_is_refused_by_name() -> None:
    with pytest.raises(CorpusError, match="'test'"):
        load_cases("test")


@pytest.mark.parametrize(("flag", "variants"), [("--clean", {"clean"}), ("--faulty", {"faulty"})])
def test_the_command_writes_one_variant_as_json_lines(tmp_path: Path, flag: str, variants: set[str]) -> None:
    out = tmp_path / "cases.jsonl"
    assert main(["develop", flag, "--out", str(out)]) == 0
    cases = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {case["variant"] for case in cases} == variants
    assert len(cases) == len(load_cases("develop")) / 2


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = tmp_path / "none" / "cases.jsonl"
    assert main(["look", "--out", str(nowhere)]) == 1
    assert capsys.readouterr().err == f"corpus: {nowhere}: No such file or directory; name a file that can be written\n"
