"""What of a text that was signed under a case changed the facts of that, where not all of it did.

Of those heard before, all counts that they say.
"""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("child_case", sa.Column("changes", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away; what was signed counts whole again."""
    op.drop_column("child_case", "changes")
