"""What people are writing and have not sent; nobody has written anything yet."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.create_table(
        "working_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("page", sa.String(400), nullable=False),
        sa.Column("sent", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("fields", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_working_copy_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_working_copy_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_copy")),
        sa.UniqueConstraint(
            "person_id", "place", "sent", name=op.f("uq_working_copy_person_id_place_sent")
        ),
    )
    op.create_index(op.f("ix_working_copy_case_id"), "working_copy", ["case_id"])
    op.create_index(op.f("ix_working_copy_saved_at"), "working_copy", ["saved_at"])


def downgrade() -> None:
    op.drop_table("working_copy")
