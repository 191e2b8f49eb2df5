"""Answers that were written or recorded, played back through the drafting code on the shipped catalogue."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from evals.record import Recording, read_recordings, record, recording_of, replaying_drafter, scrubbed, write_recording
from flows.bootstrap import build
from flows.draft.port import DraftJob
from flows.errors import ModelError
from flows.examine import Examiner
from flows.pipeline import observe, publishable, stored_sheet
from flows.settings import Settings
from schemas.runs import Attempt
from schemas.states import DraftState
from tests.servers.scripted import scripted_server

DATA = Path(__file__).parents[3] / "data"
RECORDINGS = read_recordings()


def test_what_was_written_by_hand_is_marked_as_such_and_names_no_model():
    assert len(RECORDINGS) >= 6
    for path, recording in RECORDINGS:
        written = recording.origin == "written"
        assert written == (recording.model is None), path
        assert written == (recording.on is None), path


@pytest.mark.parametrize("recording", [one for _, one in RECORDINGS], ids=[path.stem for path, _ in RECORDINGS])
def test_what_is_left_of_an_answer_holds_against_the_facts(recording: Recording, tmp_path: Path):
    with build(Settings(data=DATA, home=tmp_path, site=tmp_path / "site"), offline=True) as parts:
        comparison = parts.registry.comparison(recording.comparison)
        observe(parts, comparison)
        sheet = stored_sheet(parts, comparison)
        drafter, examine = replaying_drafter(recording, parts), Examiner(sheet)
        try:
            result = asyncio.run(drafter.draft(sheet, DraftJob("run", examine)))
        except ModelError:
            if recording.expects in ("failed", None):
                return
            raise
        assert recording.expects != "failed"
        draft, examined = asyncio.run(publishable(result.draft, examine))
    if recording.expects is not None:
        assert examined.report.decision.value == recording.expects, [
            (claim.text, claim.label.value, claim.reason)
            for claim in examined.report.claims
            if claim.label != "supported"
        ]
    if examined.report.decision.value == "publish":
        shown = examined.rendered.text + draft.model_dump_json()
        for needle in recording.never:
            assert needle not in shown


def test_a_recording_is_scrubbed_and_reads_back_as_it_was(tmp_path: Path):
    now = datetime(2026, 11, 22, tzinfo=UTC)
    given = {"run_id": "r", "comparison": "a-vs-b", "at": now, "model": "m", "prompt_hash": "h", "answer_key": "k"}
    attempts = [
        Attempt(id="1", prompt="verdict", outcome="bad_schema", latency_s=1, raw='{"x": "key topsecret1"}', **given),
        Attempt(id="2", prompt="verdict+repair", outcome="ok", latency_s=1, raw="write to me@example.org", **given),
        Attempt(
            id="3", prompt="entity", outcome="ok", latency_s=1, raw='{"pros": "{{ b.price }}"}', request_id="q", **given
        ),
        Attempt(id="4", prompt="faq", outcome="timeout", latency_s=1, cost_usd=Decimal(0), **given),
    ]
    made = recording_of("a-vs-b", "gpt/x", date(2026, 11, 22), attempts, ["topsecret1"])
    assert [(one.task, one.entity) for one in made.answers] == [("verdict", None), ("verdict", None), ("entity", "b")]
    path = write_recording(made, tmp_path)
    assert path.name == "a-vs-b-gpt-x-2026-11-22.yaml"
    text = path.read_text()
    assert "topsecret1" not in text
    assert "example.org" not in text
    assert read_recordings(tmp_path) == [(path, made)]


@pytest.mark.parametrize("secret", ["sk-proj-abcdefghijkl", "Bearer abc.def", "eyJhbGciOiJIUzI1NiJ9"])
def test_what_looks_like_a_secret_is_removed(secret: str):
    assert scrubbed(f"a {secret} b", []) == "a [removed] b"


def test_what_a_model_answers_is_recorded_with_its_name_and_day_and_played_back(tmp_path: Path):
    with scripted_server() as server:
        given = {"model": "test/good", "model_url": server.url}
        with build(Settings(data=DATA, home=tmp_path, site=tmp_path / "site", **given), offline=True) as parts:  # type: ignore[arg-type]  # fields by name
            made = asyncio.run(record(parts, parts.registry.comparison("ruff-vs-flake8"), []))
            assert parts.store.drafts.in_state(DraftState.IN_REVIEW) == ()
    assert (made.origin, made.model) == ("recorded", "test/good")
    assert made.on is not None
    assert {one.task for one in made.answers} == {"verdict", "faq", "entity"}
    assert {one.entity for one in made.answers if one.task == "entity"} == {"ruff", "flake8"}
