"""What is found by a mark that is set: on SQLite by indices that its questions can use.

There a mark is asked for as `standing = 1`, and an index of those rows alone serves it only where it
is so written. Behind `standing` alone, every end of a round looked through all answers ever given.
PostgreSQL asks as its indices are written.
"""

from alembic import op

revision = "0034"
down_revision = "0033"

# By index: whether its rows differ, its table, its columns and its mark.
INDICES = {
    "ix_sign_off_standing_seat": ("unique", "sign_off", "seat_id", "standing"),
    "ix_sign_off_standing_person": ("unique", "sign_off", "round_id, person_id", "standing"),
    "ix_body_default_kind": ("unique", "body", "kind", "by_default"),
}


def upgrade() -> None:
    _make(" = 1")


def downgrade() -> None:
    _make("")


def _make(asked: str) -> None:
    """Make each index anew, for the rows of whose mark this is asked."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for name, (unique, table, columns, mark) in INDICES.items():
        op.execute(f"DROP INDEX {name}")
        op.execute(f"CREATE {unique} INDEX {name} ON {table} ({columns}) WHERE {mark}{asked}")
