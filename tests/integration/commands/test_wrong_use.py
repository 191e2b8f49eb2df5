"""What was typed wrongly is answered in one line that says what to do, with exit 2, and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.commands.conftest import Tiebreak
from tests.integration.pipeline.house import House

NAMES = ("run", "gather", "facts", "prompt", "runs")


@pytest.mark.parametrize("command", NAMES)
def test_an_unknown_comparison_is_answered_with_the_nearest(tiebreak: Tiebreak, command: str):
    said = tiebreak(command, "swift-vs-homly")
    assert said.code == 2
    assert "'swift-vs-homely'" in said.complaint


@pytest.mark.parametrize("command", NAMES)
def test_a_comparison_is_found_by_its_names_in_reverse(tiebreak: Tiebreak, command: str):
    assert tiebreak(command, "homely-vs-swift").code == 0


@pytest.mark.parametrize(
    "typed",
    [
        "nosuch",
        "run --nosuch",
        "run",
        "run --all swift-vs-homely",
        "run swift-vs-homely --max-cost much",
        "run swift-vs-homely --max-cost -1",
        "runs --limit -1",
        "runs --limit 99999999999999999999",
        "runs show zz",
        "costs --days 0",
        "costs --days 999999999",
        "costs --by moon",
        "metrics nosuch",
        "facts swift-vs-homely --history nosuch",
        "facts swift-vs-homely --since yesterday",
        "facts swift-vs-homely --since 2026-02-30",
        "facts swift-vs-homely --export /nowhere/at/all.csv",
        "facts swift-vs-homely --export .",
        "facts settle swft boil_time 100 --reason x",
        "facts settle swift nosuch 100 --reason x",
        "facts settle swift boil_time banana --reason x",
        "facts settle swift boil_time --reason x -- -100",
        "facts settle swift boil_time 100 --reason x --until 2020-01-01",
        "facts settle swift boil_time 100 --reason x --until never",
        "review show abc",
        "review show 0",
        "review show 99999999999999999999",
        "review show 7",
        "retract swift-vs-homely",
        "retract swift-vs-homely --reason x",
        "pause",
        "pause reading",
        "check",
        "check draft.md",
        "check draft.md --comparison swift-vs-homely",
        "check . --comparison swift-vs-homely",
        "check --cases nosuch.jsonl",
        "quantities cells nosuch.jsonl",
        "quantities prose .",
        "eval run --suite nosuch",
        "init .",
        "serve nosuch",
    ],
)
def test_wrong_use_is_one_line_and_exit_2(tiebreak: Tiebreak, typed: str):
    said = tiebreak(*typed.split())
    assert said.code == 2
    assert said.complaint
    assert said.out == ""


@pytest.mark.parametrize("typed", ["chek", "facts shwo", "review aprove 1"])
def test_a_mistyped_command_is_answered_with_the_nearest_or_as_a_name(tiebreak: Tiebreak, typed: str):
    said = tiebreak(*typed.split())
    assert said.code == 2
    assert "Did you mean" in said.complaint or "no comparison 'shwo'" in said.complaint


@pytest.mark.parametrize("group", ["review", "eval", "quantities"])
def test_a_group_without_a_command_shows_its_help_line_by_line(tiebreak: Tiebreak, group: str):
    said = tiebreak(group)
    assert said.code == 2
    assert said.out == ""
    lines = said.err.splitlines()
    assert lines[0].startswith(f"Usage: tiebreak {group} ")
    assert "Commands:" in lines


def test_facts_without_a_name_lists_the_comparisons(tiebreak: Tiebreak):
    said = tiebreak("facts")
    assert said.code == 0
    assert "swift-vs-homely" in said.out


def test_a_fault_nobody_foresaw_is_one_line_too(tiebreak: Tiebreak, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("of all things")

    monkeypatch.setattr("flows.gather.metrics_table.rows", broken)
    said = tiebreak("metrics")
    assert said.code == 1
    assert "ZeroDivisionError: of all things" in said.complaint
    assert "--debug" in said.complaint


def test_debug_shows_the_traceback(tiebreak: Tiebreak, monkeypatch: pytest.MonkeyPatch):
    from flows.__main__ import main
    from flows.errors import UnknownName

    with pytest.raises(UnknownName):
        main(["--debug", "facts", "nosuch"])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"Swift boils in \xff\xfe.", "UTF-8"),
        (b"\0\0\0", "NUL"),
    ],
)
def test_a_draft_that_is_no_text_is_refused(tiebreak: Tiebreak, tmp_path: Path, content: bytes, why: str):
    (tmp_path / "draft.md").write_bytes(content)
    from_file = tiebreak("check", "draft.md", "--comparison", "swift-vs-homely")
    from_pipe = tiebreak("check", "-", "--comparison", "swift-vs-homely", stdin=content)
    assert (from_file.code, from_pipe.code) == (2, 2)
    assert why in from_file.complaint
    assert why in from_pipe.complaint


@pytest.mark.parametrize(
    ("file", "content", "where"),
    [
        ("categories/kettles.yaml", b"", "kettles.yaml"),
        ("categories/kettles.yaml", b"metrics: [\n {", "kettles.yaml:"),
        ("categories/kettles.yaml", bytes(range(128, 256)), "kettles.yaml:1"),
        ("observations/leaflets.csv", b"", "leaflets.csv"),
        ("observations/leaflets.csv", b"entity,attribute,raw,source\nswift,boil", "leaflets.csv:2"),
        ("observations/leaflets.csv", b"entity,attribute,raw,source\nswift,Colour,red,leaflets\n", "leaflets.csv:2"),
        ("observations/leaflets.csv", b"\xff\xfe\x00", "leaflets.csv:1"),
        ("policy.yaml", b"{{", "policy.yaml"),
        ("policy.yaml", b"nosuch: 1", "policy.yaml: nosuch: no such key"),
        ("policy.yaml", b"repairs: \xff", "policy.yaml is not UTF-8 (byte 9): save it as UTF-8"),
        ("lexicon.yaml", b"{{", "lexicon.yaml is no YAML"),
        ("lexicon.yaml", b"\xff", "lexicon.yaml is not UTF-8"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_nothing_is_written(
    tiebreak: Tiebreak, house: House, file: str, content: bytes, where: str
):
    (house.data / file).write_bytes(content)
    said = tiebreak("run", "swift-vs-homely")
    assert said.code == 2
    assert where in said.complaint
    assert not (house.folder / "site").exists()


@pytest.mark.parametrize(
    "file",
    ["categories/more.yaml", "observations/more.csv", "sources.yaml", "policy.yaml", "lexicon.yaml", "models.yaml"],
)
def test_a_folder_in_the_place_of_a_file_is_named(
    tiebreak: Tiebreak, house: House, monkeypatch: pytest.MonkeyPatch, file: str
):
    monkeypatch.setenv("TIEBREAK_MODEL", "m")
    monkeypatch.setenv("TIEBREAK_MODEL_URL", "http://127.0.0.1:9/v1")
    (house.data / file).mkdir()
    said = tiebreak("run", "swift-vs-homely")
    assert said.code == 2
    assert f"{file}" in said.complaint
    assert "remove it" in said.complaint


@pytest.mark.parametrize("content", [b"", b"models: [", b"models: \xff", b"hello: world"])
def test_a_file_of_models_that_is_none_is_named_or_says_nothing(
    tiebreak: Tiebreak, house: House, monkeypatch: pytest.MonkeyPatch, content: bytes
):
    monkeypatch.setenv("TIEBREAK_MODEL", "m")
    monkeypatch.setenv("TIEBREAK_MODEL_URL", "http://127.0.0.1:9/v1")
    (house.data / "models.yaml").write_bytes(content)
    said = tiebreak("prompt", "swift-vs-homely")
    assert said.code == (2 if content else 0)
    assert not content or "models.yaml" in said.complaint


@pytest.mark.parametrize("file", ["policy.yaml", "lexicon.yaml"])
def test_doctor_finds_what_a_run_would_stop_at(tiebreak: Tiebreak, house: House, file: str):
    (house.data / file).write_text("nosuch: 1\n")
    said = tiebreak("doctor", "--offline")
    assert said.code == 1
    assert file in said.out


def test_a_suite_that_grades_other_comparisons_says_so(tiebreak: Tiebreak):
    said = tiebreak("eval", "run")
    assert said.code == 2
    assert "'small' grades" in said.complaint
    assert "TIEBREAK_DATA" in said.complaint


def test_a_metric_without_a_unit_is_named(tiebreak: Tiebreak, house: House):
    file = house.data / "categories" / "kettles.yaml"
    file.write_text(file.read_text().replace("unit: s, ", ""))
    said = tiebreak("run", "swift-vs-homely")
    assert said.code == 2
    assert "boil_time" in said.complaint
    assert "unit" in said.complaint


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("TIEBREAK_MODEL_ATTEMPTS", "many"),
        ("TIEBREAK_MODEL_ATTEMPTS", "-1"),
        ("TIEBREAK_SITE_URL", "ftp://x"),
        ("TIEBREAK_DATA", "/nowhere"),
    ],
)
def test_a_wrong_setting_is_named(tiebreak: Tiebreak, monkeypatch: pytest.MonkeyPatch, variable: str, value: str):
    monkeypatch.setenv(variable, value)
    said = tiebreak("run", "swift-vs-homely")
    assert said.code == 2
    assert variable in said.complaint or value in said.complaint


@pytest.mark.parametrize("command", ["check --cases", "quantities cells", "quantities prose"])
def test_an_empty_file_of_lines_is_said(tiebreak: Tiebreak, tmp_path: Path, command: str):
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    said = tiebreak(*command.split(), str(empty))
    assert (said.code, said.out) == (2, "")
    assert said.complaint == f"tiebreak: {empty} is empty: there is nothing to read"
