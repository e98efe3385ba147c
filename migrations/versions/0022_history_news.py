"""What is newest on each history, and how many there are, kept in step with facets by the database."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
# What is made anew from facets and is no loss.
comes_again = ("history_news", "history_tally")

READINGS = "('history.read', 'history.exported', 'history.reviewed')"
# The words are ours alone.
EVERY = (
    "INSERT INTO history_news (case_id, seq, last_at) SELECT case_id, "
    f"coalesce(max(CASE WHEN type NOT IN {READINGS} THEN seq END), 0), max(at) "
    "FROM event_facet GROUP BY case_id"
)
TALLY = "INSERT INTO history_tally (id, number) SELECT 1, count(*) FROM history_news"
ONE = (
    "INSERT INTO history_news (case_id, seq, last_at) VALUES (NEW.case_id, "
    f"CASE WHEN NEW.type NOT IN {READINGS} THEN NEW.seq ELSE 0 END, NEW.at) "
    "ON CONFLICT (case_id) DO UPDATE SET "
    "seq = {greatest}(history_news.seq, excluded.seq), "
    "last_at = {greatest}(history_news.last_at, excluded.last_at)"
)
ONE_MORE = "UPDATE history_tally SET number = number + 1 WHERE id = 1"
SQLITE = (
    (
        "CREATE TRIGGER history_news_kept AFTER INSERT ON event_facet "
        f"BEGIN {ONE.format(greatest='max')}; END"
    ),
    f"CREATE TRIGGER history_news_counted AFTER INSERT ON history_news BEGIN {ONE_MORE}; END",
)
POSTGRESQL = (
    (
        "CREATE FUNCTION history_news_keep() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {ONE.format(greatest='greatest')}; RETURN NULL; END $$"
    ),
    (
        "CREATE TRIGGER history_news_kept AFTER INSERT ON event_facet "
        "FOR EACH ROW EXECUTE FUNCTION history_news_keep()"
    ),
    (
        "CREATE FUNCTION history_news_count() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {ONE_MORE}; RETURN NULL; END $$"
    ),
    (
        "CREATE TRIGGER history_news_counted AFTER INSERT ON history_news "
        "FOR EACH ROW EXECUTE FUNCTION history_news_count()"
    ),
)
GONE = {
    "sqlite": (
        "DROP TRIGGER history_news_counted", "DROP TRIGGER history_news_kept",
    ),
    "postgresql": (
        "DROP TRIGGER history_news_counted ON history_news",
        "DROP TRIGGER history_news_kept ON event_facet",
        "DROP FUNCTION history_news_count()", "DROP FUNCTION history_news_keep()",
    ),
}  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "history_news",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_history_news_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_history_news")),
    )
    op.create_index("ix_history_news_last", "history_news", ["last_at", "case_id"])
    op.create_table(
        "history_tally",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_history_tally_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_tally")),
    )
    kept = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for statement in (EVERY, TALLY, *kept):
        op.execute(statement)


def downgrade() -> None:
    for statement in GONE[op.get_bind().dialect.name]:
        op.execute(statement)
    op.drop_table("history_tally")
    op.drop_table("history_news")
