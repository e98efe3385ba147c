"""Events found by role, verdict and stage, and those done for somebody by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
comes_again = ()

SOME = ("role", "verdict")
FOR_SOMEBODY = sa.text("principal_id is not null")


def upgrade() -> None:
    op.create_index("ix_event_facet_stage", "event_facet", ["stage", "at"])
    for name in SOME:
        having = sa.text(f"{name} <> ''")
        op.create_index(
            f"ix_event_facet_{name}",
            "event_facet",
            [name, "at"],
            sqlite_where=having,
            postgresql_where=having,
        )
    _for_somebody("principal_id", "at")


def downgrade() -> None:
    _for_somebody("principal_id")
    for name in (*SOME, "stage"):
        op.drop_index(f"ix_event_facet_{name}", table_name="event_facet")


def _for_somebody(*columns: str) -> None:
    op.drop_index("ix_event_facet_principal", table_name="event_facet")
    op.create_index(
        "ix_event_facet_principal",
        "event_facet",
        list(columns),
        sqlite_where=FOR_SOMEBODY,
        postgresql_where=FOR_SOMEBODY,
    )
