"""Drafts, their revisions and reports, and the one function that changes a draft's state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from flows.errors import StoreConflict, UnknownName
from flows.store.records import ApprovalRecord, DraftRecord
from flows.store.session import Queries, insert_new
from flows.store.tables import approvals, drafts, reports, revisions
from schemas.checking import Report
from schemas.drafts import Draft
from schemas.states import DraftState, may_move


class Drafts(Queries):
    """The editor's side of the store."""

    def add(
        self,
        draft: Draft,
        *,
        draft_key: str,
        comparison: str,
        drafter: str,
        model: str | None,
        prompt_hash: str | None,
        sheet_hash: str,
        fingerprint: str,
        revision_hash: str,
        author: str,
        run_id: str,
        at: datetime,
    ) -> int:
        """Store a new draft in state `drafted` with its first revision; the same `draft_key` again gives the same id."""
        row = {
            "draft_key": draft_key,
            "comparison": comparison,
            "state": DraftState.DRAFTED.value,
            "drafter": drafter,
            "model": model,
            "prompt_hash": prompt_hash,
            "sheet_hash": sheet_hash,
            "fingerprint": fingerprint,
            "run_id": run_id,
            "created_at": at,
            "updated_at": at,
        }
        with self.write() as connection:
            insert_new(connection, drafts, row)
            draft_id = int(
                connection.execute(sa.select(drafts.c.id).where(drafts.c.draft_key == draft_key)).scalar_one()
            )
            first = {
                "draft_id": draft_id,
                "number": 1,
                "author": author,
                "reason": None,
                "created_at": at,
                "revision_hash": revision_hash,
                "body": draft.model_dump_json(),
            }
            insert_new(connection, revisions, first)
        return draft_id

    def add_revision(
        self, draft_id: int, draft: Draft, *, parent: int, revision_hash: str, author: str, reason: str, at: datetime
    ) -> int:
        """Store the revision that follows number `parent`. Raises StoreConflict when `parent` is no longer the newest."""
        row = {
            "draft_id": draft_id,
            "number": parent + 1,
            "author": author,
            "reason": reason,
            "created_at": at,
            "revision_hash": revision_hash,
            "body": draft.model_dump_json(),
        }
        with self.write() as connection:
            newest = connection.execute(
                sa.select(sa.func.max(revisions.c.number)).where(revisions.c.draft_id == draft_id)
            ).scalar()
            if newest != parent:
                raise StoreConflict(
                    f"draft {draft_id} has a newer revision ({newest}) than the one you changed ({parent}): look at it first"
                )
            return int(connection.execute(revisions.insert().returning(revisions.c.id), row).scalar_one())

    def save_report(self, revision_id: int, report: Report, *, sheet_hash: str, report_hash: str, at: datetime) -> None:
        """Keep what the checker said of a revision against a sheet."""
        row = {
            "revision_id": revision_id,
            "sheet_hash": sheet_hash,
            "checker_version": report.checker_version,
            "report_hash": report_hash,
            "decision": report.decision.value,
            "created_at": at,
            "body": report.model_dump_json(),
        }
        with self.write() as connection:
            insert_new(connection, reports, row)

    def move(self, draft_id: int, to: DraftState, *, at: datetime, reason: str | None = None) -> None:
        """Change a draft's state by the table in `schemas.states`; moving to where it is changes nothing.

        Raises StoreConflict when the table does not allow the move, UnknownName for an id that does not exist.
        """
        with self.write() as connection:
            move(connection, draft_id, to, at=at, reason=reason)

    def get(self, draft_id: int) -> DraftRecord:
        """One draft with its newest revision and report. Raises UnknownName."""
        found = self._select(_by_id(), {"wanted": draft_id})
        if not found:
            raise UnknownName(f"there is no draft {draft_id}: `tiebreak review list` shows those that wait")
        return found[0]

    def in_state(self, *states: DraftState, comparison: str | None = None) -> tuple[DraftRecord, ...]:
        """Drafts in any of the states, oldest first."""
        values = {"states": [state.value for state in states], "comparison": comparison}
        return self._select(_in_state(of_one=comparison is not None), values)

    def by_key(self, draft_key: str) -> DraftRecord | None:
        """The draft that was made from exactly this, or None."""
        found = self._select(_whole().where(drafts.c.draft_key == draft_key), {})
        return found[0] if found else None

    def approve(
        self,
        record: DraftRecord,
        *,
        approved_by: str,
        labels_hash: str,
        at: datetime,
        fingerprint: str | None = None,
        carried_from: int | None = None,
        reviewed_by: str | None = None,
        reviewed_on: date | None = None,
    ) -> int:
        """Record a yes to the record's revision and move the draft to `approved`, in one transaction.

        Raises StoreConflict when the draft has moved on or has a newer revision.
        """
        row = {
            "draft_id": record.id,
            "approved_by": approved_by,
            "approved_at": at,
            "revision_hash": record.revision_hash,
            "fingerprint": fingerprint or record.fingerprint,
            "labels_hash": labels_hash,
            "carried_from": carried_from,
            "reviewed_by": reviewed_by,
            "reviewed_on": reviewed_on,
        }
        with self.write() as connection:
            newest = connection.execute(
                sa.select(sa.func.max(revisions.c.number)).where(revisions.c.draft_id == record.id)
            ).scalar()
            if newest != record.revision_number:
                raise StoreConflict(
                    f"draft {record.id} has a newer revision: `tiebreak review show {record.id}` before approving"
                )
            if carried_from is None:
                move(connection, record.id, DraftState.APPROVED, at=at)
            return int(connection.execute(approvals.insert().returning(approvals.c.id), row).scalar_one())

    def approval(self, draft_id: int) -> ApprovalRecord | None:
        """The newest approval of a draft, or None."""
        query = sa.select(approvals).where(approvals.c.draft_id == draft_id).order_by(approvals.c.id.desc()).limit(1)
        with self.read() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else ApprovalRecord(**row._mapping)

    def _select(self, query: sa.Select[Any], values: Mapping[str, object]) -> tuple[DraftRecord, ...]:
        with self.read() as connection:
            rows: Sequence[sa.Row[tuple[object, ...]]] = connection.execute(query, values).all()
        return tuple(_record(row) for row in rows)


