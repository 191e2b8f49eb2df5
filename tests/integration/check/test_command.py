"""`tiebreak check --cases` as a process: a pipe in, a pipe out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.unit.check.test_contract import line


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows", "check", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)


def test_cases_from_a_pipe_are_answered_and_the_exit_is_0_whatever_the_labels() -> None:
    done = run("--cases", "-", given="\n".join([line(id="ok"), line("Orvane's latency is 90 ms.", id="wrong")]) + "\n")
    assert done.returncode == 0, done.stderr
    assert [(one["id"], one["decision"]) for one in map(json.loads, done.stdout.splitlines())] == [
        ("ok", "publish"),
        ("wrong", "reject"),
    ]


def test_a_malformed_line_is_answered_in_its_place_and_the_exit_is_2(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join([line(id="first"), "{", "", line(id="last")]), encoding="utf-8")
    done = run("--cases", str(cases))
    assert done.returncode == 2
    answers = [json.loads(one) for one in done.stdout.splitlines()]
    assert [one.get("id", one.get("line")) for one in answers] == ["first", 2, "last"]
    assert "Traceback" not in done.stderr


def test_an_answer_comes_before_the_next_case_is_written() -> None:
    command = [sys.executable, "-m", "flows", "check", "--cases", "-"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(line(id=str(number)) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == str(number)
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_a_name_that_no_encoding_holds_and_bytes_that_are_no_text_do_not_end_the_stream() -> None:
    command = [sys.executable, "-m", "flows", "check", "--cases", "-"]
    given = b'{"id": "\xff\xfe"\n' + line("Größe 🚀: Orvane's latency is 20 ms.", id="last").encode() + b"\n"
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    answers = [json.loads(one) for one in done.stdout.decode().splitlines()]
    assert done.returncode == 2
    assert ["error" in answers[0], answers[1]["id"]] == [True, "last"]
