"""What is kept of the clock of each machine, so that one that leapt decides nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
# What is made anew by itself and is no loss.
comes_again = ("machine_clock",)


def upgrade() -> None:
    op.create_table(
        "machine_clock",
        sa.Column("machine", sa.String(length=120), nullable=False),
        sa.Column("right_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.String(length=10), nullable=False),
        sa.Column("clock", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "doubt in ('', 'database', 'leap', 'future', 'stop')",
            name=op.f("ck_machine_clock_doubt_known"),
        ),
        sa.CheckConstraint(
            "doubt = '' or (clock is not null and expected is not null)",
            name=op.f("ck_machine_clock_doubt_says_why"),
        ),
        sa.PrimaryKeyConstraint("machine", name=op.f("pk_machine_clock")),
    )


def downgrade() -> None:
    op.drop_table("machine_clock")
