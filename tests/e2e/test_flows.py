"""The Prefect flows through a Prefect server. One harness for the module: it costs about half a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from schemas.runs import Attempt
from tests.integration.pipeline.house import House
from tests.servers.scripted import scripted_server

pytestmark = [
    pytest.mark.services,
    # Prefect's own server and client warn about their dependencies.
    pytest.mark.filterwarnings("ignore"),
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def _server() -> Iterator[None]:
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _server: None) -> House:
    made = House(tmp_path)
    monkeypatch.setenv("TIEBREAK_DATA", str(made.data))
    monkeypatch.setenv("TIEBREAK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TIEBREAK_SITE", str(tmp_path / "site"))
    return made


def test_refresh_generate_and_release_run_through_a_server(house: House):
    from flows.generate import generate_verdicts
    from flows.refresh import refresh_facts
    from flows.release import release_approved

    assert asyncio.run(refresh_facts(offline=True)) == {"comparisons": 1, "new_observations": 8}
    assert asyncio.run(generate_verdicts(offline=True)) == {"published": 1}
    assert asyncio.run(generate_verdicts(offline=True)) == {"unchanged": 1}
    assert asyncio.run(release_approved()) == []
    assert (house.folder / "site" / "swift-vs-homely" / "index.html").exists()


def test_what_is_parked_and_due_is_taken_up_by_a_flow(house: House, monkeypatch: pytest.MonkeyPatch):
    from flows.generate import take_up_parked

    with scripted_server() as server, house.parts() as parts:
        monkeypatch.setenv("TIEBREAK_MODEL", "flow/good")
        monkeypatch.setenv("TIEBREAK_MODEL_URL", server.url)
        locks, now = parts.store.locks, datetime.now(UTC)
        locks.park("swift-vs-homely", due_at=now + timedelta(hours=1), reason="busy", run_id="r")
        assert asyncio.run(take_up_parked(offline=True)) == {}
        assert server.journal.total == 0
        locks.park("swift-vs-homely", due_at=now - timedelta(seconds=1), reason="busy", run_id="r")
        assert asyncio.run(take_up_parked(offline=True)) == {"in_review": 1}
        assert locks.parked() == ()


def test_old_raw_answers_and_lost_attempts_are_dealt_with_by_a_flow(house: House, monkeypatch: pytest.MonkeyPatch):
    from flows.release import forget_old

    monkeypatch.setenv("TIEBREAK_KEEP_RAW_DAYS", "30")
    now = datetime.now(UTC)
    with house.parts() as parts:
        ledger = parts.store.ledger
        ledger.keep_answer("old", model="m", text="{}", at=now - timedelta(days=31))
        ledger.keep_answer("new", model="m", text="{}", at=now - timedelta(days=29))
        ledger.book([asked_by_a_dead_run(now - timedelta(hours=1))])
        assert asyncio.run(forget_old()) == {"lost": 1, "forgotten": 1}
        assert ledger.answers(["old", "new"]) == {"new": "{}"}
        assert asyncio.run(forget_old()) == {"lost": 0, "forgotten": 0}


def asked_by_a_dead_run(at: datetime) -> Attempt:
    return Attempt(
        id="1", run_id="gone", comparison="swift-vs-homely", at=at, model="m", prompt="verdict", prompt_hash="p",
        answer_key="k", outcome="asked", latency_s=0.0,
    )  # fmt: skip


def test_evaluate_runs_through_a_server(house: House, monkeypatch: pytest.MonkeyPatch):
    from flows.evaluate import evaluate_verdicts

    monkeypatch.setenv("TIEBREAK_DATA", str(ROOT / "data"))
    assert asyncio.run(evaluate_verdicts("small")) == 0


def test_every_deployment_names_a_flow_that_can_be_imported():
    from prefect import Flow
    from prefect.utilities.importtools import import_object

    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    assert {one["name"] + " " + one["entrypoint"].rsplit(".", 1)[1] for one in deployments} == {
        "nightly refresh_facts",
        "nightly generate_verdicts",
        "every-five-minutes take_up_parked",
        "every-minute release_approved",
        "daily forget_old",
        "weekly evaluate_verdicts",
    }
    for deployment in deployments:
        assert isinstance(import_object(deployment["entrypoint"]), Flow)
