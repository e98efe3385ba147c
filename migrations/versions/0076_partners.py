"""Partners: sanctions lists, closed to change, and the rows that vettings and agreements come to.

There is nothing to fill them from: no vetting and no agreement was a case before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
# Read from the filed texts again.
comes_again = ("partner_vetting", "partner_agreement")

CLOSED = ("sanctions_list", "sanctions_entry")
VERBS = ("UPDATE", "DELETE")
INDEXES = {
    "partner_vetting": {"party_id": ("party_id", "decided_on")},
    "partner_agreement": {
        "party_id": ("party_id", "case_id"),
        "above_id": ("above_id", "party_id"),
    },
}


def upgrade() -> None:
    """Make the tables, empty, and close the lists to change."""
    _lists()
    _rows()
    for table, indexes in INDEXES.items():
        for name, columns in indexes.items():
            op.create_index(f"ix_{table}_{name}", table, columns)
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
    """Take them away; that a list was entered stays told."""
    for table in ("sanctions_entry", "sanctions_list", *INDEXES):
        op.drop_table(table)


def _lists() -> None:
    op.create_table(
        "sanctions_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        _of("sanctions_list", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions_list")),
        sa.UniqueConstraint("dated", name=op.f("uq_sanctions_list_dated")),
    )
    op.create_table(
        "sanctions_entry",
        sa.Column("list_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("also", sa.Text(), nullable=False),
        _of("sanctions_entry", "list_id", "sanctions_list"),
        sa.PrimaryKeyConstraint("list_id", "number", name=op.f("pk_sanctions_entry")),
    )


def _rows() -> None:
    op.create_table(
        "partner_vetting",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("conditions", sa.Integer(), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        _of("partner_vetting", "case_id", "lifecycle_case"),
        _of("partner_vetting", "party_id", "party"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_partner_vetting")),
    )
    op.create_table(
        "partner_agreement",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("above_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("hundredths", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("in_kind", sa.Integer(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        _of("partner_agreement", "case_id", "lifecycle_case"),
        _of("partner_agreement", "above_id", "lifecycle_case"),
        _of("partner_agreement", "party_id", "party"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_partner_agreement")),
    )


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )
