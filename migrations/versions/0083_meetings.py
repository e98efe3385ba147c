"""Meetings: a line of each, by its day.

The line is written as a meeting is planned; the database itself keeps its state in step from then on. There is nothing
to fill it from: no meeting was a case before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0083"
down_revision = "0082"
# Written anew from cases and their texts by `primemover verify` and the daily check.
comes_again = ("listed_meeting",)

AT = sa.DateTime(timezone=True)
INDEXES = {
    "open": ("open", "on_key", "case_id"),
    "kind": ("kind", "on_key", "case_id"),
    "region": ("region", "on_key", "case_id"),
    "state": ("state", "on_key", "case_id"),
    "framework": ("framework_id", "on_key", "case_id"),
}
NAME = "meeting_moved"
MOVED = (
    "UPDATE listed_meeting SET state = NEW.state, entered_at = NEW.entered_at, "
    "ended = (NEW.stage = 'end'), open = NOT EXISTS "
    "(SELECT 1 FROM private_state WHERE definition_id = NEW.definition_id AND state = NEW.state) "
    "WHERE case_id = NEW.id"
)
WHEN = "NEW.subject = 'meeting'"


def upgrade() -> None:
    """Make the table, and have the database keep it."""
    op.create_table(
        "listed_meeting",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("on_key", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        *(
            sa.Column(figure, sa.Integer(), nullable=False)
            for figure in ("invited", "came", "commitments", "matches")
        ),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("entered_at", AT, nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_listed_meeting_{column}_{table}")
            )
            for column, table in (("case_id", "lifecycle_case"), ("framework_id", "framework"))
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_listed_meeting")),
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_listed_meeting_{name}", "listed_meeting", columns)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {NAME} AFTER UPDATE OF state, stage ON lifecycle_case "
            f"WHEN {WHEN} BEGIN {MOVED}; END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {MOVED}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {NAME} AFTER UPDATE OF state, stage ON lifecycle_case FOR EACH ROW "
        f"WHEN ({WHEN}) EXECUTE FUNCTION {NAME}()"
    )


def downgrade() -> None:
    """Take it away, and what kept it."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NAME}")
    else:
        op.execute(f"DROP TRIGGER {NAME} ON lifecycle_case")
        op.execute(f"DROP FUNCTION {NAME}()")
    op.drop_table("listed_meeting")
