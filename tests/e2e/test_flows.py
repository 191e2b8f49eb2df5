"""The Prefect flows through a Prefect server. One harness for the module: it costs about half a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.integration.pipeline.house import House

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


def test_evaluate_runs_through_a_server(house: House, monkeypatch: pytest.MonkeyPatch):
    from flows.evaluate import evaluate_verdicts

    monkeypatch.setenv("TIEBREAK_DATA", str(ROOT / "data"))
    assert asyncio.run(evaluate_verdicts("small")) == 0


def test_every_deployment_names_a_flow_that_can_be_imported():
    from prefect import Flow
    from prefect.utilities.importtools import import_object

    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    assert len(deployments) == 4
    for deployment in deployments:
        assert isinstance(import_object(deployment["entrypoint"]), Flow)
