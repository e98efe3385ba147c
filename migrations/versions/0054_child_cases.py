"""Child cases: under which case each stands, for whom or for when; lists count programmes alone.

A child has what bodies are found by and its page tells, as a programme has, and is none.
"""

import sqlalchemy as sa
from alembic import op

from workflow.database import Instant

revision = "0054"
down_revision = "0053"

ALONE = "AND NOT EXISTS (SELECT 1 FROM child_case k WHERE k.case_id = c.id) "
LISTED = (
    "INSERT INTO listed_programme "
    "(case_id, framework_id, stage, urgency, entered_at, title_key, ref, cents, private) "
    "SELECT p.case_id, p.framework_id, c.stage, CASE WHEN EXISTS "
    "(SELECT 1 FROM round r WHERE r.case_id = c.id AND r.status = 'open') "
    "THEN 2 WHEN c.stage <> 'end' THEN 1 ELSE 0 END, c.entered_at, lower(c.title), c.ref, "
    "coalesce(CAST(round(p.budget_usd * 100) AS BIGINT), -1), "
    "EXISTS (SELECT 1 FROM private_state s "
    "WHERE s.definition_id = c.definition_id AND s.state = c.state) "
    "FROM programme p JOIN lifecycle_case c ON c.id = p.case_id "
    "WHERE c.definition_id IS NOT NULL {only}AND p.case_id = NEW.case_id"
)
PROPOSED = (
    "DELETE FROM party_proposal WHERE case_id = {row}; "
    "INSERT INTO party_proposal (party_id, case_id, definition_id, state, text_id) "
    "SELECT p.party_id, c.id, c.definition_id, c.state, max(d.id) "
    "FROM case_party p JOIN lifecycle_case c ON c.id = p.case_id "
    "JOIN programme g ON g.case_id = c.id "
    "JOIN facts_document f ON f.definition_id = c.definition_id "
    "JOIN document d ON d.case_id = c.id AND d.kind = f.kind "
    "WHERE p.capacity = 'proposer' AND c.definition_id IS NOT NULL {only}AND c.id = {row} "
    "GROUP BY p.party_id, c.id, c.definition_id, c.state"
)
# A trigger: its name, after what, on which table, the column a change of which calls it, under which
# further condition, and what it does about which case.
TRIGGERS = (
    ("programme_listed", "INSERT", "programme", "", "", LISTED, "NEW.case_id"),
    ("proposal_filed", "INSERT", "document", "", "", PROPOSED, "NEW.case_id"),
    ("proposal_bound", "UPDATE", "lifecycle_case", "definition_id", "", PROPOSED, "NEW.id"),
    ("proposer_named", "INSERT", "case_party", "", "NEW.capacity = 'proposer'", PROPOSED, "NEW.case_id"),
    ("proposal_listed", "INSERT", "programme", "", "", PROPOSED, "NEW.case_id"),
)  # fmt: skip


def upgrade() -> None:
    """Make the table, and have the lists take no child for a programme."""
    _table()
    _replace(ALONE)


def downgrade() -> None:
    """Take it away with what the children were opened for; the cases themselves stay."""
    _replace("")
    op.drop_table("child_case")


def _replace(only: str) -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, verb, table, column, also, does, row in TRIGGERS:
        act = does.format(only=only, row=row)
        if not on_sqlite:
            done = f"$$ BEGIN {act}; RETURN NULL; END $$"
            op.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {done}"
            )
            continue
        changed = f"OLD.{column} IS NOT NEW.{column}" if column else ""
        when, of = changed or also, f" OF {column}" if column else ""
        op.execute(f"DROP TRIGGER {name}")
        op.execute(
            f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}{f' WHEN {when}' if when else ''} "
            f"BEGIN {act}; END"
        )


def _table() -> None:
    op.create_table(
        "child_case",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("heard_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_child_case_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["lifecycle_case.id"],
            name=op.f("fk_child_case_parent_id_lifecycle_case"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_child_case_party_id_party")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_child_case")),
        sa.UniqueConstraint("parent_id", "number", name=op.f("uq_child_case_parent_id_number")),
        sa.UniqueConstraint(
            *("parent_id", "kind", "period_from", "party_id"),
            name=op.f("uq_child_case_parent_id_kind_period_from_party_id"),
        ),
    )
    op.create_index(
        "ix_child_case_period",
        "child_case",
        ["parent_id", "kind", "period_from"],
        unique=True,
        sqlite_where=sa.text("party_id is null"),
        postgresql_where=sa.text("party_id is null"),
    )
    owed = sa.text("ended_at is not null and heard_at is null")
    op.create_index(
        "ix_child_case_owed",
        "child_case",
        ["ended_at", "parent_id"],
        sqlite_where=owed,
        postgresql_where=owed,
    )
