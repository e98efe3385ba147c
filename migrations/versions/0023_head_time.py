"""The time of a case's last event beside its number and hash, so that no act has to look for it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
# What is read from the trail again.
comes_again = ("lifecycle_case.head_at",)


def upgrade() -> None:
    op.add_column("lifecycle_case", sa.Column("head_at", sa.DateTime(timezone=True), nullable=True))
    case = sa.table("lifecycle_case", sa.column("id"), sa.column("head_seq"), sa.column("head_at"))
    event = sa.table("event", sa.column("case_id"), sa.column("seq"), sa.column("at"))
    last = sa.select(event.c.at).where(event.c.case_id == case.c.id, event.c.seq == case.c.head_seq)
    op.execute(sa.update(case).values(head_at=last.scalar_subquery()))


def downgrade() -> None:
    op.drop_column("lifecycle_case", "head_at")
