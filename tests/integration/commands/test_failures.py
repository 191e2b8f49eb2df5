"""What fails outside: site, store, model. One line, exit 1, and what was there stays as it was."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.pipeline import run_one
from tests.integration.commands.conftest import Tiebreak
from tests.integration.pipeline.house import House
from tests.servers.scripted import scripted_server

SLUG = "swift-vs-homely"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_that_is_a_file_fails_and_is_left_alone(tiebreak: Tiebreak, tmp_path: Path):
    (tmp_path / "site").write_text("mine")
    said = tiebreak("run", SLUG)
    assert said.code == 1
    assert "site" in said.complaint
    assert (tmp_path / "site").read_text() == "mine"
    doctor = tiebreak("doctor", "--offline")
    assert doctor.code == 1
    assert "is a file, not a folder" in doctor.out


def test_a_run_whose_site_failed_publishes_when_it_is_run_again(tiebreak: Tiebreak, tmp_path: Path):
    (tmp_path / "site").write_text("in the way")
    assert tiebreak("run", SLUG).code == 1
    (tmp_path / "site").unlink()
    assert tiebreak("run", SLUG).code == 0
    assert (tmp_path / "site" / SLUG / "index.html").is_file()


def test_a_lost_page_is_written_again_by_run_and_by_publish(tiebreak: Tiebreak, tmp_path: Path):
    assert tiebreak("run", SLUG).code == 0
    before = files(tmp_path / "site")
    shutil.rmtree(tmp_path / "site")
    assert "unchanged" in tiebreak("run", SLUG).out
    assert files(tmp_path / "site").keys() == before.keys()
    shutil.rmtree(tmp_path / "site")
    assert "version 1 written" in tiebreak("publish").out
    assert files(tmp_path / "site").keys() == before.keys()
    assert tiebreak("publish").out == "nothing to release\n"


def test_an_export_into_a_full_disk_leaves_no_half_file(tiebreak: Tiebreak, tmp_path: Path):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    (tmp_path / "out.csv").symlink_to("/dev/full")
    said = tiebreak("facts", SLUG, "--export", "out.csv")
    assert said.code == 1
    assert "No space left" in said.complaint
    assert not list(tmp_path.glob(".out.csv*"))


def test_an_export_is_carried_back_into_a_catalogue(tiebreak: Tiebreak, house: House):
    before = tiebreak("facts", SLUG, "--csv").out
    assert tiebreak("facts", SLUG, "--export", str(house.data / "observations" / "leaflets.csv")).code == 0
    assert tiebreak("facts", SLUG, "--csv").out == before


def test_a_store_from_a_newer_version_is_refused(tiebreak: Tiebreak, tmp_path: Path):
    assert tiebreak("run", SLUG).code == 0
    connection = sqlite3.connect(tmp_path / "home" / "tiebreak.db")
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = tiebreak("run", SLUG)
    assert said.code == 1
    assert "upgrade Tiebreak" in said.complaint


@pytest.mark.parametrize("content", [b"no database " * 500, b""])
def test_a_store_that_is_no_database_is_refused_and_an_empty_one_filled(
    tiebreak: Tiebreak, tmp_path: Path, content: bytes
):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "tiebreak.db").write_bytes(content)
    said = tiebreak("run", SLUG)
    if content:
        assert said.code == 1
        assert "backup" in said.complaint
        assert (tmp_path / "home" / "tiebreak.db").read_bytes() == content
    else:
        assert said.code == 0


def test_a_home_that_is_a_file_is_named(tiebreak: Tiebreak, tmp_path: Path):
    (tmp_path / "home").write_text("mine")
    said = tiebreak("run", SLUG)
    assert said.code == 1
    assert "TIEBREAK_HOME" in said.complaint


def test_a_backup_into_a_folder_that_is_not_there_says_so(tiebreak: Tiebreak):
    said = tiebreak("db", "backup", "nowhere/copy.db")
    assert said.code == 1
    assert "there is no folder nowhere: make it" in said.complaint


@pytest.mark.parametrize("command", [("run", SLUG), ("review", "list"), ("db", "upgrade")])
def test_a_database_server_that_is_down_is_said_with_what_to_do(
    tiebreak: Tiebreak, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
):
    monkeypatch.setenv("TIEBREAK_DATABASE_URL", "postgresql://u:secret@127.0.0.1:9/x")
    said = tiebreak(*command)
    assert said.code == 1
    assert "is the server running, and is TIEBREAK_DATABASE_URL right?" in said.complaint
    assert "secret" not in said.complaint


def test_a_full_disk_is_named_by_the_file_that_was_asked_for(tiebreak: Tiebreak):
    said = tiebreak("facts", SLUG, "--export", "/dev/full")
    assert said.code == 1
    assert said.complaint == "tiebreak: /dev/full: No space left on device: make room and run it again"


def test_a_store_on_a_full_disk_fails_in_one_line_and_loses_nothing(house: House):
    # A bound on the size of files does to a process what a full disk does.
    with house.parts() as parts:
        asyncio.run(run_one(parts, parts.registry.comparison(SLUG)))
    page = house.folder / "site" / SLUG / "index.html"
    before = page.read_bytes()
    # At once, and amid the run: the index of the log takes 32,768 bytes, the log itself soon more than 40,000.
    for kept in (0, 40_000):
        done = limited(house, kept, "run", SLUG, "--redraft", "--offline")
        assert done.returncode == 1, done
        (line,) = [one for one in done.stderr.splitlines() if not one.strip().startswith("note:")]
        assert line.startswith("tiebreak: ")
        assert re.search(r"[Mm]ake room|free some space", line), line
    assert page.read_bytes() == before
    with house.parts() as parts:
        assert parts.store.publications.newest(SLUG) is not None


def test_a_backup_and_a_new_catalogue_on_a_full_disk_leave_nothing_behind(house: House):
    with house.parts() as parts:
        asyncio.run(run_one(parts, parts.registry.comparison(SLUG)))
    for bound, arguments in ((40_000, ("db", "backup", "copy.db")), (1_000, ("init", "mine"))):
        done = limited(house, bound, *arguments)
        assert done.returncode in (1, 2), done
        (line,) = done.stderr.splitlines()
        assert re.search(r"[Mm]ake room", line), line
        assert not (house.folder / arguments[-1]).exists()


def limited(house: House, file_bytes: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command whose process may write no file beyond so many bytes."""
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({file_bytes}, {file_bytes}));"
        "sys.argv[0] = 'tiebreak'; from flows.__main__ import main; main()"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TIEBREAK_DATA": str(house.data),
        "TIEBREAK_HOME": str(house.folder / "home"),
        "TIEBREAK_SITE": str(house.folder / "site"),
    }
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment, cwd=house.folder, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def test_a_backup_never_replaces_a_file(tiebreak: Tiebreak, tmp_path: Path):
    assert tiebreak("db", "backup", "copy.db").code == 0
    before = (tmp_path / "copy.db").read_bytes()
    said = tiebreak("db", "backup", "copy.db")
    assert said.code == 1
    assert "exists" in said.complaint
    assert (tmp_path / "copy.db").read_bytes() == before


