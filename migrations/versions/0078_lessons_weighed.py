"""What was said of lessons in programmes: used, or not for them."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "lesson_weighing",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("weighed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "said in ('used', 'not_for_us')", name=op.f("ck_lesson_weighing_said_known")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_lesson_weighing_{column}_{table}")
            )
            for column, table in (
                ("case_id", "lifecycle_case"), ("lesson_id", "lifecycle_case"), ("person_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("case_id", "event_seq", name=op.f("pk_lesson_weighing")),
    )  # fmt: skip
    op.create_index(
        "ix_lesson_weighing_lesson", "lesson_weighing", ["lesson_id", "case_id", "event_seq"]
    )


def downgrade() -> None:
    """Take it away; what was said stays told on the trail."""
    op.drop_table("lesson_weighing")
