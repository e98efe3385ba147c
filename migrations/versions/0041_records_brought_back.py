"""A record that was merged and brought back stands under no other: its history says that it lives on by itself."""

from alembic import op

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    op.execute("UPDATE lifecycle_case SET parent_id = NULL WHERE footing <> 'kept'")


def downgrade() -> None:
    """Leaves them as they are: under which record one stood is told by its history alone."""
