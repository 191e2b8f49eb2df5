"""Publications: immutable versions of pages, written by the release sweep until the sink has them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from flows.errors import UnknownName
from flows.store.drafts import move
from flows.store.records import ApprovalRecord, PublicationRecord
from flows.store.session import Queries
from flows.store.tables import approvals, drafts, publications
from schemas.states import DraftState


class Publications(Queries):
    """What readers see, and saw."""

    def add(
        self,
        *,
        comparison: str,
        draft_id: int,
        approval_id: int,
        revision_hash: str,
        sheet_hash: str,
        checker_version: str,
        verified_at: datetime,
        change: str,
        at: datetime,
    ) -> PublicationRecord:
        """Record the next version of a page and move its draft to `published`, the one before to `superseded`.

        One transaction. Doing it again for what is already the newest version gives that version.
        """
        with self.write() as connection:
            newest = self._newest(connection, comparison)
            same = (draft_id, revision_hash, sheet_hash, checker_version)
            if (
                newest is not None
                and newest.retracted_at is None
                and same
                == (
                    newest.draft_id,
                    newest.revision_hash,
                    newest.sheet_hash,
                    newest.checker_version,
                )
            ):
                return newest
            move(connection, draft_id, DraftState.PUBLISHED, at=at)
            older = sa.select(drafts.c.id).where(
                drafts.c.comparison == comparison, drafts.c.state == DraftState.PUBLISHED.value, drafts.c.id != draft_id
            )
            for (other,) in connection.execute(older).all():
                move(connection, other, DraftState.SUPERSEDED, at=at)
            row = {
                "comparison": comparison,
                "number": 1 if newest is None else newest.number + 1,
                "draft_id": draft_id,
                "approval_id": approval_id,
                "revision_hash": revision_hash,
                "sheet_hash": sheet_hash,
                "checker_version": checker_version,
                "published_at": at,
                "verified_at": verified_at,
                "change": change,
            }
            connection.execute(publications.insert(), row)
            made = self._newest(connection, comparison)
            assert made is not None  # noqa: S101 - it was inserted two lines above, in this transaction
            return made

    def newest(self, comparison: str) -> PublicationRecord | None:
        """The newest version of a page, retracted or not; None when there never was one."""
        with self.read() as connection:
            return self._newest(connection, comparison)

    def all_newest(self) -> tuple[PublicationRecord, ...]:
        """The newest version of every page, by slug."""
        last = (
            sa.select(publications.c.comparison, sa.func.max(publications.c.number).label("number"))
            .group_by(publications.c.comparison)
            .subquery()
        )
        query = (
            sa.select(publications)
            .join(last, sa.and_(last.c.comparison == publications.c.comparison, last.c.number == publications.c.number))
            .order_by(publications.c.comparison)
        )
        with self.read() as connection:
            return tuple(PublicationRecord(**row._mapping) for row in connection.execute(query))

    def history(self, comparison: str) -> tuple[PublicationRecord, ...]:
        """All versions of a page, newest first."""
        query = (
            sa.select(publications)
            .where(publications.c.comparison == comparison)
            .order_by(publications.c.number.desc())
        )
        with self.read() as connection:
            return tuple(PublicationRecord(**row._mapping) for row in connection.execute(query))

    def approval(self, publication: PublicationRecord) -> ApprovalRecord:
        """The approval under which a version stands."""
        with self.read() as connection:
            row = connection.execute(sa.select(approvals).where(approvals.c.id == publication.approval_id)).one()
        return ApprovalRecord(**row._mapping)

    def mark_written(self, publication_id: int, at: datetime) -> None:
        """The sink has the files."""
        with self.write() as connection:
            connection.execute(publications.update().where(publications.c.id == publication_id).values(written_at=at))

    def mark_verified(self, publication_id: int, at: datetime) -> None:
        """The facts were seen to hold again; the page says so when it is written next."""
        with self.write() as connection:
            connection.execute(publications.update().where(publications.c.id == publication_id).values(verified_at=at))

    def retract(self, comparison: str, *, reason: str, at: datetime) -> PublicationRecord:
        """Take a page back. Raises UnknownName when there is nothing to take back."""
        with self.write() as connection:
            newest = self._newest(connection, comparison)
            if newest is None or newest.retracted_at is not None:
                raise UnknownName(f"{comparison} is not published: nothing to retract")
            change = {"retracted_at": at, "retracted_reason": reason, "written_at": None}
            connection.execute(publications.update().where(publications.c.id == newest.id).values(**change))
            move(connection, newest.draft_id, DraftState.RETRACTED, at=at, reason=reason)
            again = self._newest(connection, comparison)
            assert again is not None  # noqa: S101 - it was updated in this transaction
            return again

    def _newest(self, connection: sa.Connection, comparison: str) -> PublicationRecord | None:
        query = (
            sa.select(publications)
            .where(publications.c.comparison == comparison)
            .order_by(publications.c.number.desc())
            .limit(1)
        )
        row = connection.execute(query).one_or_none()
        return None if row is None else PublicationRecord(**row._mapping)