@pytest.fixture
def endpoint() -> Iterator[str]:
    with scripted_server() as server:
        yield server.url


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ("html", "web page"),
        ("othershape", ""),
        ("badschema", "no usable verdict"),
        ("nosuch", "TIEBREAK_MODEL"),
        ("quota", "quota"),
    ],
)
def test_a_model_that_answers_badly_fails_the_run_and_keeps_the_page(
    tiebreak: Tiebreak, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endpoint: str, model: str, why: str
):
    assert tiebreak("run", SLUG).code == 0
    before = files(tmp_path / "site")
    monkeypatch.setenv("TIEBREAK_MODEL", model)
    monkeypatch.setenv("TIEBREAK_MODEL_URL", endpoint)
    said = tiebreak("run", SLUG, "--json")
    assert said.code == 1
    (run,) = json.loads(said.out)
    assert run["outcome"] == "failed"
    assert why in run["error"]
    assert "\n" not in run["error"]
    assert files(tmp_path / "site") == before


def test_a_model_endpoint_that_is_down_fails_the_run(tiebreak: Tiebreak, monkeypatch: pytest.MonkeyPatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        free = taken.getsockname()[1]
    monkeypatch.setenv("TIEBREAK_MODEL", "any")
    monkeypatch.setenv("TIEBREAK_MODEL_URL", f"http://127.0.0.1:{free}/v1")
    monkeypatch.setenv("TIEBREAK_MODEL_DEADLINE_S", "1")
    said = tiebreak("run", SLUG)
    assert said.code == 1
    assert "cannot reach" in said.out
    assert "TIEBREAK_MODEL_URL" in said.out


def test_two_runs_at_once_the_second_says_who_holds_it(tiebreak: Tiebreak, house: House):
    with house.parts() as parts, parts.store.locks.hold(SLUG, "another", house.now.replace(year=2030)):
        said = tiebreak("run", SLUG)
    assert said.code == 1
    assert "held by run another" in said.complaint


def test_what_a_killed_run_held_is_free_at_once(tiebreak: Tiebreak, house: House):
    # Started and killed, but not waited for: a zombie keeps its process id.
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        with house.parts() as parts:
            parts.store.locks._take(SLUG, "killed", house.now.replace(year=2030))
        connection = sqlite3.connect(house.folder / "home" / "tiebreak.db")
        with connection:
            connection.execute("UPDATE locks SET pid = ?", (process.pid,))
        connection.close()
        os.kill(process.pid, signal.SIGKILL)
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        said = tiebreak("run", SLUG)
    assert said.code == 0, said.err
