"""What parties may do; bodies with seats and sessions; frameworks with dates, envelope and body.

No body is made here, since each is told on the register by whoever enters it: until one is, every
party with a member of the Board in office decides, as before.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    _parties()
    _bodies()
    _frameworks()


def _parties() -> None:
    for name in ("executes", "gives"):
        op.add_column(
            "party", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    for name, kind in (
        ("languages", sa.String(40)),
        ("contact", sa.Text()),
        ("sort", sa.String(20)),
    ):
        op.add_column("party", sa.Column(name, kind, server_default="", nullable=False))
    known = sa.table("party", sa.column("id"), sa.column("kind"), sa.column("executes"))
    held = sa.table("appointment", sa.column("party_id"), sa.column("role"))
    executing = sa.select(held.c.party_id).where(held.c.role == "executing_agency")
    op.execute(
        sa.update(known)
        .where(known.c.kind == "organisation", known.c.id.in_(executing))
        .values(executes=sa.true())
    )


def _bodies() -> None:
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("quorum", sa.Integer(), server_default="1", nullable=False),
        sa.Column("by_default", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "kind in ('board', 'appraisal', 'steering')", name=op.f("ck_body_kind_known")
        ),
        sa.CheckConstraint("quorum >= 1", name=op.f("ck_body_quorum_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("key", name=op.f("uq_body_key")),
    )
    op.create_index(
        "ix_body_default_kind",
        "body",
        ["kind"],
        unique=True,
        sqlite_where=sa.text("by_default"),
        postgresql_where=sa.text("by_default"),
    )
    op.create_table(
        "body_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(10), nullable=False),
        sa.Column("category", sa.String(60), server_default="", nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "place in ('chair', 'deputy', 'member')", name=op.f("ck_body_seat_place_known")
        ),
        sa.CheckConstraint(
            "ends_on is null or ends_on >= starts_on", name=op.f("ck_body_seat_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_seat_body_id_body")),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_body_seat_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_seat")),
    )
    op.create_index(op.f("ix_body_seat_body_id"), "body_seat", ["body_id"])
    op.create_table(
        "body_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_body_session_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_body_session_body_id_body")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_session")),
    )
    op.create_index(op.f("ix_body_session_body_id"), "body_session", ["body_id"])


def _frameworks() -> None:
    op.create_table(
        "framework_terms",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), server_default="framework", nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(3), server_default="", nullable=False),
        sa.Column("envelope", sa.Numeric(16, 2), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind in ('framework', 'fund')", name=op.f("ck_framework_terms_kind_known")
        ),
        sa.CheckConstraint(
            "ends_on is null or ends_on >= starts_on",
            name=op.f("ck_framework_terms_ends_after_start"),
        ),
        sa.CheckConstraint(
            "envelope is null or currency <> ''",
            name=op.f("ck_framework_terms_envelope_in_a_currency"),
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["framework.id"],
            name=op.f("fk_framework_terms_framework_id_framework"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["body.id"], name=op.f("fk_framework_terms_body_id_body")
        ),
        sa.PrimaryKeyConstraint("framework_id", name=op.f("pk_framework_terms")),
    )
    years = sa.table("framework", sa.column("id"), sa.column("first_year"), sa.column("last_year"))
    terms = sa.table(
        "framework_terms",
        sa.column("framework_id"),
        sa.column("starts_on", sa.Date()),
        sa.column("ends_on", sa.Date()),
    )
    connection = op.get_bind()
    rows = [
        {
            "framework_id": row.id,
            "starts_on": date(row.first_year, 1, 1),
            "ends_on": date(row.last_year, 12, 31),
        }
        for row in connection.execute(sa.select(years)).all()
    ]
    if rows:
        connection.execute(sa.insert(terms), rows)


def downgrade() -> None:
    for table in ("framework_terms", "body_session", "body_seat", "body"):
        op.drop_table(table)
    for name in ("sort", "contact", "languages", "gives", "executes"):
        op.drop_column("party", name)
