"""The main job on a small catalogue: what is published, what waits, what is left alone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from flows.deciding import BUILT_IN
from flows.draft.builtin import write
from flows.errors import Blocked, ModelRefused, PublishError, StoreConflict
from flows.parts import Parts
from flows.pipeline import run_many, run_one
from flows.planning import plan_all
from flows.review import approve, edit, reject
from flows.standing import FIGURES_ONLY
from flows.sweep import PAUSED, sweep
from schemas.drafts import Block, Draft, Sentence
from schemas.facts import FactSheet
from schemas.runs import Outcome, Run
from schemas.states import DraftState
from tests.integration.pipeline.house import ROWS, House, WrittenDrafter

SLUG = "swift-vs-homely"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def run(parts: Parts, **more: object) -> Run:
    return asyncio.run(run_one(parts, parts.registry.comparison(SLUG), **more))  # type: ignore[arg-type]  # options by name


def page(house: House) -> str:
    return (house.folder / "site" / SLUG / "index.html").read_text()


def with_sentence(text: str) -> WrittenDrafter:
    """A model's draft: the built-in text with one sentence more in the verdict."""

    def draft(sheet: FactSheet) -> Draft:
        blocks = [
            Block(name=block.name, sentences=(*block.sentences, Sentence(text=text)))
            if block.name == "verdict"
            else block
            for block in write(sheet).blocks
        ]
        return Draft(blocks=tuple(blocks))

    return WrittenDrafter(draft)


def only(text: str) -> WrittenDrafter:
    sentences = (Sentence(text=text),)
    return WrittenDrafter(
        lambda _sheet: Draft(
            blocks=(Block(name="short_answer", sentences=sentences), Block(name="verdict", sentences=sentences))
        )
    )


def test_the_built_in_drafter_publishes_by_policy_and_says_so(house: House):
    with house.parts() as parts:
        done = run(parts)
        assert done.outcome is Outcome.PUBLISHED, done
        published = parts.store.publications.newest(SLUG)
        assert published is not None
        assert parts.store.publications.approval(published).approved_by == BUILT_IN
    assert "ritten from data" in page(house)
    assert "AI-assisted" not in page(house)


def test_a_second_run_makes_no_second_publication(house: House):
    with house.parts() as parts:
        run(parts)
        assert run(parts).outcome is Outcome.UNCHANGED
        assert len(parts.store.publications.history(SLUG)) == 1


def test_what_a_model_wrote_waits_for_an_editor_and_is_published_after_the_yes(house: House):
    drafter = WrittenDrafter(write)
    with house.parts(drafter) as parts:
        done = run(parts)
        assert done.outcome is Outcome.IN_REVIEW
        assert not (house.folder / "site" / SLUG).exists()
        assert run(parts).outcome is Outcome.IN_REVIEW
        assert drafter.asked == 1
        assert done.draft_id is not None
        approve(parts, done.draft_id, editor="Eve")
        assert "Eve" in page(house)
        assert run(parts).outcome is Outcome.UNCHANGED


def test_a_category_that_policy_lists_is_published_by_itself(house: House):
    (house.data / "policy.yaml").write_text("auto_publish: [kettles]\n")
    with house.parts(WrittenDrafter(write)) as parts:
        assert run(parts).outcome is Outcome.PUBLISHED


def test_a_failing_sentence_is_dropped_where_the_rest_stands(house: House):
    with house.parts(with_sentence("Swift boils in 90 s.")) as parts:
        done = run(parts)
        assert done.decision == "publish"
        assert done.draft_id is not None
        assert "90 s" not in str(parts.store.drafts.get(done.draft_id).draft)


@pytest.mark.parametrize(
    "text",
    [
        "Swift boils in 90 s.",
        "Homely is faster than Swift.",
        "Homely costs $60.",
        "Swift is three times as fast as Homely.",
        "Swift has a built-in filter.",
        "Swift was released in 2019.",
    ],
)
def test_a_wrong_or_unsupported_claim_is_never_published(house: House, text: str):
    (house.data / "policy.yaml").write_text("auto_publish: [kettles]\n")
    with house.parts(only(text)) as parts:
        done = run(parts)
        assert done.outcome is Outcome.IN_REVIEW, done
        assert not (house.folder / "site" / SLUG).exists()


