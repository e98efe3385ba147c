"""On what footing a case stands: managed here, on record from elsewhere, or kept as a record only.

What was imported is on record, unless a round was opened on it here since. The column is added with
its check in one statement, since SQLite would lose the triggers of a table that is made anew.
"""

from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE lifecycle_case ADD COLUMN footing VARCHAR(10) DEFAULT 'managed' NOT NULL "
        "CONSTRAINT ck_lifecycle_case_footing_known "
        "CHECK (footing in ('managed', 'record', 'kept'))"
    )
    op.execute(
        "UPDATE lifecycle_case SET footing = 'record' "
        "WHERE id IN (SELECT case_id FROM imported_programme) "
        "AND id NOT IN (SELECT case_id FROM round)"
    )


def downgrade() -> None:
    op.drop_column("lifecycle_case", "footing")
