"""For which commitment or match somebody began a case; nothing was begun so before."""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
# Written anew from the events by `primemover verify` and the daily check.
comes_again = ("case_origin",)


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        "case_origin",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.String(length=20), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["lifecycle_case.id"],
                name=op.f(f"fk_case_origin_{column}_lifecycle_case"),
            )
            for column in ("case_id", "origin_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_origin")),
    )
    op.create_index(op.f("ix_case_origin_origin_id"), "case_origin", ["origin_id"])


def downgrade() -> None:
    """Take it away; that a case was begun so stays told on its trail."""
    op.drop_table("case_origin")
