"""The round a seat belongs to, beside its due time: one index answers what waits for an office."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
# Copied from its round.
comes_again = ("seat.round_key",)

WAITING, ANSWERS = "ix_seat_open", "ix_sign_off_person_id"
OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    key = sa.Column("round_key", sa.String(length=60), nullable=False, server_default="")
    op.add_column("seat", key)
    op.execute("update seat set round_key = (select key from round where round.id = seat.round_id)")
    _index("role", "party_id", "due_at", "id", "round_key")
    op.drop_index(ANSWERS, table_name="sign_off")
    op.create_index(ANSWERS, "sign_off", ["person_id", "id"])


def downgrade() -> None:
    op.drop_index(ANSWERS, table_name="sign_off")
    op.create_index(ANSWERS, "sign_off", ["person_id"])
    _index("role", "party_id", "due_at")
    op.drop_column("seat", "round_key")


def _index(*columns: str) -> None:
    """The index over open seats, made anew over these columns."""
    op.drop_index(WAITING, table_name="seat")
    op.create_index(WAITING, "seat", columns, sqlite_where=OPEN, postgresql_where=OPEN)
