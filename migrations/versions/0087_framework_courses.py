"""Which case each framework came about by; those that were adopted here are called as their cases are.

Downgrading drops it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
TABLE = "framework_course"
# Found again by what frameworks are called, and by what their texts say.
comes_again = (TABLE,)


def upgrade() -> None:
    """Make the table, and fill it with what was adopted so far."""
    op.create_table(
        TABLE,
        sa.Column("framework_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f(f"fk_{TABLE}_framework_id_framework")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f(f"fk_{TABLE}_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("framework_id", name=op.f(f"pk_{TABLE}")),
    )
    op.execute(
        f"INSERT INTO {TABLE} (framework_id, case_id) SELECT f.id, c.id FROM framework f "  # Words of this module alone.
        "JOIN lifecycle_case c ON c.ref = f.key WHERE c.subject = 'framework'"
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table(TABLE)
