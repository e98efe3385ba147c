"""The register: the case on whose chain appointments are recorded."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

CASE = sa.table(
    "lifecycle_case",
    sa.column("ref", sa.String),
    sa.column("subject", sa.String),
    sa.column("title", sa.String),
    sa.column("state", sa.String),
    sa.column("stage", sa.String),
    sa.column("entered_at", sa.DateTime(timezone=True)),
    sa.column("opened_at", sa.DateTime(timezone=True)),
    sa.column("version", sa.Integer),
    sa.column("head_seq", sa.Integer),
)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    kept = op.get_bind().scalar(sa.select(CASE.c.ref).where(CASE.c.ref == "REGISTER"))
    if kept:
        return
    op.bulk_insert(
        CASE,
        [
            {
                "ref": "REGISTER",
                "subject": "register",
                "title": "Register of persons, parties and appointments",
                "state": "open",
                "stage": "end",
                "entered_at": ALWAYS,
                "opened_at": ALWAYS,
                "version": 1,
                "head_seq": 0,
            }
        ],
    )


def downgrade() -> None:
    # A register on whose chain something stands cannot be taken away without breaking the trail.
    op.execute(CASE.delete().where(CASE.c.ref == "REGISTER", CASE.c.head_seq == 0))
