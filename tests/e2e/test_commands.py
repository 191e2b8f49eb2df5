"""The long-running commands as processes: a Prefect server, `tiebreak serve`, and a run that the schedule started."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from pkgutil import resolve_name
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
import yaml

from tests.integration.pipeline.house import House

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.services


def test_a_served_schedule_starts_runs(tmp_path: Path):
    house = House(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    api = f"http://127.0.0.1:{port}/api"
    environment = {
        **os.environ,
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "DO_NOT_TRACK": "1",
        "TIEBREAK_DATA": str(house.data),
        "TIEBREAK_HOME": str(tmp_path / "home"),
        "TIEBREAK_SITE": str(tmp_path / "site"),
        "TIEBREAK_OFFLINE": "1",
    }
    server = [sys.executable, "-m", "prefect", "server", "start", "--port", str(port)]
    serve = [sys.executable, "-m", "flows", "serve"]
    with running(server, environment, tmp_path / "server.log") as alive:
        until(lambda: ask(f"{api}/health") is True, 120, alive)
        with running(serve, environment, tmp_path / "serve.log") as alive:
            until(lambda: deployments(api) == of_workers(), 180, alive)
            # The scheduler goes round every few seconds; before it has, nothing is planned.
            until(lambda: "release" in planned(api), 180, alive)
    assert "bulk DML" not in (tmp_path / "server.log").read_text()


def test_a_server_that_is_stopped_is_said_in_one_line(tmp_path: Path):
    house = House(tmp_path)
    environment = {
        **os.environ,
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
        "DO_NOT_TRACK": "1",
        "TIEBREAK_DATA": str(house.data),
        "TIEBREAK_HOME": str(tmp_path / "home"),
    }
    serve = [sys.executable, "-m", "flows", "serve"]
    done = subprocess.run(serve, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("tiebreak: the Prefect server at http://127.0.0.1:9/api does not answer")
    assert "prefect server start" in line


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[Callable[[], None]]:
    """A process for the block, stopped at its end; what it gives fails once the process has ended by itself."""
    with log.open("w") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process:

        def alive() -> None:
            assert process.poll() is None, f"it ended by itself:\n{log.read_text()}"

        try:
            yield alive
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def until(holds: Callable[[], bool], seconds: float, alive: Callable[[], None]) -> None:
    """Wait for something that another process does, as long as it lives."""
    deadline = time.monotonic() + seconds
    while not holds():
        alive()
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.5)


def ask(url: str, body: dict[str, object] | None = None) -> object:
    """The answer as JSON, None while there is none."""
    data = None if body is None else json.dumps(body).encode()
    with suppress(URLError, ConnectionError, TimeoutError):
        request = Request(url, data=data, headers={"content-type": "application/json"})  # noqa: S310 - this machine's own server
        with urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)
    return None


def deployments(api: str) -> set[tuple[str, str]]:
    """The flow and the name of each deployment there is."""
    found, flows = ask(f"{api}/deployments/filter", {}), by_id(api)
    return {(flows.get(one["flow_id"], "?"), one["name"]) for one in found} if isinstance(found, list) else set()


def of_workers() -> set[tuple[str, str]]:
    """What prefect.yaml deploys for workers: one machine is served the same."""
    declared = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    return {(resolve_name(one["entrypoint"]).name, one["name"]) for one in declared}


def planned(api: str) -> set[str]:
    """The flows of which a run is planned, or was."""
    runs, flows = ask(f"{api}/flow_runs/filter", {}), by_id(api)
    return {flows.get(run["flow_id"], "?") for run in runs} if isinstance(runs, list) else set()


def by_id(api: str) -> dict[str, str]:
    """The flows' names by their ids."""
    flows = ask(f"{api}/flows/filter", {})
    return {flow["id"]: flow["name"] for flow in flows} if isinstance(flows, list) else {}
