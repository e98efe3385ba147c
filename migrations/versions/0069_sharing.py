"""What countries share: entries, how each is worded, what was done about it, and where it is used.

Its words are found by an index over three signs at a time, as those of programmes are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"

AT = sa.DateTime(timezone=True)
WORDS = "shared_words"
# What is made anew from other tables and is no loss.
comes_again = (
    "shared_facet",
    WORDS,
    *(f"{WORDS}_{part}" for part in ("config", "data", "docsize", "idx")),
)
FTS5 = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(search_text, content='shared_entry', "
    "content_rowid='id', tokenize='trigram case_sensitive 1', detail='none')"
)
IN = f"INSERT INTO {WORDS} (rowid, search_text) VALUES (NEW.id, NEW.search_text)"
OUT = (
    f"INSERT INTO {WORDS} ({WORDS}, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text)"
)
ANEW = "WHEN OLD.search_text IS NOT NEW.search_text "
BOTH = f"{OUT}; {IN}"
TRIGGERS = (
    f"CREATE TRIGGER {WORDS}_in AFTER INSERT ON shared_entry BEGIN {IN}; END",
    f"CREATE TRIGGER {WORDS}_out AFTER DELETE ON shared_entry BEGIN {OUT}; END",
    f"CREATE TRIGGER {WORDS}_anew AFTER UPDATE OF search_text ON shared_entry {ANEW}BEGIN {BOTH}; END",
)


def upgrade() -> None:
    """Make the tables, empty, and have the database keep the words that are searched."""
    _entries()
    _wordings()
    _besides()
    if op.get_bind().dialect.name == "sqlite":
        for statement in (FTS5, *TRIGGERS):
            op.execute(statement)
    else:
        op.execute(f"CREATE INDEX ix_{WORDS} ON shared_entry USING gin (three_signs(search_text))")


def downgrade() -> None:
    """Take them away; that there were entries stays told on the trail."""
    for table in ("shared_use", "shared_act", "shared_facet", "shared_wording"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "sqlite":
        for ending in ("in", "out", "anew"):
            op.execute(f"DROP TRIGGER {WORDS}_{ending}")
        op.execute(f"DROP TABLE {WORDS}")
    op.drop_table("shared_entry")


def _entries() -> None:
    op.create_table(
        "shared_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("wording", sa.Integer(), nullable=True),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("in_files", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("asked_at", AT, nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("title_key", sa.String(400), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        _of("shared_entry", "institution_id", "shared_entry"),
        _of("shared_entry", "party_id", "party"),
        _check("shared_entry", "kind in ('solution', 'institution', 'expert')", "kind_known"),
        _check(
            "shared_entry", "state in ('waiting', 'listed', 'lapsed', 'withdrawn')", "state_known"
        ),
        _check(
            "shared_entry",
            "(state = 'waiting') = (wording is null) or state = 'withdrawn'",
            "listed_confirmed",
        ),
        _check("shared_entry", "(wording is null) = (holds_until is null)", "holds_for_a_time"),
        _check("shared_entry", "state <> 'withdrawn' or title = ''", "withdrawn_unnamed"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_entry")),
    )
    for name, columns in (
        ("title", ["state", "title_key", "id"]),
        ("kind", ["state", "kind", "title_key", "id"]),
        ("party", ["party_id", "state", "title_key", "id"]),
        ("until", ["state", "holds_until"]),
        ("consent", ["state", "consent_until"]),
        ("institution_id", ["institution_id"]),
    ):
        op.create_index(f"ix_shared_entry_{name}", "shared_entry", columns)


def _wordings() -> None:
    op.create_table(
        "shared_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("consented_until", sa.Date(), nullable=True),
        sa.Column("consented_files", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", AT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_seq", sa.Integer(), nullable=True),
        _of("shared_wording", "entry_id", "shared_entry"),
        _of("shared_wording", "asked_by", "person"),
        _of("shared_wording", "decided_by", "person"),
        _check("shared_wording", "outcome in ('', 'confirmed', 'declined')", "outcome_known"),
        _check("shared_wording", "decided_by is null or decided_by <> asked_by", "four_eyes"),
        _check(
            "shared_wording", "(consented_on is null) = (consented_until is null)", "consent_dated"
        ),
        _check(
            "shared_wording",
            "consented_until is null or consented_until >= consented_on",
            "consent_lasts",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_wording")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_shared_wording_entry_id_number")),
    )
    op.create_index("ix_shared_wording_open", "shared_wording", ["outcome", "entry_id"])


def _besides() -> None:
    op.create_table(
        "shared_facet",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("facet", sa.String(10), nullable=False),
        sa.Column("value", sa.String(60), nullable=False),
        _of("shared_facet", "entry_id", "shared_entry"),
        sa.PrimaryKeyConstraint("entry_id", "facet", "value", name=op.f("pk_shared_facet")),
    )
    op.create_index("ix_shared_facet_value", "shared_facet", ["facet", "value", "entry_id"])
    op.create_table(
        "shared_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(10), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        _of("shared_act", "entry_id", "shared_entry"),
        _of("shared_act", "person_id", "person"),
        _check("shared_act", "act in ('asked', 'kept', 'lapsed', 'withdrawn')", "act_known"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_act")),
    )
    op.create_index("ix_shared_act_entry_id", "shared_act", ["entry_id", "id"])
    op.create_table(
        "shared_use",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        _of("shared_use", "case_id", "lifecycle_case"),
        _of("shared_use", "entry_id", "shared_entry"),
        _of("shared_use", "person_id", "person"),
        sa.PrimaryKeyConstraint("entry_id", "case_id", name=op.f("pk_shared_use")),
    )
    op.create_index("ix_shared_use_case_id", "shared_use", ["case_id", "entry_id"])


def _check(table: str, says: str, name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(says, name=op.f(f"ck_{table}_{name}"))


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """The constraint that a column names a row of another table."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
