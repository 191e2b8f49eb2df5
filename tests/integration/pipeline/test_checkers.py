"""Checks in a process of their own: the same reports, and nothing lost when it dies."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows import checkers
from flows.check.lexicon import STANDARD, extend
from flows.checkers import Checkers
from flows.draft.builtin import write
from flows.examine import Examiner
from flows.pipeline import observe, run_many, stored_sheet
from schemas.checking import Decision
from schemas.drafts import Block, Draft, Sentence
from schemas.facts import FactSheet
from schemas.runs import Outcome
from tests.integration.pipeline.house import House

WRONG = Draft(blocks=(Block(name="verdict", sentences=(Sentence(text="Swift boils in 99 s."),)),))


@pytest.fixture
def sheet(tmp_path: Path) -> FactSheet:
    with House(tmp_path).parts() as parts:
        comparison = parts.registry.comparison("swift-vs-homely")
        observe(parts, comparison)
        return stored_sheet(parts, comparison)


@pytest.fixture
def apart() -> Iterator[Checkers]:
    made = Checkers(STANDARD, apart=True)
    yield made
    made.close()


def process_of(made: Checkers) -> subprocess.Popen[bytes]:
    assert made._process is not None
    return made._process


def test_a_report_from_the_process_is_the_one_made_here(sheet: FactSheet, apart: Checkers) -> None:
    async def both() -> None:
        examine = Examiner(sheet, checkers=apart)
        for draft in (write(sheet), WRONG):
            assert await examine(draft) == examine.now(draft)
        assert (await examine(WRONG)).report.decision is Decision.REJECT

    asyncio.run(both())
    assert process_of(apart).poll() is None


def test_the_words_of_the_catalogue_are_known_in_the_process(sheet: FactSheet) -> None:
    lexicon = extend(STANDARD, {"idioms": ["boils in 99"]})
    made = Checkers(lexicon, apart=True)
    try:
        examine = Examiner(sheet, lexicon, made)
        examined = asyncio.run(examine(WRONG))
        assert examined == examine.now(WRONG)
        assert examined != Examiner(sheet).now(WRONG)
        assert process_of(made).poll() is None
    finally:
        made.close()


def test_a_process_that_died_takes_no_draft_with_it(sheet: FactSheet, apart: Checkers) -> None:
    async def killed_between() -> None:
        examine = Examiner(sheet, checkers=apart)
        await examine(WRONG)
        process_of(apart).kill()
        process_of(apart).wait()
        assert await examine(WRONG) == examine.now(WRONG)
        assert await examine(write(sheet)) == examine.now(write(sheet))

    asyncio.run(killed_between())


def test_where_no_process_can_be_started_the_check_is_made_here(
    sheet: FactSheet, apart: Checkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkers.sys, "executable", "/nowhere/python")
    examine = Examiner(sheet, checkers=apart)
    assert asyncio.run(examine(WRONG)) == examine.now(WRONG)


def test_what_is_no_report_is_not_believed(sheet: FactSheet, apart: Checkers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkers, "_read", lambda _pipe: "publish")
    examine = Examiner(sheet, checkers=apart)
    assert asyncio.run(examine(WRONG)).report.decision is Decision.REJECT


def test_a_sheet_that_cannot_be_sent_blocks(sheet: FactSheet, apart: Checkers, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_sheet: FactSheet) -> None:
        raise RuntimeError("no case today")

    monkeypatch.setattr("flows.examine.case_from_sheet", broken)
    report = asyncio.run(Examiner(sheet, checkers=apart)(WRONG)).report
    assert (report.decision, "no case today" in report.unchecked[0].reason) == (Decision.REVIEW, True)


def test_the_process_ends_with_a_run_that_is_killed() -> None:
    program = """
import asyncio, sys
from flows.check.lexicon import STANDARD
from flows.checkers import Checkers
from schemas.checking import Decision, Report
made = Checkers(STANDARD, apart=True)
asyncio.run(made.report(lambda: b"", "", None, lambda text: Report(decision=Decision.REVIEW)))
print(made._process.pid if made._process else 0, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        checking = int(run.stdout.readline())
        assert alive(checking)
        run.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while alive(checking) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(checking)


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] not in "ZX"


def test_a_run_of_many_checks_in_a_process_and_leaves_none_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkers, "MANY", 1)
    monkeypatch.setattr(checkers.os, "sched_getaffinity", lambda _pid: {0, 1}, raising=False)
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def noted(*arguments: Any, **more: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **more))
        return started[-1]

    monkeypatch.setattr(checkers.subprocess, "Popen", noted)
    with House(tmp_path).parts() as parts:
        (run,) = asyncio.run(run_many(parts, parts.catalogue.comparisons))
    assert (run.outcome, run.decision) == (Outcome.PUBLISHED, "publish")
    assert [process.poll() is None for process in started] == [False]


@pytest.mark.parametrize(("comparisons", "cores", "expected"), [(23, 8, False), (24, 1, False), (24, 2, True)])
def test_a_process_is_started_where_it_pays(
    comparisons: int, cores: int, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkers.os, "sched_getaffinity", lambda _pid: set(range(cores)), raising=False)
    assert checkers.apart_for(comparisons) is expected
