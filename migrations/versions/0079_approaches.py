"""Countries approached one by one: for how long an answer holds, support beside leading, and a line of each approach.

The line is written as a country is approached; the database itself keeps it in step from then on. There is nothing to
fill it from: nobody was approached by a case before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
# Written anew from cases and their texts by `primemover verify` and the daily check.
comes_again = ("listed_approach",)

BEFORE = "answer in ('', 'leads', 'later', 'declines')"
AFTER = "answer in ('', 'leads', 'supports', 'later', 'declines')"
AT = sa.DateTime(timezone=True)
INDEXES = {
    "open": ("open", "case_id"),
    "waits": ("waits", "case_id"),
    "party": ("party_id", "case_id"),
    "area": ("area", "case_id"),
    "framework": ("framework_id", "case_id"),
    "answer": ("answer", "case_id"),
}
NAME = "approach_moved"
MOVED = (
    "UPDATE listed_approach SET state = NEW.state, entered_at = NEW.entered_at, "
    "ended = (NEW.stage = 'end'), waits = (NEW.state IN ('asked', 'anew')), open = NOT EXISTS "
    "(SELECT 1 FROM private_state WHERE definition_id = NEW.definition_id AND state = NEW.state) "
    "WHERE case_id = NEW.id"
)
WHEN = "NEW.subject = 'approach'"


def upgrade() -> None:
    """Make the table, and have the database keep it."""
    with op.batch_alter_table("lead_interest") as interest:
        interest.drop_constraint("answer_known", type_="check")
        interest.add_column(sa.Column("until", sa.Date(), nullable=True))
        interest.create_check_constraint("answer_known", AFTER)
    op.create_table(
        "listed_approach",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("entered_at", AT, nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_listed_approach_{column}_{table}")
            )
            for column, table in (
                ("case_id", "lifecycle_case"),
                ("party_id", "party"),
                ("framework_id", "framework"),
                ("asker_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_listed_approach")),
    )
    for name, columns in INDEXES.items():
        op.create_index(f"ix_listed_approach_{name}", "listed_approach", columns)
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
    """Take it away, and what kept it; what supports stays on the register."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER {NAME}")
    else:
        op.execute(f"DROP TRIGGER {NAME} ON lifecycle_case")
        op.execute(f"DROP FUNCTION {NAME}()")
    op.drop_table("listed_approach")
    op.execute("DELETE FROM lead_interest WHERE answer = 'supports'")
    with op.batch_alter_table("lead_interest") as interest:
        interest.drop_constraint("answer_known", type_="check")
        interest.drop_column("until")
        interest.create_check_constraint("answer_known", BEFORE)
