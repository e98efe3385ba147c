"""A lifecycle can be kept as a draft while it is being written."""

import sqlalchemy as sa
from alembic import op

from workflow.database import Instant

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "lifecycle_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["person.id"], name=op.f("fk_lifecycle_draft_begun_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["person.id"], name=op.f("fk_lifecycle_draft_kept_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_draft")),
    )


def downgrade() -> None:
    """Take it away with what was being written."""
    op.drop_table("lifecycle_draft")
