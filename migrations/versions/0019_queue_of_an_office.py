"""The round a seat belongs to, beside its due time: one index answers what waits for an office."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
# Copied from its round.
comes_again = ("seat.round_key",)

WAITING = "ix_seat_open"
OF_CASE, OF_PERSON = "ix_sign_off_case_id", "ix_sign_off_person_id"
OPEN = sa.text("status = 'open'")


def upgrade() -> None:
    key = sa.Column("round_key", sa.String(length=60), nullable=False, server_default="")
    op.add_column("seat", key)
    op.execute("update seat set round_key = (select key from round where round.id = seat.round_id)")
    _index("role", "party_id", "due_at", "id", "round_key")
    _of_answers(OF_CASE, "case_id", "person_id")
    _of_answers(OF_PERSON, "person_id", "id")


def downgrade() -> None:
    _of_answers(OF_PERSON, "person_id")
    _of_answers(OF_CASE, "case_id")
    _index("role", "party_id", "due_at")
    op.drop_column("seat", "round_key")


def _index(*columns: str) -> None:
    """The index over open seats, made anew over these columns."""
    op.drop_index(WAITING, table_name="seat")
    op.create_index(WAITING, "seat", columns, sqlite_where=OPEN, postgresql_where=OPEN)


def _of_answers(name: str, *columns: str) -> None:
    """An index over answers, made anew over these columns."""
    op.drop_index(name, table_name="sign_off")
    op.create_index(name, "sign_off", columns)
