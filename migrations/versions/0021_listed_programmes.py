"""What lists of programmes order, narrow, count and search by, kept by the database itself.

Triggers keep `listed_programme` in step with cases, programmes and rounds, whoever writes these.
`portfolio_change` counts it in differences, so that no two acts wait for one number, and
`private_part` says through which parties a private programme may be known. Searching goes by three
signs at a time: FTS5 on SQLite, `tsvector` on PostgreSQL.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
WORDS = "programme_words"
# What is made anew from other tables and is no loss.
comes_again = (
    "listed_programme", "portfolio_change", "private_part", "facet_progress", WORDS,
    *(f"{WORDS}_{part}" for part in ("config", "data", "docsize", "idx")),
)  # fmt: skip

URGENCY = (
    "CASE WHEN EXISTS (SELECT 1 FROM round r WHERE r.case_id = {case} AND r.status = 'open') "
    "THEN 2 WHEN {stage} <> 'end' THEN 1 ELSE 0 END"
)
PRIVATE = (
    "EXISTS (SELECT 1 FROM private_state s "
    "WHERE s.definition_id = {row}.definition_id AND s.state = {row}.state)"
)
CENTS = "coalesce(CAST(round({row}.budget_usd * 100) AS BIGINT), -1)"
COLUMNS = "case_id, framework_id, stage, urgency, entered_at, title_key, ref, cents, private"
EVERY_LINE = (
    f"INSERT INTO listed_programme ({COLUMNS}) "
    "SELECT p.case_id, p.framework_id, c.stage, "
    f"{URGENCY.format(case='c.id', stage='c.stage')}, c.entered_at, lower(c.title), c.ref, "
    f"{CENTS.format(row='p')}, {PRIVATE.format(row='c')} "
    "FROM programme p JOIN lifecycle_case c ON c.id = p.case_id WHERE c.definition_id IS NOT NULL"
)
EVERY_PART = (
    "INSERT INTO private_part (party_id, case_id) "
    "SELECT p.party_id, p.case_id FROM case_party p "
    "JOIN listed_programme l ON l.case_id = p.case_id WHERE l.private AND p.capacity = 'proposer' "
    "UNION SELECT s.party_id, s.case_id FROM seat s "
    "JOIN listed_programme l ON l.case_id = s.case_id WHERE l.private"
)
EVERY_NUMBER = (
    "INSERT INTO portfolio_change (framework_id, stage, private, number) "
    "SELECT framework_id, stage, private, count(*) FROM listed_programme "
    "GROUP BY framework_id, stage, private"
)
FACETED = (
    "INSERT INTO facet_progress (id, through) SELECT 1, coalesce("
    "(SELECT min(e.log_index) FROM log_entry e LEFT JOIN event_facet f ON f.event_id = e.event_id "
    "WHERE f.event_id IS NULL), (SELECT max(log_index) + 1 FROM log_entry), 0)"
)
ONE_LINE = f"{EVERY_LINE} AND p.case_id = NEW.case_id"
ITS_PARTS = (
    "INSERT INTO private_part (party_id, case_id) SELECT party_id, case_id FROM case_party "
    "WHERE capacity = 'proposer' AND case_id = NEW.case_id "
    "UNION SELECT party_id, case_id FROM seat WHERE case_id = NEW.case_id"
)
ONE_PART = (
    "INSERT INTO private_part (party_id, case_id) SELECT NEW.party_id, NEW.case_id "
    "WHERE EXISTS (SELECT 1 FROM listed_programme l WHERE l.case_id = NEW.case_id AND l.private) "
    "ON CONFLICT DO NOTHING"
)
NO_PARTS = "DELETE FROM private_part WHERE case_id = OLD.case_id"
MOVED = (
    "UPDATE listed_programme SET stage = NEW.stage, title_key = lower(NEW.title), "
    "entered_at = NEW.entered_at, "
    f"urgency = {URGENCY.format(case='NEW.id', stage='NEW.stage')}, "
    f"private = {PRIVATE.format(row='NEW')} WHERE case_id = NEW.id"
)
FUNDED = (
    "UPDATE listed_programme SET framework_id = NEW.framework_id, "
    f"cents = {CENTS.format(row='NEW')} WHERE case_id = NEW.case_id"
)
NOW = URGENCY.format(case="NEW.case_id", stage="listed_programme.stage")
ASKED = (
    f"UPDATE listed_programme SET urgency = {NOW} WHERE case_id = NEW.case_id AND urgency <> {NOW}"
)
COUNTED = (
    "INSERT INTO portfolio_change (framework_id, stage, private, number) "
    "VALUES ({row}.framework_id, {row}.stage, {row}.private, {number})"
)
MORE, LESS = COUNTED.format(row="NEW", number=1), COUNTED.format(row="OLD", number=-1)
WORDS_IN = f"INSERT INTO {WORDS} (rowid, search_text) VALUES (NEW.case_id, NEW.search_text)"
WORDS_OUT = (
    f"INSERT INTO {WORDS} ({WORDS}, rowid, search_text) "
    "VALUES ('delete', OLD.case_id, OLD.search_text)"
)
# A trigger: its name, after what, on which table, the columns a change of which calls it, under
# which further condition, and what it does.
TRIGGERS = (
    ("programme_listed", "INSERT", "programme", (), "", ONE_LINE),
    ("programme_funded", "UPDATE", "programme", ("framework_id", "budget_usd"), "", FUNDED),
    ("programme_unlisted", "DELETE", "programme", (), "",
     "DELETE FROM listed_programme WHERE case_id = OLD.case_id"),
    ("case_listed", "UPDATE", "lifecycle_case",
     ("title", "state", "stage", "entered_at", "definition_id"), "", MOVED),
    ("round_opened_listed", "INSERT", "round", (), "NEW.status = 'open'", ASKED),
    ("round_ended_listed", "UPDATE", "round", ("status",), "", ASKED),
    ("listed_more", "INSERT", "listed_programme", (), "", MORE),
    ("listed_moved", "UPDATE", "listed_programme", ("framework_id", "stage", "private"), "",
     f"{LESS}; {MORE}"),
    ("listed_less", "DELETE", "listed_programme", (), "", f"{LESS}; {NO_PARTS}"),
    ("listed_private", "INSERT", "listed_programme", (), "NEW.private", ITS_PARTS),
    ("listed_public", "UPDATE", "listed_programme", ("private",), "OLD.private", NO_PARTS),
    ("listed_private_again", "UPDATE", "listed_programme", ("private",), "NEW.private", ITS_PARTS),
    ("party_private", "INSERT", "case_party", (), "NEW.capacity = 'proposer'", ONE_PART),
    ("seat_private", "INSERT", "seat", (), "", ONE_PART),
)  # fmt: skip
ON_SQLITE = (
    (f"{WORDS}_in", "INSERT", "programme", (), "", WORDS_IN),
    (f"{WORDS}_out", "DELETE", "programme", (), "", WORDS_OUT),
    (f"{WORDS}_anew", "UPDATE", "programme", ("search_text",), "", f"{WORDS_OUT}; {WORDS_IN}"),
)
FTS5 = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(search_text, content='programme', "
    "content_rowid='case_id', tokenize='trigram case_sensitive 1', detail='none')"
)
THREE_SIGNS = """
CREATE FUNCTION three_signs(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
  SELECT array_to_tsvector(array(
    SELECT DISTINCT signs FROM (
      SELECT sign || lead(sign, 1) OVER place || lead(sign, 2) OVER place AS signs
      FROM unnest(string_to_array(words, NULL)) WITH ORDINALITY AS each (sign, at)
      WINDOW place AS (ORDER BY at)
    ) AS found WHERE signs IS NOT NULL
  ))
$$
"""


def upgrade() -> None:
    """Make the tables, fill them from what there is, and have the database keep them from now on."""
    _tables()
    _references()
    for statement in (EVERY_LINE, EVERY_PART, EVERY_NUMBER):
        op.execute(statement)
    op.execute(FACETED)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS5)
        op.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')")
        for trigger in (*TRIGGERS, *ON_SQLITE):
            op.execute(_on_sqlite(*trigger))
        return
    op.execute(THREE_SIGNS)
    op.execute(f"CREATE INDEX ix_{WORDS} ON programme USING gin (three_signs(search_text))")
    for trigger in TRIGGERS:
        for statement in _on_postgresql(*trigger):
            op.execute(statement)


def downgrade() -> None:
    """Take all of it away again; the references that texts are found by stay in them."""
    if op.get_bind().dialect.name == "sqlite":
        for name, *_ in (*TRIGGERS, *ON_SQLITE):
            op.execute(f"DROP TRIGGER {name}")
        op.execute(f"DROP TABLE {WORDS}")
    else:
        for name, _, table, *_ in TRIGGERS:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
        op.execute(f"DROP INDEX ix_{WORDS}")
        op.execute("DROP FUNCTION three_signs(text)")
    for table in ("facet_progress", "private_part", "portfolio_change", "listed_programme"):
        op.drop_table(table)


def _on_sqlite(
    name: str, verb: str, table: str, columns: tuple[str, ...], also: str, act: str
) -> str:
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    when = " AND ".join(f"({each})" for each in (changed, also) if each)
    of = f" OF {', '.join(columns)}" if columns else ""
    return (
        f"CREATE TRIGGER {name} AFTER {verb}{of} ON {table}"
        f"{f' WHEN {when}' if when else ''} BEGIN {act}; END"
    )


def _on_postgresql(
    name: str, verb: str, table: str, columns: tuple[str, ...], also: str, act: str
) -> tuple[str, str]:
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    when = " AND ".join(f"({each})" for each in (changed, also) if each)
    where = f" WHEN ({when})" if when else ""
    called = f"AFTER {verb} ON {table} FOR EACH ROW{where} EXECUTE FUNCTION {name}()"
    done = f"$$ BEGIN {act}; RETURN NULL; END $$"
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {done}",
        f"CREATE TRIGGER {name} {called}",
    )


def _references() -> None:
    """Let the texts that programmes are found by hold their references, as imported ones do."""
    op.execute(
        "UPDATE programme SET search_text = search_text || ' ' || "
        "(SELECT lower(c.ref) FROM lifecycle_case c WHERE c.id = programme.case_id) "
        "WHERE NOT EXISTS (SELECT 1 FROM lifecycle_case c WHERE c.id = programme.case_id "
        "AND search_text LIKE '%' || lower(c.ref) || '%')"
    )


def _tables() -> None:
    op.create_table(
        "listed_programme",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_listed_programme_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_listed_programme")),
    )  # fmt: skip
    since = ["urgency", "entered_at", "case_id"]
    for name, columns in (
        ("since", since),
        ("stage", ["stage", *since]),
        ("framework", ["framework_id", "stage", *since]),
        ("title", ["title_key", "case_id"]),
        ("ref", ["ref", "case_id"]),
        ("budget", ["cents", "case_id"]),
    ):
        op.create_index(f"ix_listed_programme_{name}", "listed_programme", ["private", *columns])
    op.create_table(
        "portfolio_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_change")),
    )
    op.create_table(
        "private_part",
        sa.Column("party_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("party_id", "case_id", name=op.f("pk_private_part")),
    )
    op.create_index(op.f("ix_private_part_case_id"), "private_part", ["case_id"])
    op.create_table(
        "facet_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_facet_progress_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facet_progress")),
    )
