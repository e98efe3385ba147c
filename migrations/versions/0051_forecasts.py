"""Forecasts that a worker computes: what each lifecycle taught, and how each open case will go."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
# A worker computes them anew.
comes_again = ("lifecycle_forecast", "case_forecast")


def upgrade() -> None:
    """Make the tables, empty: nothing is computed here."""
    op.create_table(
        "lifecycle_forecast",
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("closed_cases", sa.Integer, nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assumed", sa.JSON, nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lifecycle_forecast")),
    )
    op.create_table(
        "case_forecast",
        sa.Column("case_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("case_version", sa.Integer, nullable=False),
        sa.Column("case_seq", sa.Integer, nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"],
            name=op.f("fk_case_forecast_case_id_lifecycle_case"),
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_forecast")),
    )  # fmt: skip
    op.create_index("ix_case_forecast_computed_at", "case_forecast", ["computed_at"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("case_forecast")
    op.drop_table("lifecycle_forecast")