def test_a_contradicted_claim_cannot_be_approved_even_with_override(house: House):
    with house.parts(only("Homely costs $60.")) as parts:
        draft_id = run(parts).draft_id
        assert draft_id is not None
        with pytest.raises(Blocked, match="contradicted"):
            approve(parts, draft_id, editor="Eve", override=True)


def test_an_unverifiable_claim_needs_an_editor_who_answers_for_it(house: House):
    with house.parts(only("Swift was released in 2019.")) as parts:
        draft_id = run(parts).draft_id
        assert draft_id is not None
        with pytest.raises(Blocked, match="--override"):
            approve(parts, draft_id, editor="Eve")
        approve(parts, draft_id, editor="Eve", override=True)
    assert "2019" in page(house)


def test_an_edit_is_a_revision_that_is_checked_again(house: House):
    with house.parts(only("Homely costs $60.")) as parts:
        draft_id = run(parts).draft_id
        assert draft_id is not None
        good = only("Homely costs {{ homely.price }}.")._write
        record = parts.store.drafts.get(draft_id)
        sheet = parts.store.observations.sheet(record.sheet_hash)
        assert sheet is not None
        examined = edit(parts, draft_id, good(sheet), parent=1, editor="Eve", reason="price")
        assert examined.report.decision.value == "publish"
        approve(parts, draft_id, editor="Eve")
        assert "$30" in page(house)


def test_a_rejected_draft_stays_rejected(house: House):
    with house.parts(WrittenDrafter(write)) as parts:
        draft_id = run(parts).draft_id
        assert draft_id is not None
        reject(parts, draft_id, editor="Eve", reason="dull")
        assert parts.store.drafts.get(draft_id).state is DraftState.REJECTED
        with pytest.raises(StoreConflict, match="not in review"):
            approve(parts, draft_id, editor="Eve")


def test_figures_that_move_within_their_class_are_carried_without_the_model(house: House):
    drafter = WrittenDrafter(write)
    with house.parts(drafter) as parts:
        draft_id = run(parts).draft_id
        assert draft_id is not None
        approve(parts, draft_id, editor="Eve")
    house.write({**ROWS, ("swift", "boil_time"): "121 s"})
    house.now += timedelta(days=1)
    with house.parts(drafter) as parts:
        done = run(parts)
        assert (done.outcome, drafter.asked) == (Outcome.PUBLISHED, 1), done
        published = parts.store.publications.newest(SLUG)
        assert published is not None
        assert parts.store.publications.approval(published).approved_by == FIGURES_ONLY
    assert "121 s" in page(house)
    assert "Eve" in page(house)


def test_a_claim_that_flips_goes_back_to_the_model_and_the_old_page_stays(house: House):
    drafter = WrittenDrafter(write)
    with house.parts(drafter) as parts:
        draft_id = run(parts).draft_id
        assert draft_id is not None
        approve(parts, draft_id, editor="Eve")
    before = page(house)
    house.write({**ROWS, ("swift", "boil_time"): "400 s"})
    with house.parts(drafter) as parts:
        (planned,) = plan_all(parts)
        assert planned.action == "keep"
        assert run(parts).outcome is Outcome.IN_REVIEW
        assert drafter.asked == 2
        (planned,) = plan_all(parts)
        assert planned.action in ("rewrite", "review")
    assert page(house) == before


def test_while_publishing_is_paused_nothing_reaches_the_site_and_the_sweep_catches_up(house: House):
    with house.parts() as parts:
        parts.store.locks.set_switch(PAUSED, "by hand", parts.now())
        assert run(parts).outcome is Outcome.APPROVED
        assert "paused" in sweep(parts)[0]
        assert not (house.folder / "site" / SLUG).exists()
        parts.store.locks.set_switch(PAUSED, None, parts.now())
        assert "published" in sweep(parts)[0]
        assert sweep(parts) == []
    assert "Swift" in page(house)


