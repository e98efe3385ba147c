"""Answers given under a mandate are found by their case: whoever signs looks for those in their name."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Make the index."""
    mandated = sa.text("mandate_id is not null")
    op.create_index(
        "ix_sign_off_mandated",
        "sign_off",
        ["case_id"],
        sqlite_where=mandated,
        postgresql_where=mandated,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_sign_off_mandated", "sign_off")
