"""The proposals of each party by how they stand and by their newest text, kept by the database itself.

The list of one's own proposals looked at each of them; by this it finds those that it shows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
# Read from cases, their parties and their texts again.
comes_again = ("party_proposal",)

KEPT = "INSERT INTO party_proposal (party_id, case_id, definition_id, state, text_id) "
# Who proposed a programme that runs by a lifecycle, and its newest text.
EVERY = (
    f"{KEPT}SELECT p.party_id, c.id, c.definition_id, c.state, max(d.id) FROM case_party p "
    "JOIN lifecycle_case c ON c.id = p.case_id JOIN programme g ON g.case_id = c.id "
    "JOIN document d ON d.case_id = c.id AND d.kind = 'proposal' "
    "WHERE p.capacity = 'proposer' AND c.definition_id IS NOT NULL {which}"
    "GROUP BY p.party_id, c.id, c.definition_id, c.state"
)
FORGET = "DELETE FROM party_proposal WHERE case_id = {case}"
OF_CASE = f"{FORGET}; {EVERY}"
ANEW = OF_CASE.format(case="NEW.case_id", which="AND c.id = NEW.case_id ")
BOUND = OF_CASE.format(case="NEW.id", which="AND c.id = NEW.id ")
MOVED = "UPDATE party_proposal SET state = NEW.state WHERE case_id = NEW.id"
PROPOSER = "{row}.capacity = 'proposer'"
# A trigger: its name, after what, on which table, the columns a change of which calls it, under
# which further condition, and what it does.
TRIGGERS = (
    ("proposal_filed", "INSERT", "document", (), "NEW.kind = 'proposal'", ANEW),
    ("proposal_moved", "UPDATE", "lifecycle_case", ("state",), "", MOVED),
    ("proposal_bound", "UPDATE", "lifecycle_case", ("definition_id",), "", BOUND),
    ("proposer_named", "INSERT", "case_party", (), PROPOSER.format(row="NEW"), ANEW),
    ("proposer_gone", "DELETE", "case_party", (), PROPOSER.format(row="OLD"),
     f"{FORGET.format(case='OLD.case_id')} AND party_id = OLD.party_id"),
    ("proposal_listed", "INSERT", "programme", (), "", ANEW),
    ("proposal_unlisted", "DELETE", "programme", (), "", FORGET.format(case="OLD.case_id")),
)  # fmt: skip


def upgrade() -> None:
    """Make the table, fill it from what there is, and have the database keep it from now on."""
    op.create_table(
        "party_proposal",
        sa.Column("party_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("party_id", "case_id", name=op.f("pk_party_proposal")),
    )
    op.execute(EVERY.format(which=""))
    for name, columns in (
        ("case_id", ["case_id"]),
        ("text", ["party_id", "text_id"]),
        ("state", ["party_id", "definition_id", "state", "text_id"]),
    ):
        op.create_index(f"ix_party_proposal_{name}", "party_proposal", columns)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for trigger in TRIGGERS:
        for statement in _on_sqlite(*trigger) if on_sqlite else _on_postgresql(*trigger):
            op.execute(statement)


def downgrade() -> None:
    """Take all of it away again."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _, table, *_ in TRIGGERS:
        if on_sqlite:
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("party_proposal")


def _on_sqlite(
    name: str, verb: str, table: str, columns: tuple[str, ...], also: str, act: str
) -> tuple[str, ...]:
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    when = changed or also
    of = f" OF {', '.join(columns)}" if columns else ""
    called = f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}{f' WHEN {when}' if when else ''}"
    return (f"{called} BEGIN {act}; END",)


def _on_postgresql(
    name: str, verb: str, table: str, columns: tuple[str, ...], also: str, act: str
) -> tuple[str, ...]:
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    when = changed or also
    where = f" WHEN ({when})" if when else ""
    called = f"AFTER {verb} ON {table} FOR EACH ROW{where} EXECUTE FUNCTION {name}()"
    done = f"$$ BEGIN {act}; RETURN NULL; END $$"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {done}",
        f"CREATE TRIGGER {name} {called}",
    )
