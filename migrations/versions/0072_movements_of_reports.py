"""From which report a movement of money was taken over; what was recorded before says none."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    """Add the column."""
    op.add_column(
        "money_movement", sa.Column("paper", sa.String(120), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Take it away; what it says stays told on the trail."""
    op.drop_column("money_movement", "paper")
