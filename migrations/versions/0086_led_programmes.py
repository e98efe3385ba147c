"""Programmes that lead groups lead: which group took which one on, and when it let it go.

There is nothing to fill it from: no lead group was a case before. Downgrading drops it; what was taken on stays told
on the trail.
"""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"

AT = sa.DateTime(timezone=True)
TABLE = "led_programme"
NOW = sa.text("let_go_at is null")


def upgrade() -> None:
    """Make the table, empty."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("taken_on_at", AT, nullable=False),
        sa.Column("followed_at", AT, nullable=False),
        sa.Column("let_go_at", AT, nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], ["lifecycle_case.id"], name=op.f(f"fk_{TABLE}_{column}_lifecycle_case")
            )
            for column in ("group_id", "programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(
        f"ix_{TABLE}_now", TABLE, ["programme_id"],
        unique=True, sqlite_where=NOW, postgresql_where=NOW,
    )  # fmt: skip
    op.create_index(f"ix_{TABLE}_group_id", TABLE, ["group_id", "programme_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table(TABLE)
