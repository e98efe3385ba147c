"""Lessons that were validated, with a line for each by which lists, filters and searches go.

The line is written as a lesson is validated; the database itself keeps whether it is shown, and what
searches go by: FTS5 on SQLite, `tsvector` on PostgreSQL, three signs at a time as programmes are. There
is nothing to fill it from: no lesson was told before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
WORDS = "lesson_words"
# Written anew from cases and their texts by `primemover verify` and the daily check.
comes_again = (
    "listed_lesson", "lesson_facet", WORDS,
    *(f"{WORDS}_{part}" for part in ("config", "data", "docsize", "idx")),
)  # fmt: skip

AT = sa.DateTime(timezone=True)
SHOWN = (
    "UPDATE listed_lesson SET shown = (NEW.stage <> 'end' AND EXISTS (SELECT 1 FROM decided_state d "
    "WHERE d.definition_id = NEW.definition_id AND d.state = NEW.state)) WHERE case_id = NEW.id"
)
WORDS_IN = f"INSERT INTO {WORDS} (rowid, search_text) VALUES (NEW.case_id, NEW.search_text)"
WORDS_OUT = (
    f"INSERT INTO {WORDS} ({WORDS}, rowid, search_text) "
    "VALUES ('delete', OLD.case_id, OLD.search_text)"
)
# A trigger: its name, after what, on which table, under which condition, and what it does.
MOVED = (
    "lesson_moved",
    "UPDATE OF state, stage, definition_id",
    "lifecycle_case",
    "NEW.subject = 'lesson'",
    SHOWN,
)
ON_SQLITE = (
    (f"{WORDS}_in", "INSERT", "listed_lesson", "", WORDS_IN),
    (f"{WORDS}_out", "DELETE", "listed_lesson", "", WORDS_OUT),
    (
        f"{WORDS}_anew",
        "UPDATE OF search_text",
        "listed_lesson",
        "OLD.search_text IS NOT NEW.search_text",
        f"{WORDS_OUT}; {WORDS_IN}",
    ),
)
FTS5 = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(search_text, content='listed_lesson', "
    "content_rowid='case_id', tokenize='trigram case_sensitive 1', detail='none')"
)


def upgrade() -> None:
    """Make the tables, and have the database keep them."""
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(FTS5)
        for name, verb, table, when, does in (MOVED, *ON_SQLITE):
            only = f" WHEN {when}" if when else ""
            op.execute(f"CREATE TRIGGER {name} AFTER {verb} ON {table}{only} BEGIN {does}; END")
        return
    name, verb, table, when, does = MOVED
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {does}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER {verb} ON {table} FOR EACH ROW "
        f"WHEN ({when}) EXECUTE FUNCTION {name}()"
    )
    op.execute(f"CREATE INDEX ix_{WORDS} ON listed_lesson USING gin (three_signs(search_text))")


def downgrade() -> None:
    """Take them away, and what kept them."""
    if op.get_bind().dialect.name == "sqlite":
        for name, *_ in (MOVED, *ON_SQLITE):
            op.execute(f"DROP TRIGGER {name}")
        op.execute(f"DROP TABLE {WORDS}")
    else:
        op.execute(f"DROP TRIGGER {MOVED[0]} ON {MOVED[2]}")
        op.execute(f"DROP FUNCTION {MOVED[0]}()")
        op.execute(f"DROP INDEX ix_{WORDS}")
    for table in ("lesson_facet", "listed_lesson"):
        op.drop_table(table)


def _tables() -> None:
    op.create_table(
        "listed_lesson",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=300), nullable=False),
        sa.Column("validated_at", AT, nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["lifecycle_case.id"],
                name=op.f(f"fk_listed_lesson_{column}_lifecycle_case"),
            )
            for column in ("case_id", "programme_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_listed_lesson")),
    )
    op.create_index(
        "ix_listed_lesson_newest", "listed_lesson", ["shown", "validated_at", "case_id"]
    )
    op.create_index("ix_listed_lesson_programme_id", "listed_lesson", ["programme_id"])
    op.create_table(
        "lesson_facet",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("facet", sa.String(length=80), nullable=False),
        sa.Column("validated_at", AT, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["listed_lesson.case_id"],
            name=op.f("fk_lesson_facet_case_id_listed_lesson"),
        ),
        sa.PrimaryKeyConstraint("case_id", "facet", name=op.f("pk_lesson_facet")),
    )
    op.create_index("ix_lesson_facet_newest", "lesson_facet", ["facet", "validated_at", "case_id"])
