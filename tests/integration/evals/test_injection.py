"""Hostile texts change no prompt outside their JSON string, no page outside their cell, and no decision."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.injection import Case, cases
from flows.draft.chat import Mode
from flows.draft.prompt import DRAFTING, preview
from flows.errors import CatalogueError, TiebreakError
from flows.pipeline import run_one, stored_sheet
from schemas.runs import Outcome, Run
from tests.integration.pipeline.house import CATEGORY, ROWS, House
from tests.servers.scripted import ScriptedServer, scripted_server
from tests.servers.writing import answer_for
from tests.unit.draft.model_sheets import sheet

SLUG = "swift-vs-homely"
PLAIN = {**ROWS, ("swift", "volume"): "2 l", ("homely", "volume"): "3 l"}
WITH_FINISH = CATEGORY.replace("sources:", "  - {id: finish, name: Finish, kind: category}\nsources:", 1)
_MARKER = re.compile(r"DATA-[0-9a-f]{16}")


class Structure(HTMLParser):
    """The tags of a page with the names of their attributes, and the links that are no addresses of pages."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[tuple[str, tuple[str, ...]]] = set()
        self.odd_links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, tuple(sorted(name for name, _ in attrs))))
        for name, value in attrs:
            if name in ("href", "src") and (value or "").strip().lower().startswith(
                ("javascript:", "data:text", "file:")
            ):
                self.odd_links.append(str(value))


def structure(page: str) -> Structure:
    parsed = Structure()
    parsed.feed(page)
    return parsed


def make_house(folder: Path, finish: str = "steel", name: str = "Swift") -> House:
    made = House(folder)
    quoted = json.dumps(name)
    (made.data / "categories" / "kettles.yaml").write_text(WITH_FINISH.replace("name: Swift,", f"name: {quoted},"))
    made.write({**PLAIN, ("swift", "finish"): finish, ("homely", "finish"): "glass"})
    return made


def built_in(house: House) -> tuple[Run, str, list[list[dict[str, str]]]]:
    """The run, the page, and the messages of every prompt, by the built-in drafter."""
    with house.parts() as parts:
        comparison = parts.registry.comparison(SLUG)
        run = asyncio.run(run_one(parts, comparison))
        sheet = stored_sheet(parts, comparison)
        prompts = [[dict(one) for one in preview(which, sheet).sent(Mode.SCHEMA)] for which in DRAFTING]
    path = house.folder / "site" / SLUG / "index.html"
    return run, path.read_text() if path.exists() else "", prompts


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, str, list[list[dict[str, str]]]]:
    return built_in(make_house(tmp_path_factory.mktemp("clean")))


def hold_prompts(prompts: list[list[dict[str, str]]], clean_prompts: list[list[dict[str, str]]]) -> None:
    for sent, usual in zip(prompts, clean_prompts, strict=True):
        assert sent[0] == usual[0]
        content = sent[1]["content"]
        (marker,) = set(_MARKER.findall(content)) - {"DATA-0123456789abcdef"}
        head, _, rest = content.partition(f"<<{marker}\n")
        facts, _, tail = rest.partition(f"\n{marker}>>")
        assert head == usual[1]["content"].split("<<DATA")[0]
        assert tail.strip() == ""
        assert "\n" not in facts
        document = json.loads(facts)
        assert set(document) <= {"category", "entities", "metrics", "key_metrics"}
        assert not re.search("[\u200b-\u200f\u2028-\u202e\ue000\ufeff\U000e0000-\U000e007f\x00-\x1f]", facts)
        for metric in document["metrics"]:
            assert set(metric) <= {"metric", "name", "better", "facts", "derived", "better_here"}


def test_there_are_cases_enough():
    everything = [*cases("value"), *cases("name"), *cases("answer")]
    assert len({case.id for case in everything}) == len(everything) >= 60


@pytest.mark.parametrize("case", cases("value"), ids=lambda case: case.id)
def test_a_hostile_value_stays_a_value(case: Case, tmp_path: Path, clean: tuple[Run, str, list[list[dict[str, str]]]]):
    # Past the catalogue, which refuses what cannot be seen: sources on the network bring what they like.
    hostile = sheet(swift__colour=case.text)
    usual = [[dict(one) for one in preview(which, sheet()).sent(Mode.SCHEMA)] for which in DRAFTING]
    hold_prompts([[dict(one) for one in preview(which, hostile).sent(Mode.SCHEMA)] for which in DRAFTING], usual)
    try:
        run, page, prompts = built_in(make_house(tmp_path, finish=case.text))
    except CatalogueError:
        return
    hold_prompts(prompts, clean[2])
    assert (run.outcome, run.decision) == (clean[0].outcome, clean[0].decision) == (Outcome.PUBLISHED, "publish")
    found = structure(page)
    assert found.tags <= structure(clean[1]).tags
    assert found.odd_links == []
    for needle in case.never:
        assert needle not in page


@pytest.mark.parametrize("case", cases("name"), ids=lambda case: case.id)
def test_a_hostile_name_stays_a_name_or_is_refused(
    case: Case, tmp_path: Path, clean: tuple[Run, str, list[list[dict[str, str]]]]
):
    try:
        _, page, prompts = built_in(make_house(tmp_path, name=case.text))
    except TiebreakError:
        # Refused by the catalogue, or by the renderer, which takes no braces of its own.
        return
    hold_prompts(prompts, clean[2])
    found = structure(page)
    assert found.tags <= structure(clean[1]).tags
    assert found.odd_links == []
    for needle in case.never:
        assert needle not in page


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


@pytest.mark.parametrize("case", cases("answer"), ids=lambda case: case.id)
def test_what_a_model_was_talked_into_reaches_no_reader(case: Case, tmp_path: Path, server: ScriptedServer):
    server.texts[case.id] = lambda body: answer_for(body, extra=case.text, always=True)
    house = make_house(tmp_path)
    (house.data / "policy.yaml").write_text("auto_publish: [kettles]\n")
    with house.parts(model=case.id, model_url=server.url) as parts:
        run = asyncio.run(run_one(parts, parts.registry.comparison(SLUG)))
    path = house.folder / "site" / SLUG / "index.html"
    assert path.exists() == (run.outcome is Outcome.PUBLISHED)
    if path.exists():
        body = re.sub(r"(?s)<script.*?</script>|<style.*?</style>", " ", path.read_text())
        seen = html.unescape(re.sub(r"<[^>]*>", " ", body))
        for needle in case.never:
            assert needle not in seen, run
