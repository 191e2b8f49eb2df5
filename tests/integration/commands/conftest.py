"""The command line in this process, on a small catalogue of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.__main__ import main
from tests.integration.pipeline.house import House


@dataclass(frozen=True)
class Said:
    """What a command did: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line of an error. Notes about sources are no part of it."""
        lines = [line for line in self.err.splitlines() if not line.strip().startswith("note:")]
        assert len(lines) == 1, f"not one line: {self.err!r}"
        assert lines[0].startswith("tiebreak: ")
        return lines[0]


Tiebreak = Callable[..., Said]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Kettles: `swift-vs-homely`. The settings point at it."""
    made = House(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIEBREAK_DATA", str(made.data))
    monkeypatch.setenv("TIEBREAK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TIEBREAK_SITE", str(tmp_path / "site"))
    monkeypatch.setenv("TIEBREAK_OFFLINE", "1")
    return made


@pytest.fixture
def tiebreak(house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tiebreak:
    """Run a command: `tiebreak("run", "swift-vs-homely")`. `stdin` is what it reads from standard input."""

    def run(*arguments: str, stdin: bytes = b"") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        said = capsys.readouterr()
        return Said(int(end.value.code or 0), said.out, said.err)

    return run
