"""When each process last did each kind of background work; nothing of a programme hangs on it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
# What is made anew by itself and is no loss.
comes_again = ("heartbeat",)


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("process", sa.String(length=120), nullable=False),
        sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("kind", "process", name=op.f("pk_heartbeat")),
    )


def downgrade() -> None:
    op.drop_table("heartbeat")
