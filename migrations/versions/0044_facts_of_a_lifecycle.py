"""A lifecycle says in which document the facts of its cases are first written: in the proposal so far.

The lists of proposals follow that document, whatever it is called.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
# Read from the published lifecycles again.
comes_again = ("facts_document",)

KEPT = "INSERT INTO party_proposal (party_id, case_id, definition_id, state, text_id) "
FORGET = "DELETE FROM party_proposal WHERE case_id = {row}"
# Who proposed a programme that runs by a lifecycle, and its newest text.
ANEW = (
    "{forget}; {kept}SELECT p.party_id, c.id, c.definition_id, c.state, max(d.id) "
    "FROM case_party p JOIN lifecycle_case c ON c.id = p.case_id "
    "JOIN programme g ON g.case_id = c.id {lifecycle}"
    "JOIN document d ON d.case_id = c.id AND d.kind = {facts} "
    "WHERE p.capacity = 'proposer' AND c.definition_id IS NOT NULL AND c.id = {row} "
    "GROUP BY p.party_id, c.id, c.definition_id, c.state"
)
OF_LIFECYCLE = {
    "lifecycle": "JOIN facts_document f ON f.definition_id = c.definition_id ",
    "facts": "f.kind",
}
OF_PROPOSAL = {"lifecycle": "", "facts": "'proposal'"}
# What lists of another document than the proposal, and those proposals again.
OF_OTHERS = "IN (SELECT f.definition_id FROM facts_document f WHERE f.kind <> 'proposal')"
FORGET_OTHERS = f"DELETE FROM party_proposal WHERE definition_id {OF_OTHERS}"
LIST_OTHERS = (
    f"{KEPT}SELECT p.party_id, c.id, c.definition_id, c.state, max(d.id) "
    "FROM lifecycle_case c JOIN facts_document f ON f.definition_id = c.definition_id "
    "JOIN programme g ON g.case_id = c.id JOIN case_party p ON p.case_id = c.id "
    "JOIN document d ON d.case_id = c.id AND d.kind = f.kind "
    f"WHERE p.capacity = 'proposer' AND c.definition_id {OF_OTHERS} "
    "GROUP BY p.party_id, c.id, c.definition_id, c.state"
)
# A trigger: its name, after what, on which table, the columns a change of which calls it, whether
# it heeds proposals alone, and which case it lists anew.
TRIGGERS = (
    ("proposal_filed", "INSERT", "document", (), "NEW.kind = 'proposal'", "NEW.case_id"),
    ("proposal_bound", "UPDATE", "lifecycle_case", ("definition_id",), "", "NEW.id"),
    ("proposer_named", "INSERT", "case_party", (), "NEW.capacity = 'proposer'", "NEW.case_id"),
    ("proposal_listed", "INSERT", "programme", (), "", "NEW.case_id"),
)  # fmt: skip


def upgrade() -> None:
    """Make the table, fill it from what was published, and have the lists follow it.

    Where the tables were taken back and brought up again, there may be proposals of other names already.
    """
    op.create_table(
        "facts_document",
        sa.Column("definition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition_version.id"],
            name=op.f("fk_facts_document_definition_id_definition_version"),
        ),
        sa.PrimaryKeyConstraint("definition_id", name=op.f("pk_facts_document")),
    )
    said = [{"definition_id": number, "kind": kind} for number, kind in _published()]
    if said:
        table = sa.table("facts_document", sa.column("definition_id"), sa.column("kind"))
        op.bulk_insert(table, said)
    _replace(OF_LIFECYCLE, heeding=False)
    op.execute(FORGET_OTHERS)
    op.execute(LIST_OTHERS)


def downgrade() -> None:
    """Have the lists follow proposals alone again."""
    op.execute(FORGET_OTHERS)
    _replace(OF_PROPOSAL, heeding=True)
    op.drop_table("facts_document")


def _published() -> list[tuple[int, str]]:
    published = sa.table("definition_version", sa.column("id"), sa.column("body"))
    rows = op.get_bind().execute(sa.select(published.c.id, published.c.body)).all()
    return [(row.id, json.loads(row.body).get("facts", "proposal")) for row in rows]


def _replace(following: dict[str, str], *, heeding: bool) -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, verb, table, columns, also, row in TRIGGERS:
        when = also if heeding or table != "document" else ""
        forget = FORGET.format(row=row)
        act = ANEW.format(forget=forget, kept=KEPT, row=row, **following)
        if on_sqlite:
            op.execute(f"DROP TRIGGER {name}")
            op.execute(_on_sqlite(name, verb, table, columns, when, act))
            continue
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
        for statement in _on_postgresql(name, verb, table, columns, when, act):
            op.execute(statement)


def _on_sqlite(
    name: str, verb: str, table: str, columns: tuple[str, ...], also: str, act: str
) -> str:
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    when = changed or also
    of = f" OF {', '.join(columns)}" if columns else ""
    called = f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}{f' WHEN {when}' if when else ''}"
    return f"{called} BEGIN {act}; END"


def _on_postgresql(
    name: str, verb: str, table: str, columns: tuple[str, ...], also: str, act: str
) -> tuple[str, str]:
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    when = changed or also
    where = f" WHEN ({when})" if when else ""
    called = f"AFTER {verb} ON {table} FOR EACH ROW{where} EXECUTE FUNCTION {name}()"
    done = f"$$ BEGIN {act}; RETURN NULL; END $$"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {done}",
        f"CREATE TRIGGER {name} {called}",
    )
