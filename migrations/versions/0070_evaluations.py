"""What evaluations come to: recommendations, ratings and actions, by which figures and lists go.

Rows are written as texts are filed; the database itself says who reads them, and where an action stands, from then on.
There is nothing to fill them from: no evaluation was a case of its own before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
# Read from the filed texts and their cases again.
comes_again = ("recommendation", "criterion_rating", "key_action")

INDEXES: dict[str, dict[str, tuple[str, ...]]] = {
    "recommendation": {
        "year": ("open", "year", "party_id", "answer", "case_id", "place"),
        "newest": ("open", "case_id", "place", "year"),
    },
    "criterion_rating": {
        "year": ("open", "year", "criterion", "points", "case_id"),
        "newest": ("open", "case_id", "criterion", "year", "points"),
    },
    "key_action": {
        "year": ("open", "year", "party_id", "ended", "state", "due", "case_id"),
        "newest": ("open", "case_id", "year"),
        "above_id": ("above_id",),
    },
}
READ = (
    "(EXISTS (SELECT 1 FROM decided_state d WHERE d.definition_id = NEW.definition_id "
    "AND d.state = NEW.state) AND NOT EXISTS (SELECT 1 FROM private_state p "
    "WHERE p.definition_id = NEW.definition_id AND p.state = NEW.state))"
)
# A trigger: its name, under which condition on the case that moved, and what it does.
TRIGGERS = (
    (
        "evaluation_moved",
        "NEW.subject = 'evaluation'",
        (
            f"UPDATE recommendation SET open = {READ} WHERE case_id = NEW.id",
            f"UPDATE criterion_rating SET open = {READ} WHERE case_id = NEW.id",
            f"UPDATE key_action SET open = {READ} WHERE above_id = NEW.id",
        ),
    ),
    (
        "action_moved",
        "NEW.subject = 'action'",
        (
            "UPDATE key_action SET state = NEW.state, ended = (NEW.stage = 'end') WHERE case_id = NEW.id",
        ),
    ),
)


def upgrade() -> None:
    """Make the tables, and have the database keep them."""
    _tables()
    for table, indexes in INDEXES.items():
        for name, columns in indexes.items():
            op.create_index(f"ix_{table}_{name}", table, columns)
    sqlite = op.get_bind().dialect.name == "sqlite"
    moved = "UPDATE OF state, stage, definition_id ON lifecycle_case"
    for name, when, acts in TRIGGERS:
        does = "; ".join(acts)
        if sqlite:
            op.execute(f"CREATE TRIGGER {name} AFTER {moved} WHEN {when} BEGIN {does}; END")
            continue
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {does}; RETURN NULL; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER {moved} FOR EACH ROW "
            f"WHEN ({when}) EXECUTE FUNCTION {name}()"
        )


def _tables() -> None:
    op.create_table(
        "recommendation",
        *_case("recommendation", "case_id"),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        *_party("recommendation"),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "place", name=op.f("pk_recommendation")),
    )
    op.create_table(
        "criterion_rating",
        *_case("criterion_rating", "case_id"),
        sa.Column("criterion", sa.String(20), nullable=False),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "criterion", name=op.f("pk_criterion_rating")),
    )
    op.create_table(
        "key_action",
        *_case("key_action", "case_id"),
        *_case("key_action", "above_id"),
        sa.Column("action", sa.Text(), nullable=False),
        *_party("key_action"),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_key_action")),
    )


def downgrade() -> None:
    """Take them away, and what kept them; the texts stay."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _, _ in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON lifecycle_case")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    for table in ("key_action", "criterion_rating", "recommendation"):
        op.drop_table(table)


def _case(table: str, column: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column(column, sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            [column], ["lifecycle_case.id"], name=op.f(f"fk_{table}_{column}_lifecycle_case")
        ),
    )


def _party(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f(f"fk_{table}_party_id_party")
        ),
    )
