"""Anchors: cosignatures of witnesses, and checkpoints that left the house."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "cosignature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("witness", sa.String(length=300), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("line", sa.String(length=600), nullable=False),
        sa.Column("cosigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosignature")),
        sa.UniqueConstraint(
            "witness",
            "origin",
            "size",
            "root",
            "cosigned_at",
            name=op.f("uq_cosignature_witness_origin_size_root_cosigned_at"),
        ),
    )
    op.create_index("ix_cosignature_size", "cosignature", ["size"], unique=False)
    op.create_table(
        "witness_contact",
        sa.Column("witness", sa.String(length=300), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("said", sa.String(length=300), nullable=False),
        sa.Column("known_size", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "outcome in ('cosigned', 'unreachable', 'refused', 'contradicts', 'ahead')",
            name=op.f("ck_witness_contact_outcome_known"),
        ),
        sa.PrimaryKeyConstraint("witness", name=op.f("pk_witness_contact")),
    )
    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('witness', 'export', 'dossier', 'report', 'mail', 'receipt', 'copy')",
            name=op.f("ck_anchor_kind_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint(
            "kind", "recipient", "size", "root", name=op.f("uq_anchor_kind_recipient_size_root")
        ),
    )
    op.create_index("ix_anchor_last_at", "anchor", ["last_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_anchor_last_at", table_name="anchor")
    op.drop_table("anchor")
    op.drop_table("witness_contact")
    op.drop_index("ix_cosignature_size", table_name="cosignature")
    op.drop_table("cosignature")