def test_a_sweep_refuses_an_approval_that_no_longer_fits(house: House):
    with house.parts(WrittenDrafter(write)) as parts:
        parts.store.locks.set_switch(PAUSED, "by hand", parts.now())
        draft_id = run(parts).draft_id
        assert draft_id is not None
        approve(parts, draft_id, editor="Eve")
        record = parts.store.drafts.get(draft_id)
        parts.store.drafts.add_revision(
            draft_id, record.draft, parent=1, revision_hash="other", author="x", reason="x", at=parts.now()
        )
        parts.store.locks.set_switch(PAUSED, None, parts.now())
        (line,) = sweep(parts)
        assert "was changed after the approval" in line
    assert not (house.folder / "site" / SLUG).exists()


def test_two_runs_of_one_comparison_at_once_the_second_says_who_holds_it(house: House):
    with (
        house.parts() as parts,
        parts.store.locks.hold(SLUG, "first", parts.now()),
        pytest.raises(StoreConflict, match="held by run first"),
    ):
        run(parts)


def test_a_model_that_fails_is_a_failed_run_with_its_reason(house: House):
    def fail(_sheet: FactSheet) -> Draft:
        raise ModelRefused("the endpoint refused the key (401): set OPENAI_API_KEY")

    with house.parts(WrittenDrafter(fail)) as parts:
        done = run(parts)
        assert done.outcome is Outcome.FAILED
        assert "401" in str(done.error)
        assert parts.store.ledger.runs()[0].error == done.error


def test_too_few_facts_make_no_page(house: House):
    house.write({("swift", "boil_time"): "120 s", ("swift", "price"): "$60"})
    with house.parts() as parts:
        done = run(parts)
        assert done.outcome is Outcome.FAILED
        assert "0 of 3 key metrics" in str(done.error)


def test_a_site_that_cannot_be_written_fails_with_one_line_and_a_later_run_publishes(house: House):
    (house.folder / "site").write_text("a file, not a folder")
    with house.parts() as parts:
        with pytest.raises(PublishError):
            run(parts)
        (house.folder / "site").unlink()
        assert run(parts).outcome in (Outcome.PUBLISHED, Outcome.UNCHANGED)
    assert "Swift" in page(house)


def test_one_failure_among_many_does_not_stop_the_others(house: House):
    with house.parts() as parts, parts.store.locks.hold(SLUG, "first", parts.now()):
        (done,) = asyncio.run(run_many(parts, [parts.registry.comparison(SLUG)]))
        assert done.outcome is Outcome.FAILED
        assert "held by" in str(done.error)


def test_whatever_breaks_in_one_comparison_is_its_failed_run_and_the_others_go_on(house: House):
    def break_down(sheet: FactSheet) -> Draft:
        return {}[sheet.comparison.slug]  # type: ignore[no-any-return]  # a fault of the program, made on purpose

    with house.parts(WrittenDrafter(break_down)) as parts:
        comparison = parts.registry.comparison(SLUG)
        seen: list[Run] = []
        first, second = asyncio.run(run_many(parts, [comparison, comparison], concurrency=1, on_done=seen.append))
        assert [first.outcome, second.outcome] == [Outcome.FAILED] * 2
        assert first.error is not None
        assert first.error.startswith("unexpected KeyError at test_pipeline.py:")
        assert "swift-vs-homely" in first.error
        assert seen == [first, second]
        # The record says the same, and the comparison is free again.
        assert {run.id: run.error for run in parts.store.ledger.runs()} == {
            run.id: run.error for run in (first, second)
        }
        with pytest.raises(KeyError):
            run(parts)


def test_a_killed_run_is_taken_up_by_the_next_one(house: House):
    environment = {
        **os.environ,
        "TIEBREAK_DATA": str(house.data),
        "TIEBREAK_HOME": str(house.folder / "home"),
        "TIEBREAK_SITE": str(house.folder / "site"),
    }
    slow = "import time, flows.sweep as s; r = s.publish; s.publish = lambda *a: (print('writing', flush=True), time.sleep(60), r(*a))"
    code = f"{slow}; import sys; sys.argv = ['tiebreak', 'run', '{SLUG}', '--offline']; from flows.__main__ import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (house.folder / "site" / SLUG / "index.html").exists()
    time.sleep(0)
    with house.parts() as parts:
        run(parts)
        assert len(parts.store.publications.history(SLUG)) == 1
    assert "Swift" in page(house)
