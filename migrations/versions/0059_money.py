"""Money of cases: movements with two sides, who certified them, and rates; closed to change."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"

CLOSED = ("money_movement", "money_entry", "money_verdict", "rate_file", "exchange_rate")
VERBS = ("UPDATE", "DELETE")
AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, empty, and close them to change."""
    _movements()
    _rates()
    for table in CLOSED:
        if op.get_bind().dialect.name == "sqlite":
            for verb in VERBS:
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is closed to {verb}'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_closed BEFORE {' OR '.join((*VERBS, 'TRUNCATE'))} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    """Take them away; what they say stays told on the trail."""
    op.drop_table("exchange_rate")
    op.drop_table("rate_file")
    op.drop_index("ix_money_verdict_case_id", table_name="money_verdict")
    op.drop_table("money_verdict")
    op.drop_index("ix_money_entry_case_id", table_name="money_entry")
    op.drop_table("money_entry")
    op.drop_table("money_movement")


def _movements() -> None:
    op.create_table(
        "money_movement",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("moved_on", sa.Date, nullable=False),
        sa.Column("rate", sa.String(40), nullable=False),
        sa.Column("rate_on", sa.Date, nullable=False),
        sa.Column("usd", sa.String(40), nullable=False),
        sa.Column("corrects", sa.Integer, nullable=True),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("recorded_at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer, nullable=False),
        _of("money_movement", "case_id", "lifecycle_case"),
        _of("money_movement", "person_id", "person"),
        sa.CheckConstraint(
            "corrects is null or corrects < number",
            name=op.f("ck_money_movement_corrects_an_earlier_one"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_movement")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_money_movement_case_id_number")),
    )
    op.create_table(
        "money_entry",
        sa.Column("movement_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("account", sa.String(20), nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("holder_id", sa.Integer, nullable=True),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("output", sa.String(80), nullable=False),
        sa.Column("category", sa.String(80), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount", sa.String(40), nullable=False),
        _of("money_entry", "case_id", "lifecycle_case"),
        _of("money_entry", "movement_id", "money_movement"),
        _of("money_entry", "source_id", "party"),
        _of("money_entry", "holder_id", "party"),
        sa.PrimaryKeyConstraint("movement_id", "place", name=op.f("pk_money_entry")),
    )
    op.create_index("ix_money_entry_case_id", "money_entry", ["case_id"])
    op.create_table(
        "money_verdict",
        sa.Column("movement_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("decided_at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer, nullable=False),
        _of("money_verdict", "case_id", "lifecycle_case"),
        _of("money_verdict", "movement_id", "money_movement"),
        _of("money_verdict", "person_id", "person"),
        sa.CheckConstraint(
            "outcome in ('certified', 'declined')", name=op.f("ck_money_verdict_outcome_known")
        ),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_money_verdict")),
    )
    op.create_index("ix_money_verdict_case_id", "money_verdict", ["case_id"])


def _rates() -> None:
    op.create_table(
        "rate_file",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("entered_at", AT, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=True),
        _of("rate_file", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_file")),
    )
    op.create_table(
        "exchange_rate",
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("units", sa.String(40), nullable=False),
        sa.Column("file_id", sa.Integer, nullable=False),
        _of("exchange_rate", "file_id", "rate_file"),
        sa.PrimaryKeyConstraint("currency", "day", name=op.f("pk_exchange_rate")),
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """The constraint that a column names a row of another table."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
