"""The offices of the house: parties that the definitions ask by name."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PARTY = sa.table(
    "party",
    sa.column("key", sa.String),
    sa.column("kind", sa.String),
    sa.column("name", sa.String),
)
OFFICES = {
    "special-unit": "Special Unit for South-South Cooperation",
    "evaluation-office": "Evaluation Office",
    "engine": "Prime Mover",
}


def upgrade() -> None:
    known = set(op.get_bind().scalars(sa.select(PARTY.c.key).where(PARTY.c.key.in_(OFFICES))))
    rows = [
        {"key": key, "kind": "office", "name": name}
        for key, name in OFFICES.items()
        if key not in known
    ]
    if rows:
        op.bulk_insert(PARTY, rows)


def downgrade() -> None:
    # An office that somebody was appointed to, or that was asked, stays.
    pass
