"""The drafting code, unchanged, against aimock: canned answers, a bad answer before a good one, and chaos on the wire."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from flows.draft.chat import Mode
from flows.draft.prompt import Task, build_prompt, sheet_facts
from flows.pipeline import observe, run_one, stored_sheet
from schemas.runs import Outcome
from tests.integration.pipeline.house import ROWS, House
from tests.require import require
from tests.servers.writing import answer_for

pytestmark = pytest.mark.node

CLI = Path(__file__).parent / "node_modules" / "@copilotkit" / "aimock" / "dist" / "cli.js"
SLUG = "swift-vs-homely"
BAD = '{"verdict": 7}'


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.write({**ROWS, ("swift", "volume"): "2 l", ("homely", "volume"): "3 l"})
    return made


def fixtures(house: House, *, bad_first: bool) -> Path:
    """One canned answer a prompt; with `bad_first` the answer to a question is wrong and the one to its repair right."""
    with house.parts() as parts:
        comparison = parts.registry.comparison(SLUG)
        observe(parts, comparison)
        sheet = stored_sheet(parts, comparison)
    rows = []
    for task, match, only in (
        ("verdict", {"systemMessage": "Your task: the verdict"}, None),
        ("faq", {"systemMessage": "Your task: the questions"}, None),
        ("entity", {"systemMessage": "Your task: pros and cons", "userMessage": '"id": "swift"'}, "swift"),
        ("entity", {"systemMessage": "Your task: pros and cons", "userMessage": '"id": "homely"'}, "homely"),
    ):
        prompt = build_prompt(Task(task, sheet_facts(sheet, only), "any"))
        good = answer_for({"messages": prompt.sent(Mode.SCHEMA)})
        if bad_first and task == "verdict":
            rows.append({"match": {**match, "turnIndex": 0}, "response": {"content": BAD}})
            rows.append({"match": {**match, "turnIndex": 1}, "response": {"content": good}})
        else:
            rows.append({"match": match, "response": {"content": good}})
    path = house.folder / "answers.json"
    path.write_text(json.dumps({"fixtures": rows}))
    return path


@contextmanager
def aimock(answers: Path, *chaos: str) -> Iterator[str]:
    """Its address. The journal keeps every request."""
    require(CLI.exists(), "aimock (npm ci in tests/tools)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["node", str(CLI), "-p", str(port), "-f", str(answers), "--journal-max", "0", "--log-level", "silent"]
    with subprocess.Popen([*command, *chaos], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port), 0.2).close()
                    break
                except OSError:
                    assert server.poll() is None, "aimock ended at once"
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def journal(address: str) -> int:
    """How many chat completions it was asked for."""
    with urllib.request.urlopen(f"{address}/__aimock/journal") as answer:  # noqa: S310 - this machine
        rows = json.loads(answer.read())
    entries = rows if isinstance(rows, list) else rows.get("entries", rows.get("requests"))
    return sum(1 for row in entries if "chat/completions" in row["path"])


def test_canned_answers_make_a_draft_that_passes(house: House):
    with (
        aimock(fixtures(house, bad_first=False)) as address,
        house.parts(model="m", model_url=f"{address}/v1") as parts,
    ):
        run = asyncio.run(run_one(parts, parts.registry.comparison(SLUG)))
        assert (run.outcome, run.decision) == (Outcome.IN_REVIEW, "publish"), run
        assert len(parts.store.ledger.attempts(run.id)) == 4 == journal(address)


def test_a_bad_answer_is_repaired_by_the_good_one_that_follows(house: House):
    with aimock(fixtures(house, bad_first=True)) as address, house.parts(model="m", model_url=f"{address}/v1") as parts:
        run = asyncio.run(run_one(parts, parts.registry.comparison(SLUG)))
        attempts = parts.store.ledger.attempts(run.id)
    assert (run.outcome, run.decision) == (Outcome.IN_REVIEW, "publish"), run
    assert [one.outcome for one in attempts if one.prompt.startswith("verdict")] == ["bad_schema", "ok"]


def test_under_chaos_every_run_ends_and_the_ledger_has_every_request(house: House):
    chaos = ("--chaos-drop", "0.1", "--chaos-malformed", "0.1", "--chaos-disconnect", "0.1", "--chaos-ratelimit", "0.1")
    ended: Counter[str] = Counter()
    booked: Counter[str] = Counter()
    with aimock(fixtures(house, bad_first=False), *chaos) as address:
        given = {"model": "m", "model_url": f"{address}/v1", "model_deadline_s": 20, "model_attempts": 30}
        for _ in range(8):
            house.now += timedelta(seconds=10)
            with house.parts(**given) as parts:
                run = asyncio.run(run_one(parts, parts.registry.comparison(SLUG), redraft=True))
                booked.update(one.outcome for one in parts.store.ledger.attempts(run.id))
            assert run.outcome is not None
            assert run.outcome is not Outcome.FAILED or run.error
            ended[run.outcome.value] += 1
        assert sum(booked.values()) >= journal(address) >= booked["ok"]
    assert sum(ended.values()) == 8
    assert ended["in_review"] >= 6, (ended, booked)
    assert set(booked) - {"ok"}, "40 % faults on 32 requests or more, and none was seen"
