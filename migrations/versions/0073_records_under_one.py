"""Records that are kept under another are found by an index of these alone: few are, and most stand under none."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"

NAME, UNDER_ANOTHER = "ix_lifecycle_case_parent_id", sa.text("parent_id is not null")


def upgrade() -> None:
    op.drop_index(NAME, table_name="lifecycle_case")
    op.create_index(
        NAME,
        "lifecycle_case",
        ["parent_id"],
        sqlite_where=UNDER_ANOTHER,
        postgresql_where=UNDER_ANOTHER,
    )


def downgrade() -> None:
    op.drop_index(NAME, table_name="lifecycle_case")
    op.create_index(NAME, "lifecycle_case", ["parent_id"])
