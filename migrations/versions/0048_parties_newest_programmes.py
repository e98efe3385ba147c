"""The programmes in which a party has a part are found by their numbers, the newest first."""

from alembic import op

revision = "0048"
down_revision = "0047"

INDEX = "ix_case_party_party_case"


def upgrade() -> None:
    op.create_index(INDEX, "case_party", ["party_id", "case_id"])


def downgrade() -> None:
    op.drop_index(INDEX, table_name="case_party")
