"""Deadlines paused: since when, at which due time and why; and the letters that were lost."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

PAUSED = "ix_round_paused_by_state"
LOST = "ix_delivery_lost"
OF_ROUND = "ix_notice_round_id"


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.add_column("round", sa.Column("paused_at", instant, nullable=True))
    op.add_column("round", sa.Column("paused_due", instant, nullable=True))
    why = sa.Column("paused_for", sa.String(length=20), nullable=False, server_default="")
    op.add_column("round", why)
    by_state = sa.text("paused_for = 'state'")
    op.create_index(PAUSED, "round", ["id"], sqlite_where=by_state, postgresql_where=by_state)
    lost = sa.text("state in ('failed', 'bounced')")
    op.create_index(LOST, "delivery", ["notice_id"], sqlite_where=lost, postgresql_where=lost)
    op.create_index(OF_ROUND, "notice", ["round_id"])


def downgrade() -> None:
    op.drop_index(OF_ROUND, table_name="notice")
    op.drop_index(LOST, table_name="delivery")
    op.drop_index(PAUSED, table_name="round")
    for column in ("paused_for", "paused_due", "paused_at"):
        op.drop_column("round", column)
