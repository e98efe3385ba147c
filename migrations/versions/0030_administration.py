"""What administrators keep: letters of appointment, acts that take two, links to a first password."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.add_column(
        "person", sa.Column("time_zone", sa.String(60), nullable=False, server_default="UTC")
    )
    op.add_column(
        "person",
        sa.Column("password_temporary", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("appointment", sa.Column("letter", sa.Text(), nullable=False, server_default=""))
    _office_acts()
    _invitations()


def _office_acts() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "office_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", instant, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "act in ('make', 'end', 'extend')", name=op.f("ck_office_act_act_known")
        ),
        sa.CheckConstraint(
            "outcome in ('', 'confirmed', 'declined')", name=op.f("ck_office_act_outcome_known")
        ),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> asked_by", name=op.f("ck_office_act_four_eyes")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_office_act_{column}_{table}")
            )
            for column, table in (
                ("person_id", "person"),
                ("party_id", "party"),
                ("appointment_id", "appointment"),
                ("asked_by", "person"),
                ("decided_by", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_act")),
    )
    op.create_index("ix_office_act_open", "office_act", ["outcome", "id"])


def _invitations() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("used_at", instant, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_person_id"), "invitation", ["person_id"])


def downgrade() -> None:
    op.drop_table("invitation")
    op.drop_table("office_act")
    op.drop_column("appointment", "letter")
    op.drop_column("person", "password_temporary")
    op.drop_column("person", "time_zone")
