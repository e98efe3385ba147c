"""Mandates: an office acted for by somebody else, and the answers given under one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

FOREIGN = "fk_sign_off_mandate_id_mandate"
CLOSED = (
    "CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off "
    "BEGIN SELECT RAISE(ABORT, 'sign_off is closed to DELETE'); END"
)


def upgrade() -> None:
    op.create_table(
        "mandate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_mandate_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_mandate_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mandate_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
    )
    op.create_index("ix_mandate_appointment_id", "mandate", ["appointment_id"], unique=False)
    op.create_index("ix_mandate_person_id", "mandate", ["person_id"], unique=False)
    with op.batch_alter_table("sign_off") as table:
        table.add_column(sa.Column("mandate_id", sa.Integer(), nullable=True))
        table.create_foreign_key(FOREIGN, "mandate", ["mandate_id"], ["id"])
    _close_again()


def downgrade() -> None:
    with op.batch_alter_table("sign_off") as table:
        table.drop_constraint(FOREIGN, type_="foreignkey")
        table.drop_column("mandate_id")
    _close_again()
    op.drop_table("mandate")


def _close_again() -> None:
    """On SQLite a table is written anew, without what keeps its rows from being deleted."""
    if op.get_context().dialect.name == "sqlite":
        op.execute(CLOSED)
