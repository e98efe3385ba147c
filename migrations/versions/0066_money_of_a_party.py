"""Indexes by whose money it is and who holds it, so that the statement of a party reads its own movements alone."""

from alembic import op

revision = "0066"
down_revision = "0065"

INDEXES = ("source_id", "holder_id")


def upgrade() -> None:
    """Make the indexes."""
    for column in INDEXES:
        op.create_index(f"ix_money_entry_{column}", "money_entry", [column, "movement_id"])


def downgrade() -> None:
    """Take them away."""
    for column in INDEXES:
        op.drop_index(f"ix_money_entry_{column}", "money_entry")
