"""The envelope of a framework by source and area, as its text was adopted.

Downgrading drops it; the texts stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
TABLE = "framework_envelope"


def upgrade() -> None:
    """Make the table, empty: no text that was adopted so far says it."""
    op.create_table(
        TABLE,
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(60), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("amount", sa.Numeric(16, 2), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f(f"ck_{TABLE}_more_than_nothing")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f(f"fk_{TABLE}_framework_id_framework")
        ),
        sa.PrimaryKeyConstraint("framework_id", "area", "source", name=op.f(f"pk_{TABLE}")),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table(TABLE)
