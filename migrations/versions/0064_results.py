"""Indicators, targets and what was reported of them, derived from filed texts; no text held any before."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
# Read from the filed texts again.
comes_again = ("indicator", "indicator_target", "reported_period", "reported_actual")


def upgrade() -> None:
    """Make the tables, empty: forms with such fields come with this release."""
    op.create_table(
        "indicator",
        *_place("indicator"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("code", "statement", "output", "unit")),
        sa.Column("direction", sa.String(10), nullable=False),
        sa.Column("baseline", sa.String(40), nullable=False),
        sa.Column("baseline_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("disaggregated", "means")),
        sa.Column("together", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_indicator")),
    )  # fmt: skip
    op.create_table(
        "indicator_target",
        *_place("indicator_target"),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "place", "by", name=op.f("pk_indicator_target")),
    )
    _reports()


def _reports() -> None:
    op.create_table(
        "reported_period",
        *_case("reported_period"),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("support", sa.SmallInteger(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_reported_period")),
    )
    support = "ix_reported_period_support"
    op.create_index(support, "reported_period", ["period_to", "support", "case_id"])
    op.create_table(
        "reported_actual",
        *_place("reported_actual"),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("value", sa.String(40), nullable=False),
        sa.Column("of_which", sa.String(40), nullable=True),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("verified_by", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_reported_actual")),
    )


def downgrade() -> None:
    """Take them away; the texts stay."""
    op.drop_table("reported_actual")
    op.drop_index("ix_reported_period_support", table_name="reported_period")
    op.drop_table("reported_period")
    op.drop_table("indicator_target")
    op.drop_table("indicator")


def _case(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f(f"fk_{table}_case_id_lifecycle_case")
        ),
    )


def _place(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        *_case(table),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
    )
