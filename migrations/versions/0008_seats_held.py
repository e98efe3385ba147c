"""Seats claimed by a person, and interests declared before papers are shown."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
