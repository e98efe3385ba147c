"""The day that a paper bears which was brought in from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.add_column("attachment", sa.Column("dated", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("attachment", "dated")
