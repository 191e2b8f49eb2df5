"""The store on a real database file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from flows.errors import StoreConflict, StoreError, UnknownName
from flows.store.engine import connect, schema_revision
from flows.store.store import Store
from flows.store.tables import HEAD, metadata
from schemas.catalogue import Tier
from schemas.checking import Decision, Report
from schemas.drafts import Block, Draft, Sentence
from schemas.facts import Observation
from schemas.quantity import Kind, Quantity
from schemas.runs import Attempt, Outcome, Run, Usage
from schemas.states import DraftState
from tests.servers.postgres import postgres

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DRAFT = Draft(blocks=(Block(name="verdict", sentences=(Sentence(text="Take {{ a.b }}."),)),))


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Every test of the store runs on both databases."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'store.db'}"
    else:
        url = request.getfixturevalue("_postgres")
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
        engine.dispose()
    made = Store(url)
    yield made
    made.close()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'store.db'}")


def observation(raw: str, source: str = "page") -> Observation:
    return Observation(
        id=f"{source}-{raw}", entity="flask", metric="stars", raw=raw, quantity=Quantity(Kind.QUANTITY, raw, Decimal(raw), Decimal(raw), "1"),
        source=source, tier=Tier.CURATED, retrieved_at=NOON,
    )  # fmt: skip


def add_draft(store: Store, key: str = "k", comparison: str = "a-vs-b", drafter: str = "model") -> int:
    return store.drafts.add(
        DRAFT, draft_key=key, comparison=comparison, drafter=drafter, model="m", prompt_hash="p", sheet_hash="s",
        fingerprint="f", revision_hash="r1", author="m", run_id="run", at=NOON,
    )  # fmt: skip


def publish(store: Store, draft_id: int, sheet: str = "s") -> int:
    record = store.drafts.get(draft_id)
    approval = store.drafts.approve(record, approved_by="eve", labels_hash="l", at=NOON)
    made = store.publications.add(
        comparison=record.comparison, draft_id=draft_id, approval_id=approval, revision_hash=record.revision_hash,
        sheet_hash=sheet, checker_version="c", verified_at=NOON, change="First published.", at=NOON,
    )  # fmt: skip
    return made.number


def test_a_new_store_is_migrated_to_the_revision_that_the_code_speaks(store: Store):
    assert schema_revision(store._engine) == HEAD


def test_the_migrations_lead_to_the_tables(store: Store):
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_store_of_a_newer_version_is_refused_with_one_line(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    Store(url).close()
    with connect(url).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"schema 9999, this Tiebreak knows .*upgrade Tiebreak"):
        Store(url)


def test_a_file_that_is_no_database_is_refused_with_one_line(tmp_path: Path):
    (tmp_path / "bad.db").write_bytes(b"this is not a database, it is a text" * 100)
    with pytest.raises(StoreError, match="cannot use the store") as caught:
        Store(f"sqlite:///{tmp_path / 'bad.db'}")
    assert "\n" not in str(caught.value)


def test_an_observation_is_stored_once_and_seen_again(store: Store):
    assert store.observations.add([observation("68000")], [("page", "flask")], NOON) == 1
    later = NOON + timedelta(days=1)
    assert store.observations.add([observation("68000")], [("page", "flask")], later) == 0
    (seen,) = store.observations.current(["flask"])
    assert seen.retrieved_at == later


def test_a_live_figure_that_does_not_change_is_one_row_that_grows_no_older(store: Store):
    for day in range(3):
        read_at = NOON + timedelta(days=day)
        live = observation("68000").model_copy(
            update={"dated": False, "as_of": read_at.date(), "retrieved_at": read_at, "response_hash": f"{day}"}
        )
        assert store.observations.add([live], [("page", "flask")], read_at) == (1 if day == 0 else 0)
    ((seen, first, last),) = store.observations.history(["flask"], "stars")
    assert (first, last) == (NOON, NOON + timedelta(days=2))
    assert (seen.as_of, seen.response_hash) == (last.date(), "2")
    assert [one.as_of for one in store.observations.current(["flask"])] == [last.date()]


def test_what_a_source_no_longer_says_is_history_and_not_current(store: Store):
    store.observations.add([observation("68000")], [("page", "flask")], NOON)
    later = NOON + timedelta(days=1)
    store.observations.add([observation("69000")], [("page", "flask")], later)
    assert [one.raw for one in store.observations.current(["flask"])] == ["69000"]
    assert [one.raw for one, _, _ in store.observations.history(["flask"], "stars")] == ["68000", "69000"]


def test_a_source_that_did_not_answer_keeps_what_it_said(store: Store):
    store.observations.add([observation("68000")], [("page", "flask")], NOON)
    store.observations.add([observation("1", "other")], [("other", "flask")], NOON + timedelta(days=1))
    assert {one.raw for one in store.observations.current(["flask"])} == {"68000", "1"}


def test_the_same_draft_key_gives_the_same_draft(store: Store):
    assert add_draft(store) == add_draft(store)
    assert store.drafts.get(1).draft == DRAFT


def test_a_move_that_the_table_does_not_allow_is_refused(store: Store):
    draft = add_draft(store)
    with pytest.raises(StoreConflict, match="is drafted: it cannot become published"):
        store.drafts.move(draft, DraftState.PUBLISHED, at=NOON)
    store.drafts.move(draft, DraftState.IN_REVIEW, at=NOON)
    store.drafts.move(draft, DraftState.IN_REVIEW, at=NOON)
    assert store.drafts.get(draft).state is DraftState.IN_REVIEW


def test_two_editors_who_saved_against_the_same_revision_collide(store: Store):
    draft = add_draft(store)
    other = Draft(blocks=(Block(name="verdict", sentences=(Sentence(text="Other."),)),))
    save = dict(parent=1, revision_hash="r2", author="eve", reason="shorter", at=NOON)
    store.drafts.add_revision(draft, other, **save)
    with pytest.raises(StoreConflict, match="newer revision"):
        store.drafts.add_revision(draft, other, **save)
    assert store.drafts.get(draft).draft == other


def test_an_approval_of_a_text_that_was_changed_meanwhile_is_refused(store: Store):
    draft = add_draft(store)
    seen = store.drafts.get(draft)
    store.drafts.add_revision(draft, DRAFT, parent=1, revision_hash="r2", author="eve", reason="x", at=NOON)
    with pytest.raises(StoreConflict, match="newer revision"):
        store.drafts.approve(seen, approved_by="bob", labels_hash="l", at=NOON)


def test_the_newest_report_comes_with_the_draft(store: Store):
    draft = add_draft(store)
    revision = store.drafts.get(draft).revision_id
    for version, decision in (("1", Decision.REJECT), ("2", Decision.PUBLISH)):
        store.drafts.save_report(
            revision, Report(decision=decision, checker_version=version), sheet_hash="s", report_hash="h", at=NOON
        )
    found = store.drafts.get(draft).report
    assert found is not None
    assert found.decision is Decision.PUBLISH


def test_publishing_again_what_is_the_newest_version_gives_that_version(store: Store):
    draft = add_draft(store)
    store.drafts.move(draft, DraftState.IN_REVIEW, at=NOON)
    assert publish(store, draft) == 1
    record, approval = store.drafts.get(draft), store.drafts.approval(draft)
    assert approval is not None
    again = store.publications.add(
        comparison="a-vs-b", draft_id=draft, approval_id=approval.id, revision_hash=record.revision_hash, sheet_hash="s",
        checker_version="c", verified_at=NOON, change="x", at=NOON,
    )  # fmt: skip
    assert again.number == 1
    assert len(store.publications.history("a-vs-b")) == 1


def test_a_newer_publication_supersedes_the_older_draft(store: Store):
    first, second = add_draft(store, "one"), add_draft(store, "two")
    for draft in (first, second):
        store.drafts.move(draft, DraftState.IN_REVIEW, at=NOON)
    assert (publish(store, first), publish(store, second, "s2")) == (1, 2)
    assert store.drafts.get(first).state is DraftState.SUPERSEDED
    assert store.drafts.get(second).state is DraftState.PUBLISHED


def test_a_retracted_page_cannot_be_retracted_again(store: Store):
    draft = add_draft(store)
    store.drafts.move(draft, DraftState.IN_REVIEW, at=NOON)
    publish(store, draft)
    assert store.publications.retract("a-vs-b", reason="wrong", at=NOON).retracted_reason == "wrong"
    assert store.drafts.get(draft).state is DraftState.RETRACTED
    with pytest.raises(UnknownName, match="not published"):
        store.publications.retract("a-vs-b", reason="again", at=NOON)


def test_a_lock_names_its_holder_and_is_free_afterwards(store: Store):
    with (
        store.locks.hold("a-vs-b", "run1", NOON),
        pytest.raises(StoreConflict, match=rf"held by run run1 \(process {os.getpid()}"),
    ):
        store.locks._take("a-vs-b", "run2", NOON)
    with store.locks.hold("a-vs-b", "run3", NOON):
        pass


def test_the_lock_of_a_dead_process_is_taken_over(store: Store):
    store.locks._take("a-vs-b", "dead", NOON)
    with store.locks.write() as connection:
        connection.execute(sa.text("UPDATE locks SET pid = 2147483646"))
    with store.locks.hold("a-vs-b", "alive", NOON):
        pass


def attempt(name: str, **more: object) -> Attempt:
    given: dict[str, object] = {
        "id": name,
        "run_id": "run",
        "comparison": "a-vs-b",
        "at": NOON,
        "model": "m",
        "prompt": "verdict",
        "prompt_hash": "p",
        "answer_key": "k",
        "outcome": "ok",
        "latency_s": 1.0,
        "usage": Usage(input_tokens=10, output_tokens=5),
    }
    return Attempt.model_validate({**given, **more})


def test_costs_are_grouped_and_attempts_without_a_price_are_counted_apart(store: Store):
    store.ledger.book([attempt(str(n), cost_usd=c) for n, c in enumerate((Decimal("0.25"), Decimal("0.5"), None))])
    (row,) = store.ledger.costs("day")
    assert (row.key, row.attempts, row.input_tokens, row.cost_usd, row.unknown) == (
        "2026-11-22",
        3,
        30,
        Decimal("0.75"),
        1,
    )
    assert store.ledger.spent(run_id="run") == Decimal("0.75")


def test_an_attempt_is_booked_when_it_is_asked_and_again_when_it_ends(store: Store):
    asked = attempt("1", outcome="asked", usage=Usage(input_tokens=9, estimated=True))
    store.ledger.book([asked])
    assert store.ledger.attempts("run") == (asked,)
    ended = [attempt("1", raw="{}", request_id="r"), attempt("2", answer_key="other", outcome="timeout", raw="no")]
    store.ledger.book(ended, keep={"1"})
    assert store.ledger.attempts("run") == tuple(ended)
    assert store.ledger.answers(["k", "other", "nothing"]) == {"k": "{}"}


def test_what_a_dead_run_had_asked_is_lost_and_stays_an_estimate(store: Store):
    guess = Usage(input_tokens=9, output_tokens=5, estimated=True)
    runs = ("alive", "dead", "unheld", "settled")
    asked = [attempt(name, run_id=name, outcome="asked", usage=guess, cost_usd=Decimal("0.5")) for name in runs[:3]]
    store.ledger.book([*asked, attempt("settled", run_id="dead")])
    store.locks._take("c-vs-d", "dead", NOON)
    with store.locks.write() as connection:
        connection.execute(sa.text("UPDATE locks SET pid = 2147483646"))
    with store.locks.hold("a-vs-b", "alive", NOON):
        assert store.ledger.settle_lost(NOON) == 1
        assert [one.outcome for one in store.ledger.attempts("dead")] == ["lost", "ok"]
        lost = store.ledger.attempts("dead")[0]
        assert (lost.usage, lost.cost_usd) == (guess, Decimal("0.5"))
        assert "estimate" in (lost.error or "")
        # Asked outside of any lock: waited for as long as a lock is.
        assert store.ledger.settle_lost(NOON + timedelta(minutes=14)) == 0
    assert store.ledger.settle_lost(NOON + timedelta(minutes=16)) == 2
    assert store.ledger.spent(since=NOON) == Decimal("1.5")


def test_a_store_of_the_first_version_is_migrated_with_what_it_holds(tmp_path: Path):
    from alembic import command

    from flows.store.migrate import config

    url = f"sqlite:///{tmp_path / 'store.db'}"
    engine = connect(url)
    with engine.begin() as connection:
        command.upgrade(config(connection), "0001")
    engine.dispose()
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO attempts (id, run_id, comparison, at, model, prompt, prompt_hash, answer_key, outcome, "
                "latency_s, input_tokens, cached_tokens, output_tokens, estimated) "
                "VALUES ('1', 'run', 'a-vs-b', '2026-11-22 12:00:00', 'm', 'verdict', 'p', 'k', 'ok', 1, 1, 0, 1, 0)"
            )
        )
    engine.dispose()
    store = Store(url)
    assert [one.id for one in store.ledger.attempts("run")] == ["1"]
    store.close()


def test_an_answer_that_was_paid_for_is_kept_and_forgotten_in_time(store: Store):
    store.ledger.keep_answer("key", model="m", text="first", at=NOON)
    store.ledger.keep_answer("key", model="m", text="second", at=NOON)
    assert store.ledger.answer("key") == "first"
    assert store.ledger.forget_raw(90, NOON + timedelta(days=91)) == 1
    assert store.ledger.answer("key") is None


def test_a_run_is_found_by_the_beginning_of_its_id(store: Store):
    store.ledger.save_run(Run(id="abc123", comparison="a-vs-b", started_at=NOON))
    store.ledger.save_run(Run(id="abc123", comparison="a-vs-b", started_at=NOON, outcome=Outcome.PUBLISHED))
    assert store.ledger.run("abc").outcome is Outcome.PUBLISHED
    with pytest.raises(UnknownName, match="no run begins with"):
        store.ledger.run("zzz")


def test_a_backup_is_a_whole_store_and_never_overwrites(sqlite_store: Store, tmp_path: Path):
    add_draft(sqlite_store)
    sqlite_store.backup(tmp_path / "copy.db")
    assert Store(f"sqlite:///{tmp_path / 'copy.db'}").drafts.get(1).comparison == "a-vs-b"
    with pytest.raises(StoreError, match="exists"):
        sqlite_store.backup(tmp_path / "copy.db")
