"""The shipped catalogue: real, messy figures, and none of the mistakes that the page they come from makes."""

from __future__ import annotations

import asyncio
import html
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.bootstrap import build
from flows.pipeline import run_one
from flows.settings import Settings
from schemas.runs import Outcome

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def made(folder: Path, slug: str, data: Path = ROOT / "data") -> tuple[str, dict[str, object]]:
    """The page as plain text, and its JSON."""
    settings = Settings(data=data, home=folder / "home", site=folder / "site")
    with build(settings, offline=True, now=lambda: NOW) as parts:
        run = asyncio.run(run_one(parts, parts.registry.comparison(slug)))
    assert run.outcome is Outcome.PUBLISHED, run
    source = (folder / "site" / slug / "index.html").read_text()
    bare = re.sub(r"<(script|style)[\s\S]*?</\1>|<[^>]+>", " ", source)
    return re.sub(r"\s+", " ", html.unescape(bare)), json.loads((folder / "site" / slug / "index.json").read_text())


@pytest.fixture(scope="module")
def flask(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, object]]:
    return made(tmp_path_factory.mktemp("flask"), "flask-vs-fastapi")


def test_the_page_repeats_none_of_the_seed_pages_mistakes(flask: tuple[str, dict[str, object]]):
    text, _ = flask
    # "7 minutes" against "1-2 hours" is no +367 %, and 12,000 / 2,500 is 4.8, not about 3
    for mistake in ("+367", "367%", "367 %", "-79%", "~3x", "3x more"):
        assert mistake not in text
    assert "4.8x" in text
    assert "Verified on 22 November 2026" in text
    assert "ritten from data" in text


def test_a_figure_stands_under_the_one_it_belongs_to(flask: tuple[str, dict[str, object]]):
    _, document = flask
    facts = document["facts"]
    assert isinstance(facts, list)
    shown = {(fact["entity"], fact["metric"]): fact["display"] for fact in facts}
    assert shown["flask", "throughput"] == "~2,500 req/s"
    assert shown["fastapi", "throughput"] == "~12,000 req/s"
    # The seed page prints FastAPI's 8-12 ms in both columns.
    assert shown["flask", "p99_latency"] is None
    assert shown["fastapi", "p99_latency"] == "8-12 ms"


def test_without_the_editors_choice_throughput_is_disputed_and_all_its_values_are_shown(tmp_path: Path):
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "observations" / "editor_choice.csv").unlink()
    (data / "policy.yaml").write_text("min_two_sided: 0\n")
    text, document = made(tmp_path, "flask-vs-fastapi", data)
    facts = document["facts"]
    assert isinstance(facts, list)
    throughput = {fact["entity"]: fact["status"] for fact in facts if fact["metric"] == "throughput"}
    assert throughput["flask"] == "disputed"
    for value in (
        "~2,500 req/sec",
        "~1,200 req/s",
        "~12,000 req/s",
        "10,000",
        "~15,000 req/s",
        "~18,000 req/s",
        "~20,000 req/sec",
        "8,000-12,000 req/s",
    ):
        assert value in text, value
    prose = document["prose"]
    assert "req/s" not in json.dumps(prose)
