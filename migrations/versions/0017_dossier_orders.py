"""Dossiers that people ordered, and how far they are; each goes after a day."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
# What is made anew by itself and is no loss.
comes_again = ("dossier_order",)


def upgrade() -> None:
    op.create_table(
        "dossier_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("bare", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("log_size", sa.BigInteger(), nullable=False),
        sa.Column("log_root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_dossier_order_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_order")),
        sa.UniqueConstraint("token", name=op.f("uq_dossier_order_token")),
    )
    op.create_index(op.f("ix_dossier_order_person_id"), "dossier_order", ["person_id"])
    op.create_index(op.f("ix_dossier_order_state"), "dossier_order", ["state"])
    unfinished = sa.text("state in ('waiting', 'making')")
    op.create_index(
        "uq_dossier_order_unfinished",
        "dossier_order",
        ["person_id"],
        unique=True,
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )


def downgrade() -> None:
    op.drop_table("dossier_order")
