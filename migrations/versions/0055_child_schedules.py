"""Schedules: how far each schedule of a case has come, and when it opens its next case."""

import sqlalchemy as sa
from alembic import op

from workflow.database import Instant

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Make the table; no lifecycle had schedules before, so no case has any."""
    op.create_table(
        "child_schedule",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("dealt_with", sa.Date(), nullable=True),
        sa.Column("opens_at", Instant(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["lifecycle_case.id"],
            name=op.f("fk_child_schedule_case_id_lifecycle_case"),
        ),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_child_schedule")),
    )
    running = sa.text("opens_at is not null")
    op.create_index(
        "ix_child_schedule_opens_at",
        "child_schedule",
        ["opens_at", "case_id", "kind"],
        sqlite_where=running,
        postgresql_where=running,
    )


def downgrade() -> None:
    """Take it away; what schedules opened stays, and they are counted anew when they come back."""
    op.drop_table("child_schedule")
