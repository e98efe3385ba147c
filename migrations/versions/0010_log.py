"""The global log: entries, tiles, its state, and signed checkpoints."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
