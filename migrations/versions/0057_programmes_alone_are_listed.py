"""Lists and counts are of programmes alone: a framework, which begins by itself too, is none.

What stands in them by then and is no programme is taken out; its own pages and its history stay.
"""

from alembic import op

revision = "0057"
down_revision = "0056"

BELOW = "AND NOT EXISTS (SELECT 1 FROM child_case k WHERE k.case_id = c.id) "
ALONE = f"{BELOW}AND c.subject = 'programme' "
LINES = (
    "INSERT INTO listed_programme "
    "(case_id, framework_id, stage, urgency, entered_at, title_key, ref, cents, private) "
    "SELECT p.case_id, p.framework_id, c.stage, CASE WHEN EXISTS "
    "(SELECT 1 FROM round r WHERE r.case_id = c.id AND r.status = 'open') "
    "THEN 2 WHEN c.stage <> 'end' THEN 1 ELSE 0 END, c.entered_at, lower(c.title), c.ref, "
    "coalesce(CAST(round(p.budget_usd * 100) AS BIGINT), -1), "
    "EXISTS (SELECT 1 FROM private_state s "
    "WHERE s.definition_id = c.definition_id AND s.state = c.state) "
    "FROM programme p JOIN lifecycle_case c ON c.id = p.case_id "
    "WHERE c.definition_id IS NOT NULL {only}AND {row}"
)
PROPOSALS = (
    "INSERT INTO party_proposal (party_id, case_id, definition_id, state, text_id) "
    "SELECT p.party_id, c.id, c.definition_id, c.state, max(d.id) "
    "FROM case_party p JOIN lifecycle_case c ON c.id = p.case_id "
    "JOIN programme g ON g.case_id = c.id "
    "JOIN facts_document f ON f.definition_id = c.definition_id "
    "JOIN document d ON d.case_id = c.id AND d.kind = f.kind "
    "WHERE p.capacity = 'proposer' AND c.definition_id IS NOT NULL {only}AND {row} "
    "GROUP BY p.party_id, c.id, c.definition_id, c.state"
)
LISTED = LINES.replace("{row}", "p.case_id = NEW.case_id")
PROPOSED = f"DELETE FROM party_proposal WHERE case_id = {{row}}; {PROPOSALS}".replace(
    "AND {row} GROUP", "AND c.id = {row} GROUP"
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
OTHERS = "(SELECT id FROM lifecycle_case WHERE subject <> 'programme')"


def upgrade() -> None:
    """Have the lists take programmes alone, and take out what is none."""
    _replace(ALONE)
    for table in ("party_proposal", "listed_programme"):
        op.execute(f"DELETE FROM {table} WHERE case_id IN {OTHERS}")


def downgrade() -> None:
    """Have them take whatever begins by itself, and put in what was taken out."""
    _replace(BELOW)
    others = f"c.id IN {OTHERS}"
    op.execute(LINES.format(only=BELOW, row=others))
    op.execute(PROPOSALS.format(only=BELOW, row=others))


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