@cache
def _whole() -> sa.Select[Any]:
    """Drafts with their newest revision and report. Building the statement takes as long as asking."""
    others = revisions.alias()
    newest = sa.select(sa.func.max(others.c.number)).where(others.c.draft_id == drafts.c.id).correlate(drafts)
    report = (
        sa.select(reports.c.body)
        .where(reports.c.revision_id == revisions.c.id)
        .order_by(reports.c.id.desc())
        .limit(1)
        .correlate(revisions)
        .scalar_subquery()
    )
    belongs = sa.and_(revisions.c.draft_id == drafts.c.id, revisions.c.number == newest.scalar_subquery())
    whole = sa.select(
        drafts,
        revisions.c.id.label("revision_id"),
        revisions.c.number.label("revision_number"),
        revisions.c.revision_hash,
        revisions.c.author,
        revisions.c.body.label("draft_body"),
        report.label("report_body"),
    )
    return whole.select_from(drafts).join(revisions, belongs).order_by(drafts.c.id)


@cache
def _by_id() -> sa.Select[Any]:
    return _whole().where(drafts.c.id == sa.bindparam("wanted"))


@cache
def _in_state(*, of_one: bool) -> sa.Select[Any]:
    """`of_one`: only the drafts of one comparison."""
    found = _whole().where(drafts.c.state.in_(sa.bindparam("states", expanding=True)))
    return found.where(drafts.c.comparison == sa.bindparam("comparison")) if of_one else found


def move(connection: sa.Connection, draft_id: int, to: DraftState, *, at: datetime, reason: str | None = None) -> None:
    """`Drafts.move` inside a transaction that does more."""
    here = connection.execute(sa.select(drafts.c.state).where(drafts.c.id == draft_id).with_for_update()).scalar()
    if here is None:
        raise UnknownName(f"there is no draft {draft_id}")
    if here == to.value:
        return
    if not may_move(DraftState(here), to):
        raise StoreConflict(f"draft {draft_id} is {here}: it cannot become {to.value}")
    connection.execute(
        drafts.update().where(drafts.c.id == draft_id).values(state=to.value, reason=reason, updated_at=at)
    )


def _record(row: sa.Row[tuple[object, ...]]) -> DraftRecord:
    return DraftRecord(
        id=row.id,
        comparison=row.comparison,
        state=DraftState(row.state),
        reason=row.reason,
        drafter=row.drafter,
        model=row.model,
        prompt_hash=row.prompt_hash,
        sheet_hash=row.sheet_hash,
        fingerprint=row.fingerprint,
        created_at=row.created_at,
        updated_at=row.updated_at,
        revision_id=row.revision_id,
        revision_number=row.revision_number,
        revision_hash=row.revision_hash,
        author=row.author,
        draft=Draft.model_validate_json(row.draft_body),
        report=None if row.report_body is None else Report.model_validate_json(row.report_body),
    )
