"""On what footing a case stands: managed here, on record from elsewhere, or kept as a record only.

What was imported is on record, unless a round of its own life was opened on it here since. Where a
later release wrote before, its events say the footing: it comes again as it was. The column is
added with its check in one statement, since SQLite would lose the triggers of a table made anew.
"""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
# What is made anew from what events tell and is no loss.
comes_again = ("lifecycle_case.footing",)

_CASES = sa.table("lifecycle_case", sa.column("id"), sa.column("footing"))
_EVENTS = sa.table(
    "event", sa.column("case_id"), sa.column("seq"), sa.column("type"),
    sa.column("body", sa.LargeBinary),
)  # fmt: skip
_IMPORTED = sa.table("imported_programme", sa.column("case_id"))
_TELLING = ("footing.changed", "record.merged", "round.opened")


def upgrade() -> None:
    op.execute(
        "ALTER TABLE lifecycle_case ADD COLUMN footing VARCHAR(10) DEFAULT 'managed' NOT NULL "
        "CONSTRAINT ck_lifecycle_case_footing_known "
        "CHECK (footing in ('managed', 'record', 'kept'))"
    )
    op.execute(
        "UPDATE lifecycle_case SET footing = 'record' "
        "WHERE id IN (SELECT case_id FROM imported_programme) "
        "AND id NOT IN (SELECT case_id FROM round)"
    )
    for case_id, footing in _told().items():
        op.execute(sa.update(_CASES).where(_CASES.c.id == case_id).values(footing=footing))


def _told() -> dict[int, str]:
    """The footing of each imported case of which an event says one, as the last of them says it."""
    telling = (
        sa.select(_EVENTS.c.case_id, _EVENTS.c.type, _EVENTS.c.body)
        .where(_EVENTS.c.type.in_(_TELLING), _EVENTS.c.case_id.in_(sa.select(_IMPORTED.c.case_id)))
        .order_by(_EVENTS.c.case_id, _EVENTS.c.seq)
    )
    return {
        case_id: _footing(kind, json.loads(bytes(body))["what"])
        for case_id, kind, body in op.get_bind().execute(telling)
    }


def _footing(kind: str, what: Mapping[str, Any]) -> str:
    """What an event says of the footing; a round that names none is of a life here."""
    return "kept" if kind == "record.merged" else str(what.get("footing") or "managed")


def downgrade() -> None:
    op.drop_column("lifecycle_case", "footing")
