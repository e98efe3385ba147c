"""What an act looks for at once: the time of a case's last event, and what a person did in a case."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("lifecycle_case", sa.Column("head_at", sa.DateTime(timezone=True), nullable=True))
    case = sa.table("lifecycle_case", sa.column("id"), sa.column("head_seq"), sa.column("head_at"))
    event = sa.table("event", sa.column("case_id"), sa.column("seq"), sa.column("at"))
    last = sa.select(event.c.at).where(event.c.case_id == case.c.id, event.c.seq == case.c.head_seq)
    op.execute(sa.update(case).values(head_at=last.scalar_subquery()))
    op.drop_index("ix_sign_off_case_id", table_name="sign_off")
    op.create_index("ix_sign_off_case_person", "sign_off", ["case_id", "person_id"])


def downgrade() -> None:
    op.drop_index("ix_sign_off_case_person", table_name="sign_off")
    op.create_index("ix_sign_off_case_id", "sign_off", ["case_id"])
    op.drop_column("lifecycle_case", "head_at")
