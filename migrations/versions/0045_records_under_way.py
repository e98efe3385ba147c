"""What has not ended is found by its footing, in the order of references: the list of records asks so."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Make the index."""
    under_way = sa.text("stage <> 'end'")
    op.create_index(
        "ix_lifecycle_case_under_way",
        "lifecycle_case",
        ["footing", "ref"],
        sqlite_where=under_way,
        postgresql_where=under_way,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_lifecycle_case_under_way", "lifecycle_case")
