"""Finding the attempts that are under way without reading all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OPEN = sa.text("outcome = 'asked'")


def upgrade() -> None:
    op.create_index(
        "ix_attempts_asked", "attempts", ["outcome"], unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_attempts_asked", table_name="attempts")
