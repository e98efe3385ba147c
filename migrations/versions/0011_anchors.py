"""Anchors: cosignatures of witnesses, and checkpoints that left the house."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
