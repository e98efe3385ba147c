"""The working calendars of parties: none is made here, so every end is counted as before."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_table(
        "party_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("weekend", sa.String(70), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("source", sa.String(3), server_default="", nullable=False),
        sa.Column("edition", sa.String(40), server_default="", nullable=False),
        sa.Column("through", sa.Date(), nullable=True),
        sa.Column("closed", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_calendar_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_calendar")),
    )
    op.create_index("ix_party_calendar_party_id_since", "party_calendar", ["party_id", "since"])


def downgrade() -> None:
    op.drop_table("party_calendar")
