"""The reporting calendars of parties: none is made here, so every period is counted as before."""

import sqlalchemy as sa
from alembic import op

from workflow.database import Instant

revision = "0075"
down_revision = "0074"

FOLLOW = ("child_case", "child_schedule")


def upgrade() -> None:
    op.create_table(
        "reporting_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("begins_in", sa.Integer(), nullable=False),
        sa.Column("within", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "begins_in between 1 and 12", name=op.f("ck_reporting_calendar_month_of_a_year")
        ),
        sa.CheckConstraint(
            "within between 1 and 366", name=op.f("ck_reporting_calendar_within_a_year")
        ),
        sa.CheckConstraint(
            "outcome in ('', 'confirmed', 'declined')",
            name=op.f("ck_reporting_calendar_outcome_known"),
        ),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> asked_by",
            name=op.f("ck_reporting_calendar_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_reporting_calendar_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_reporting_calendar_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_reporting_calendar_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_calendar")),
    )
    op.create_index(
        "ix_reporting_calendar_party_id_since", "reporting_calendar", ["party_id", "since"]
    )
    op.create_index("ix_reporting_calendar_open", "reporting_calendar", ["outcome", "id"])
    for table in FOLLOW:
        name = f"fk_{table}_calendar_id_reporting_calendar"
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN calendar_id INTEGER "
            f"CONSTRAINT {name} REFERENCES reporting_calendar (id)"
        )


def downgrade() -> None:
    """Forget the calendars; what followed one keeps its period and its due day."""
    for table in FOLLOW:
        op.drop_column(table, "calendar_id")
    op.drop_table("reporting_calendar")
