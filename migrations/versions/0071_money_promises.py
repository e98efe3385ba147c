"""Earmarks of money with their conditions, payments that are expected, and for which country money is.

What was recorded before is of no earmark and says no country.
"""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add both columns to the sides of movements, and make the tables."""
    op.add_column(
        "money_entry", sa.Column("country", sa.String(3), nullable=False, server_default="")
    )
    op.add_column(
        "money_entry", sa.Column("earmark", sa.Integer, nullable=False, server_default="0")
    )
    _earmarks()
    _payments()


def downgrade() -> None:
    """Take them away; what they say stays told on the trail."""
    op.drop_index("ix_money_payment_open", table_name="money_payment")
    op.drop_table("money_payment")
    op.drop_table("money_earmark")
    op.drop_column("money_entry", "earmark")
    op.drop_column("money_entry", "country")


def _earmarks() -> None:
    op.create_table(
        "money_earmark",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("output", sa.String(80), nullable=False),
        sa.Column("country", sa.String(3), nullable=False),
        sa.Column("category", sa.String(80), nullable=False),
        sa.Column("condition", sa.String(200), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("recorded_at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer, nullable=False),
        sa.Column("met_on", sa.Date, nullable=True),
        sa.Column("met_by", sa.Integer, nullable=True),
        sa.Column("met_seq", sa.Integer, nullable=True),
        _of("money_earmark", "case_id", "lifecycle_case"),
        _of("money_earmark", "source_id", "party"),
        _of("money_earmark", "person_id", "person"),
        _of("money_earmark", "met_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_earmark")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_money_earmark_case_id_number")),
    )


def _payments() -> None:
    op.create_table(
        "money_payment",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("case_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("source_id", sa.Integer, nullable=False),
        sa.Column("holder_id", sa.Integer, nullable=True),
        sa.Column("earmark", sa.Integer, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("amount", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("recorded_at", AT, nullable=False),
        sa.Column("event_seq", sa.Integer, nullable=False),
        sa.Column("withdrawn_at", AT, nullable=True),
        sa.Column("open", sa.Boolean, nullable=False),
        _of("money_payment", "case_id", "lifecycle_case"),
        _of("money_payment", "source_id", "party"),
        _of("money_payment", "holder_id", "party"),
        _of("money_payment", "person_id", "person"),
        sa.CheckConstraint(
            "act in ('receipt', 'disbursement')", name=op.f("ck_money_payment_act_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_payment")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_money_payment_case_id_number")),
    )
    op.create_index(
        "ix_money_payment_open", "money_payment", ["due_on", "id"],
        sqlite_where=sa.text("open"), postgresql_where=sa.text("open"),
    )  # fmt: skip


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    """The constraint that a column names a row of another table."""
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)
