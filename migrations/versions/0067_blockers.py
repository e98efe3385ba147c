"""What blocks programmes, with a line for each by which lists go: how it stands and who owns it.

The line is written as a blocker is told; the database itself keeps it in step from then on. There is
nothing to fill it from: no blocker was raised before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
# Written anew from cases and their texts by `primemover verify` and the daily check.
comes_again = ("listed_blocker",)

AT = sa.DateTime(timezone=True)
INDEXES = {
    "since": ("ended", "since", "case_id"),
    "category": ("ended", "category", "since", "case_id"),
    "owner": ("ended", "owner_id", "since", "case_id"),
    "framework": ("ended", "framework_id", "since", "case_id"),
    "programme": ("programme_id", "ended", "since", "case_id"),
}
MOVED = (
    "UPDATE listed_blocker SET state = NEW.state, entered_at = NEW.entered_at, "
    "ended = (NEW.stage = 'end') WHERE case_id = NEW.id"
)
# A trigger: its name, after what, on which table, under which condition, and what it does.
TRIGGERS = (
    (
        "blocker_moved",
        "UPDATE OF state, stage",
        "lifecycle_case",
        "NEW.subject = 'blocker'",
        MOVED,
    ),
    (
        "blocker_owned",
        "INSERT",
        "case_party",
        "NEW.capacity = 'owner'",
        "UPDATE listed_blocker SET owner_id = NEW.party_id WHERE case_id = NEW.case_id",
    ),
)


def upgrade() -> None:
    """Make the table, and have the database keep it."""
    op.create_table(
        "listed_blocker",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("blocked", sa.String(length=300), nullable=False),
        sa.Column("sort", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("decides", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("entered_at", AT, nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["lifecycle_case.id"],
                name=op.f(f"fk_listed_blocker_{column}_lifecycle_case"),
            )
            for column in ("case_id", "programme_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_listed_blocker")),
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_listed_blocker_{name}", "listed_blocker", columns)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, verb, table, when, does in TRIGGERS:
        if sqlite:
            op.execute(
                f"CREATE TRIGGER {name} AFTER {verb} ON {table} WHEN {when} BEGIN {does}; END"
            )
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {does}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    """Take it away, and what kept it."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _, table, _, _ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("listed_blocker")
