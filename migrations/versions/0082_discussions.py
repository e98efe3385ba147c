"""Discussions of cases: what was said about which section, and whom it names.

Downgrading drops what was said; that it was said stays told on the trail.
"""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"

AT = sa.DateTime(timezone=True)
MESSAGE, NAMING = "discussion_message", "discussion_naming"


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        MESSAGE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(90), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("retracted_at", AT, nullable=True),
        sa.Column("retraction_seq", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(40), nullable=False),
        sa.CheckConstraint(
            "(retracted_at is null) = (retraction_seq is null)",
            name=op.f("ck_discussion_message_retraction_told"),
        ),
        _of(MESSAGE, "case_id", "lifecycle_case"),
        _of(MESSAGE, "answers_id", MESSAGE),
        _of(MESSAGE, "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{MESSAGE}")),
        sa.UniqueConstraint("case_id", "key", name=op.f(f"uq_{MESSAGE}_case_id_key")),
    )
    op.create_index(f"ix_{MESSAGE}_thread", MESSAGE, ["case_id", "answers_id", "about", "id"])
    op.create_index(f"ix_{MESSAGE}_answers_id", MESSAGE, ["answers_id"])
    op.create_table(
        NAMING,
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        _of(NAMING, "message_id", MESSAGE),
        _of(NAMING, "person_id", "person"),
        sa.PrimaryKeyConstraint("message_id", "person_id", name=op.f(f"pk_{NAMING}")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table(NAMING)
    op.drop_table(MESSAGE)


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )
