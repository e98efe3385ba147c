"""Groupings of countries, and who belongs to them from when to when.

They are empty at first: the office takes in the reference list, or enters its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "grouping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grouping")),
        sa.UniqueConstraint("key", name=op.f("uq_grouping_key")),
    )
    op.create_table(
        "grouping_membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grouping_id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(3), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("to_the_day", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.String(10), nullable=False),
        sa.CheckConstraint(
            "until is null or since is null or until >= since",
            name=op.f("ck_grouping_membership_ends_after_start"),
        ),
        sa.CheckConstraint(
            "confidence in ('high', 'medium', 'low')",
            name=op.f("ck_grouping_membership_confidence_known"),
        ),
        sa.ForeignKeyConstraint(
            ["grouping_id"],
            ["grouping.id"],
            name=op.f("fk_grouping_membership_grouping_id_grouping"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grouping_membership")),
    )
    op.create_index(
        "ix_grouping_membership_grouping_id_iso3", "grouping_membership", ["grouping_id", "iso3"]
    )
    op.create_index("ix_grouping_membership_iso3", "grouping_membership", ["iso3"])


def downgrade() -> None:
    """Take them away; that there were memberships stays told on the trail."""
    op.drop_table("grouping_membership")
    op.drop_table("grouping")
