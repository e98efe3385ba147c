"""Each history says its newest act, so that the list of histories goes by acts and by nothing else.

It went through the events and passed over each that was not the last of its case.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
# Made anew from facets.
comes_again = ("history_news",)

READINGS = "('history.read', 'history.exported', 'history.reviewed')"
AT = sa.DateTime(timezone=True)
SUMS = (
    f"SELECT case_id, coalesce(max(CASE WHEN type NOT IN {READINGS} THEN seq END), 0) AS seq, "
    "max(at) AS last_at FROM event_facet GROUP BY case_id"
)
# The words are ours alone.
EVERY = (
    "INSERT INTO history_news (case_id, seq, last_at, act_at, act_id) "
    f"SELECT n.case_id, n.seq, n.last_at, f.at, f.event_id FROM ({SUMS}) n "
    "LEFT JOIN event_facet f ON f.case_id = n.case_id AND f.seq = n.seq"
)
EVERY_BEFORE = f"INSERT INTO history_news (case_id, seq, last_at) {SUMS}"
IS_ACT = f"CASE WHEN NEW.type NOT IN {READINGS} THEN {{what}} {{other}}END"
FURTHER = (
    "{name} = CASE WHEN excluded.seq > history_news.seq "
    "THEN excluded.{name} ELSE history_news.{name} END"
)
GREATEST = "{name} = {greatest}(history_news.{name}, excluded.{name})"
SEQ = IS_ACT.format(what="NEW.seq", other="ELSE 0 ")
ONE_BEFORE = (
    f"INSERT INTO history_news (case_id, seq, last_at) VALUES (NEW.case_id, {SEQ}, NEW.at) "
    "ON CONFLICT (case_id) DO UPDATE SET "
)
ONE = (
    "INSERT INTO history_news (case_id, seq, last_at, act_at, act_id) "
    f"VALUES (NEW.case_id, {SEQ}, NEW.at, {IS_ACT.format(what='NEW.at', other='')}, "
    f"{IS_ACT.format(what='NEW.event_id', other='')}) ON CONFLICT (case_id) DO UPDATE SET "
    f"{FURTHER.format(name='act_at')}, {FURTHER.format(name='act_id')}, "
)
ONE_MORE = "UPDATE history_tally SET number = number + 1 WHERE id = 1"


def upgrade() -> None:
    """Make the table anew from what there is."""
    _forget()
    _table(
        sa.Column("act_at", AT, nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act_id"], ["event.id"], name=op.f("fk_history_news_act_id_event")
        ),
    )
    op.create_index("ix_history_news_act", "history_news", ["act_at", "act_id", "case_id"])
    op.execute(EVERY)
    _keep(ONE)


def downgrade() -> None:
    """Make it as it was, from what there is."""
    _forget()
    _table()
    op.execute(EVERY_BEFORE)
    _keep(ONE_BEFORE)


def _forget() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER history_news_kept")
    else:
        op.execute("DROP TRIGGER history_news_kept ON event_facet")
    # Its trigger goes with it.
    op.drop_table("history_news")


def _table(*more: sa.schema.SchemaItem) -> None:
    op.create_table(
        "history_news",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("last_at", AT, nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_history_news_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_history_news")),
    )
    op.create_index("ix_history_news_last", "history_news", ["last_at", "case_id"])


def _keep(one: str) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    greatest = "max" if sqlite else "greatest"
    told = one + ", ".join(
        GREATEST.format(name=name, greatest=greatest) for name in ("seq", "last_at")
    )
    if sqlite:
        op.execute(
            f"CREATE TRIGGER history_news_kept AFTER INSERT ON event_facet BEGIN {told}; END"
        )
        op.execute(
            f"CREATE TRIGGER history_news_counted AFTER INSERT ON history_news BEGIN {ONE_MORE}; END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION history_news_keep() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {told}; RETURN NULL; END $$"
    )
    for name, table, does in (
        ("kept", "event_facet", "keep"),
        ("counted", "history_news", "count"),
    ):
        op.execute(
            f"CREATE TRIGGER history_news_{name} AFTER INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION history_news_{does}()"
        )
