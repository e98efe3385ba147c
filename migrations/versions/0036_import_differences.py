"""What a later file says of a programme that has moved on here, until an officer decides."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "import_difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("found_at", instant, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("decided_at", instant, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome in ('', 'accepted', 'declined', 'replaced')",
            name=op.f("ck_import_difference_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["lifecycle_case.id"],
            name=op.f("fk_import_difference_case_id_lifecycle_case"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_import_difference_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_difference")),
        sa.UniqueConstraint("case_id", "digest", name=op.f("uq_import_difference_case_id_digest")),
    )


def downgrade() -> None:
    op.drop_table("import_difference")
