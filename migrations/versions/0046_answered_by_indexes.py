"""What a queue, the events of all histories and a framework are asked stands in their indexes.

An index that holds every column that is asked for answers without a look at each row: what waits for
an office, which programmes are of a framework, and what events bear a role or a verdict.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"

OPEN = "status = 'open'"
# By index: its table, its columns before and from now on, and of which rows it is.
INDEXES = {
    "ix_seat_open": (
        "seat",
        ("role", "party_id", "due_at", "id", "round_key"),
        ("role", "party_id", "due_at", "id", "round_key", "round_id", "case_id", "bench_id"),
        OPEN,
    ),
    "ix_programme_framework_id": (
        "programme", ("framework_id",), ("framework_id", "case_id"), "",
    ),
    "ix_event_facet_role": (
        "event_facet",
        ("role", "at"),
        ("role", "at", "event_id", "case_id", "type", "stage", "party", "verdict",
         "late", "mandated", "overridden"),
        "role <> ''",
    ),
    "ix_event_facet_verdict": (
        "event_facet",
        ("verdict", "at"),
        ("verdict", "at", "event_id", "case_id", "type", "stage", "party", "role",
         "late", "mandated", "overridden"),
        "verdict <> ''",
    ),
}  # fmt: skip


def upgrade() -> None:
    for name, (table, _, columns, rows) in INDEXES.items():
        _anew(name, table, columns, rows)


def downgrade() -> None:
    for name, (table, columns, _, rows) in INDEXES.items():
        _anew(name, table, columns, rows)


def _anew(name: str, table: str, columns: tuple[str, ...], rows: str) -> None:
    """An index made again over these columns."""
    of = sa.text(rows) if rows else None
    op.drop_index(name, table_name=table)
    op.create_index(name, table, list(columns), sqlite_where=of, postgresql_where=of)
