"""When each process began beside when it last worked, so that nobody is called dead in their first moments."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
# What is said again by whoever begins next.
comes_again = ("heartbeat.begun_at",)


def upgrade() -> None:
    op.add_column("heartbeat", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("heartbeat", "begun_at")
