from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

from flows.errors import InputError
from flows.gather import endoflife, github, osv, package_index, stackexchange
from flows.gather.catalogue import load_catalogue
from flows.gather.discovery import BUILT_IN, ENTRY_POINT_GROUP, Adapters
from flows.gather.keys import keys_from
from flows.settings import Settings
from schemas.catalogue import Catalogue


def test_every_built_in_kind_has_its_adapter() -> None:
    adapters = Adapters(Catalogue())
    assert not adapters["catalogue"].needs_network
    for kind in BUILT_IN:
        assert adapters[kind].needs_network
        assert adapters[kind] is adapters[kind]
    assert {"catalogue", *BUILT_IN} <= set(adapters)


def test_an_installed_package_may_bring_an_adapter(monkeypatch: pytest.MonkeyPatch) -> None:
    point = importlib.metadata.EntryPoint("weather", "flows.gather.osv:Osv", ENTRY_POINT_GROUP)
    broken = importlib.metadata.EntryPoint("broken", "no.such.module:X", ENTRY_POINT_GROUP)

    def installed(group: str, name: str | None = None) -> list[importlib.metadata.EntryPoint]:
        assert group == ENTRY_POINT_GROUP
        return [entry for entry in (point, broken) if name in (None, entry.name)]

    monkeypatch.setattr(importlib.metadata, "entry_points", installed)
    adapters = Adapters(Catalogue())
    assert type(adapters["weather"]).__name__ == "Osv"
    assert "weather" in list(adapters)
    with pytest.raises(InputError, match=r"'broken' of 'no\.such\.module:X' cannot be loaded"):
        adapters["broken"]
    with pytest.raises(KeyError):
        adapters["unheard_of"]


def test_only_variables_with_the_prefix_can_be_named_by_a_source() -> None:
    environment = {
        "TIEBREAK_SOURCE_COUNTER": "c",
        "OPENAI_API_KEY": "secret",
        "TIEBREAK_GITHUB_TOKEN": "g",
        "TIEBREAK_SOURCE_EMPTY": "",
    }
    settings = Settings(github_token="g", stackexchange_key=None)
    assert keys_from(settings, environment) == {"counter": "c", "github_token": "g"}


def test_gathering_offline_imports_no_http_library() -> None:
    program = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from flows.gather.discovery import Adapters
from flows.gather.readings import Readings
from flows.gather.run import gather
from flows.net import Net
from flows.facts.registry import Registry
from schemas.catalogue import Catalogue, Entity, Source, Tier
catalogue = Catalogue(
    entities=(Entity(id="flask", name="Flask", category="web", external={"pypi": "flask", "github": "a/b"}),),
    sources=(Source(id="index", name="Index", tier=Tier.OFFICIAL, kind="pypi"), Source(id="gh", name="GitHub", tier=4, kind="github")),
)
with Net(cache=Path("nowhere")) as net:
    gathered = gather(catalogue.sources, catalogue.entities, Registry(catalogue), net, datetime.now(UTC), True,
                      adapters=Adapters(catalogue), readings=Readings(Path("nowhere")))
assert len(gathered.notes) == 1, gathered.notes
heavy = {"requests", "urllib3", "hishel", "pypi_simple", "jsonpath", "httpx", "tenacity"} & set(sys.modules)
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_metric_that_an_adapter_fills_by_default_is_registered_in_the_shipped_catalogue() -> None:
    registered = {metric.id for metric in load_catalogue(Path(__file__).parents[3] / "data").metrics}
    for module in (package_index, github, endoflife, osv, stackexchange):
        assert set(module.METRICS.values()) <= registered
