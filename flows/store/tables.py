"""The tables. `migrations/` must lead here: a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

#: The newest migration. A store at another revision is migrated, or refused when it is newer.
HEAD = "0002"

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is taken off on the way in and put back on the way out."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


observations = sa.Table(
    "observations",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("entity", sa.String(64), nullable=False),
    sa.Column("metric", sa.String(64), nullable=False),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("first_seen_at", Moment, nullable=False),
    # The only column that ever changes: a source was seen to say the same again.
    sa.Column("last_seen_at", Moment, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index(None, "entity", "metric"),
)

#: When a source last answered for an entity: what it no longer says is not current, what it could not say still is.
source_reads = sa.Table(
    "source_reads",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("entity", sa.String(64), primary_key=True),
    sa.Column("at", Moment, nullable=False),
)

sheets = sa.Table(
    "sheets",
    metadata,
    sa.Column("sheet_hash", sa.String(64), primary_key=True),
    sa.Column("comparison", sa.String(120), nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("comparison", sa.String(120), nullable=False),
    sa.Column("started_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("outcome", sa.String(16)),
    sa.Column("cost_usd", sa.Numeric(12, 6)),
    sa.Column("body", sa.Text, nullable=False),
    sa.Index(None, "comparison", "started_at"),
)

drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # One draft per (comparison, facts, drafter, prompt, model, first text): a killed run that starts again finds it.
    sa.Column("draft_key", sa.String(64), nullable=False, unique=True),
    sa.Column("comparison", sa.String(120), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("drafter", sa.String(16), nullable=False),
    sa.Column("model", sa.String(120)),
    sa.Column("prompt_hash", sa.String(64)),
    sa.Column("sheet_hash", sa.String(64), nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("run_id", sa.String(32)),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.Index(None, "state"),
    sa.Index(None, "comparison", "state"),
)

revisions = sa.Table(
    "revisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("author", sa.String(120), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("revision_hash", sa.String(64), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    # The parent is `number - 1`; two editors who saved against the same one collide here.
    sa.UniqueConstraint("draft_id", "number"),
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("revision_id", sa.Integer, sa.ForeignKey("revisions.id"), nullable=False),
    sa.Column("sheet_hash", sa.String(64), nullable=False),
    sa.Column("checker_version", sa.String(64), nullable=False),
    sa.Column("report_hash", sa.String(64), nullable=False),
    sa.Column("decision", sa.String(16), nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.UniqueConstraint("revision_id", "sheet_hash", "checker_version"),
)

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
    sa.Column("approved_by", sa.String(120), nullable=False),
    sa.Column("approved_at", Moment, nullable=False),
    # What the yes was given to. Anything else voids it (DESIGN.md, Hashes and states).
    sa.Column("revision_hash", sa.String(64), nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("labels_hash", sa.String(64), nullable=False),
    sa.Column("carried_from", sa.Integer, sa.ForeignKey("approvals.id")),
    sa.Column("reviewed_by", sa.String(120)),
    sa.Column("reviewed_on", sa.Date),
)

publications = sa.Table(
    "publications",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("comparison", sa.String(120), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("draft_id", sa.Integer, sa.ForeignKey("drafts.id"), nullable=False),
    sa.Column("approval_id", sa.Integer, sa.ForeignKey("approvals.id"), nullable=False),
    sa.Column("revision_hash", sa.String(64), nullable=False),
    sa.Column("sheet_hash", sa.String(64), nullable=False),
    sa.Column("checker_version", sa.String(64), nullable=False),
    sa.Column("published_at", Moment, nullable=False),
    sa.Column("verified_at", Moment, nullable=False),
    # Set once the sink has the files: a publication without it is written by the next sweep.
    sa.Column("written_at", Moment),
    sa.Column("retracted_at", Moment),
    sa.Column("retracted_reason", sa.Text),
    sa.Column("change", sa.Text, nullable=False),
    sa.UniqueConstraint("comparison", "number"),
)

_ASKED = sa.text("outcome = 'asked'")

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("run_id", sa.String(32), nullable=False),
    sa.Column("comparison", sa.String(120), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("model", sa.String(120), nullable=False),
    sa.Column("prompt", sa.String(64), nullable=False),
    sa.Column("prompt_hash", sa.String(64), nullable=False),
    sa.Column("answer_key", sa.String(64), nullable=False),
    sa.Column("outcome", sa.String(24), nullable=False),
    sa.Column("latency_s", sa.Float, nullable=False),
    sa.Column("input_tokens", sa.Integer, nullable=False),
    sa.Column("cached_tokens", sa.Integer, nullable=False),
    sa.Column("output_tokens", sa.Integer, nullable=False),
    sa.Column("estimated", sa.Boolean, nullable=False),
    # NULL: the price is unknown. Never 0 for that.
    sa.Column("cost_usd", sa.Numeric(12, 6)),
    sa.Column("request_id", sa.String(120)),
    sa.Column("raw", sa.Text),
    sa.Column("error", sa.Text),
    sa.Index(None, "at"),
    sa.Index(None, "run_id"),
    sa.Index("ix_attempts_asked", "outcome", sqlite_where=_ASKED, postgresql_where=_ASKED),
)

#: The cache that never pays twice: an answer that arrived, by what was asked.
answers = sa.Table(
    "answers",
    metadata,
    sa.Column("answer_key", sa.String(64), primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("model", sa.String(120), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

#: Small facts about the world that are found out once: what an endpoint can do, whether publishing is paused.
switches = sa.Table(
    "switches",
    metadata,
    sa.Column("name", sa.String(300), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
)

#: Work that an endpoint asked to be left alone until `due_at`: the next sweep after that takes it up.
parked = sa.Table(
    "parked",
    metadata,
    sa.Column("comparison", sa.String(120), primary_key=True),
    sa.Column("due_at", Moment, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("run_id", sa.String(32), nullable=False),
)

locks = sa.Table(
    "locks",
    metadata,
    sa.Column("name", sa.String(120), primary_key=True),
    sa.Column("holder", sa.String(200), nullable=False),
    sa.Column("host", sa.String(200), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("taken_at", Moment, nullable=False),
    sa.Column("expires_at", Moment, nullable=False),
)
