"""Standard streams that end early, are missing, full, or no terminal: as processes of their own, for only they have them."""

from __future__ import annotations

import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import suppress
from fcntl import ioctl
from pathlib import Path

import pytest

from tests.integration.pipeline.house import House

TIEBREAK = [sys.executable, "-W", "error", "-m", "flows"]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def environment(house: House) -> dict[str, str]:
    """The variables of `house`, with the checkout importable from anywhere."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_reader_that_goes_away_early_is_no_error(environment: dict[str, str]):
    # More than a pipe holds, so that the writer meets the closed end.
    lines = '{"raw": "12 ms"}\n' * 5000
    with subprocess.Popen(
        [*TIEBREAK, "quantities", "cells", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(lines)
        with suppress(BrokenPipeError):
            process.stdin.close()
        said = process.stderr.read()
        assert process.wait(30) == 0
    assert said == ""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_missing_stream_is_no_traceback(environment: dict[str, str], closed: str):
    command = f"{' '.join(TIEBREAK)} facts --json {closed}"
    done = subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_full_disk_behind_standard_output_is_one_line(environment: dict[str, str]):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*TIEBREAK, "facts", "--json"], env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr == "tiebreak: No space left on device: make room and run it again\n"


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What a shell starts in the background is deaf to Ctrl-C, and so are its children: these tests may be among them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_control_c_is_one_line_and_130(environment: dict[str, str]):
    # Standard input stays open: the command waits for its first line.
    with subprocess.Popen(
        [*TIEBREAK, "quantities", "cells", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write('{"raw": "1 ms"}\n')
        process.stdin.flush()
        # Reading blocks until the first answers are flushed, which is at the end: give it the time to start instead.
        deadline = time.monotonic() + 20
        while "quantities" not in _modules(process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _out, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.startswith("tiebreak: stopped")
    assert said.count("\n") == 1


def _modules(pid: int) -> str:
    """What a process is blocked in tells whether it has started: it waits for input in a pipe."""
    waiting = Path(f"/proc/{pid}/wchan").read_text(encoding="utf-8")
    return "quantities" if "pipe" in waiting else waiting


@pytest.mark.parametrize("width", [60, 80, 200])
def test_tables_keep_within_a_terminal(environment: dict[str, str], width: int):
    shown = on_a_terminal(["facts", "swift-vs-homely"], width, environment)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    lines = [line.rpartition("\r")[2] for line in plain.replace("\r\n", "\n").split("\n")]
    assert max(len(line) for line in lines if "note:" not in line) <= width
    assert any(line.startswith("Boil time") for line in lines)


def test_no_colour_where_none_is_wanted(environment: dict[str, str]):
    shown = on_a_terminal(["facts", "swift-vs-homely"], 80, {**environment, "NO_COLOR": "1"})
    # 30 to 37 are the colours; bold stays.
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", shown)


def on_a_terminal(arguments: list[str], width: int, environment: dict[str, str]) -> str:
    """What a command shows on a terminal of that width."""
    leader, follower = pty.openpty()
    ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    environment = {name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [*TIEBREAK, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env={**environment, "TERM": "xterm"},
    ) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
        assert process.wait(30) == 0
    os.close(leader)
    return shown.decode()
