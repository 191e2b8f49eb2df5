"""Runs, the ledger of model attempts, and the answers that were paid for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

import sqlalchemy as sa

from flows.errors import UnknownName
from flows.store.locks import LEASE, is_live
from flows.store.records import CostRow
from flows.store.session import Queries, insert_new
from flows.store.tables import answers, attempts, locks, runs
from schemas.runs import ASKED, LOST, Attempt, Run, Usage

# Built once: a draft asks and books several times.
_ANSWERS = sa.select(answers.c.answer_key, answers.c.text).where(
    answers.c.answer_key.in_(sa.bindparam("keys", expanding=True))
)
#: What an attempt that was asked learns when it ends.
_SETTLED = (
    "outcome", "latency_s", "input_tokens", "cached_tokens", "output_tokens", "estimated", "cost_usd", "request_id",
    "raw", "error",
)  # fmt: skip
_LOST_BECAUSE = "the process ended before the answer came: what it cost is an estimate"

Grouping = Literal["day", "model", "prompt", "comparison"]


class Ledger(Queries):
    """What happened and what it cost."""

    def save_run(self, run: Run) -> None:
        """Store a run, or overwrite the record of one that was begun."""
        row = {
            "id": run.id,
            "comparison": run.comparison,
            "started_at": run.started_at,
            "ended_at": run.ended_at,
            "outcome": None if run.outcome is None else run.outcome.value,
            "cost_usd": run.cost_usd,
            "body": run.model_dump_json(),
        }
        with self.write() as connection:
            insert_new(connection, runs, row, update=("ended_at", "outcome", "cost_usd", "body"))

    def runs(self, comparison: str | None = None, limit: int = 50) -> tuple[Run, ...]:
        """The latest runs, newest first."""
        query = sa.select(runs.c.body).order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(limit)
        if comparison is not None:
            query = query.where(runs.c.comparison == comparison)
        with self.read() as connection:
            return tuple(Run.model_validate_json(row.body) for row in connection.execute(query))

    def run(self, run_id: str) -> Run:
        """One run by id or by the beginning of it. Raises UnknownName."""
        with self.read() as connection:
            found = connection.execute(
                sa.select(runs.c.body).where(runs.c.id.startswith(run_id, autoescape=True)).limit(2)
            ).all()
        if len(found) != 1:
            raise UnknownName(
                f"{'no' if not found else 'more than one'} run begins with {run_id!r}: `tiebreak runs` lists them"
            )
        return Run.model_validate_json(found[0].body)

    def book(self, booked: Sequence[Attempt], *, keep: Collection[str] = ()) -> None:
        """Rows of requests, in one transaction: new ones, or what became of those that were booked as asked.

        `keep`: ids of attempts whose raw text answers the same question again.
        """
        rows = [{**dict(attempt), **dict(attempt.usage)} for attempt in booked]
        for row in rows:
            del row["usage"]
        kept = [
            {"answer_key": one.answer_key, "model": one.model, "text": one.raw or "", "at": one.at}
            for one in booked
            if one.id in keep
        ]
        with self.write() as connection:
            insert_new(connection, attempts, rows, update=_SETTLED)
            if kept:
                insert_new(connection, answers, kept)

    def settle_lost(self, now: datetime) -> int:
        """Mark as lost what was asked by runs that are no more; their usage stays the estimate that was booked. Gives how many.

        A run is no more when nobody alive holds its comparison's lock; what was asked without one is waited for as
        long as a lock is.
        """
        with self.read() as connection:
            asked = connection.execute(
                sa.select(attempts.c.id, attempts.c.run_id, attempts.c.at).where(attempts.c.outcome == ASKED)
            ).all()
            holders = {row.holder: is_live(row, now) for row in connection.execute(sa.select(locks))} if asked else {}
        lost = [row.id for row in asked if not holders.get(row.run_id, row.at > now - LEASE)]
        if lost:
            with self.write() as connection:
                # Only what is still open: its own process may have settled it meanwhile.
                connection.execute(
                    attempts.update()
                    .where(attempts.c.id.in_(lost), attempts.c.outcome == ASKED)
                    .values(outcome=LOST, error=_LOST_BECAUSE)
                )
        return len(lost)

    def attempts(self, run_id: str) -> tuple[Attempt, ...]:
        """The attempts of one run, in order."""
        with self.read() as connection:
            rows = connection.execute(
                sa.select(attempts).where(attempts.c.run_id == run_id).order_by(attempts.c.at, attempts.c.id)
            ).all()
        return tuple(_attempt(row) for row in rows)

    def spent(self, *, run_id: str | None = None, since: datetime | None = None) -> Decimal:
        """Known cost of a run, or of all runs since a moment."""
        query = sa.select(sa.func.coalesce(sa.func.sum(attempts.c.cost_usd), 0))
        if run_id is not None:
            query = query.where(attempts.c.run_id == run_id)
        if since is not None:
            query = query.where(attempts.c.at >= since)
        with self.read() as connection:
            return Decimal(connection.execute(query).scalar_one())

    def costs(self, by: Grouping, since: datetime | None = None) -> tuple[CostRow, ...]:
        """Attempts and cost, grouped. Days are UTC."""
        key = sa.func.date(attempts.c.at) if by == "day" else attempts.c[by]
        query = (
            sa.select(
                key.label("key"),
                sa.func.count().label("attempts"),
                *(
                    sa.func.sum(attempts.c[name]).label(name)
                    for name in ("input_tokens", "cached_tokens", "output_tokens")
                ),
                sa.func.coalesce(sa.func.sum(attempts.c.cost_usd), 0).label("cost_usd"),
                sa.func.sum(sa.case((attempts.c.cost_usd.is_(None), 1), else_=0)).label("unknown"),
            )
            .group_by(key)
            .order_by(key)
        )
        if since is not None:
            query = query.where(attempts.c.at >= since)
        with self.read() as connection:
            rows = connection.execute(query).all()
        return tuple(
            CostRow(**{**row._mapping, "key": str(row.key), "cost_usd": Decimal(row.cost_usd)}) for row in rows
        )

    def answer(self, answer_key: str) -> str | None:
        """The raw text of an answer that was already paid for, or None."""
        return self.answers([answer_key]).get(answer_key)

    def answers(self, answer_keys: Sequence[str]) -> dict[str, str]:
        """The raw texts of those answers that were already paid for, by their keys."""
        with self.read() as connection:
            return {row.answer_key: row.text for row in connection.execute(_ANSWERS, {"keys": list(answer_keys)})}

    def keep_answer(self, answer_key: str, *, model: str, text: str, at: datetime) -> None:
        """Keep an answer that arrived; the first one stays."""
        with self.write() as connection:
            insert_new(connection, answers, {"answer_key": answer_key, "model": model, "text": text, "at": at})

    def forget_raw(self, keep_days: int, now: datetime) -> int:
        """Delete raw answers older than the retention setting; counts and costs stay. Returns how many went."""
        before = now.astimezone(UTC) - timedelta(days=keep_days)
        with self.write() as connection:
            gone = connection.execute(answers.delete().where(answers.c.at < before)).rowcount
            connection.execute(
                attempts.update().where(attempts.c.at < before, attempts.c.raw.is_not(None)).values(raw=None)
            )
        return gone


def _attempt(row: sa.Row[tuple[object, ...]]) -> Attempt:
    values = dict(row._mapping)
    usage = Usage(
        **{name: values.pop(name) for name in ("input_tokens", "cached_tokens", "output_tokens", "estimated")}
    )
    return Attempt(**values, usage=usage)
