"""Runs, the ledger of model attempts, and the answers that were paid for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

import sqlalchemy as sa

from flows.errors import UnknownName
from flows.store.records import CostRow
from flows.store.session import Queries, insert_new
from flows.store.tables import answers, attempts, runs
from schemas.runs import Attempt, Run, Usage

# Built once: a draft asks and books several times.
_ANSWER = sa.select(answers.c.text).where(answers.c.answer_key == sa.bindparam("key"))
_ATTEMPT = attempts.insert()

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

    def add_attempt(self, attempt: Attempt, *, keep_answer: bool = False) -> None:
        """One row for one request, also for one that failed; with `keep_answer` its raw text answers the same question again."""
        row = attempt.model_dump(exclude={"usage"}) | attempt.usage.model_dump()
        with self.write() as connection:
            connection.execute(_ATTEMPT, row)
            if keep_answer:
                kept = {
                    "answer_key": attempt.answer_key,
                    "model": attempt.model,
                    "text": attempt.raw or "",
                    "at": attempt.at,
                }
                insert_new(connection, answers, kept)

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
        with self.read() as connection:
            found = connection.execute(_ANSWER, {"key": answer_key}).scalar()
        return None if found is None else str(found)

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
