"""Child cases that are opened for a row of a table, each known by what the row is known by."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
ONLY = sa.text("row_key is not null")


def upgrade() -> None:
    """Make room for it; whatever is there was opened for no row."""
    op.add_column("child_case", sa.Column("row_key", sa.String(length=40), nullable=True))
    op.create_index(
        "ix_child_case_row",
        "child_case",
        ["parent_id", "kind", "row_key"],
        unique=True,
        sqlite_where=ONLY,
        postgresql_where=ONLY,
    )


def downgrade() -> None:
    """Take it away; what was opened for a row stays as a case under its parent."""
    op.drop_index("ix_child_case_row", table_name="child_case")
    op.drop_column("child_case", "row_key")
