"""Acts on accounts of office holders, which take two; who made a link, and whether it was shown."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    with op.batch_alter_table("invitation") as invitation:
        invitation.add_column(sa.Column("made_by", sa.Integer(), nullable=True))
        invitation.add_column(
            sa.Column("shown", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        invitation.create_foreign_key(
            op.f("fk_invitation_made_by_person"), "person", ["made_by"], ["id"]
        )
    # Until now every link was shown to whoever made it.
    op.execute(sa.text("update invitation set shown = true"))
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "account_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=True),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", instant, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("act in ('link', 'address')", name=op.f("ck_account_act_act_known")),
        sa.CheckConstraint(
            "outcome in ('', 'confirmed', 'declined')", name=op.f("ck_account_act_outcome_known")
        ),
        sa.CheckConstraint(
            "(act = 'address') = (email <> '')", name=op.f("ck_account_act_address_named")
        ),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> asked_by or token_hash is not null",
            name=op.f("ck_account_act_four_eyes"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_account_act_{column}_person")
            )
            for column in ("person_id", "asked_by", "decided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_act")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_act_token_hash")),
    )
    op.create_index("ix_account_act_open", "account_act", ["outcome", "id"])
    op.create_index(op.f("ix_account_act_person_id"), "account_act", ["person_id"])


def downgrade() -> None:
    op.drop_table("account_act")
    with op.batch_alter_table("invitation") as invitation:
        invitation.drop_constraint(op.f("fk_invitation_made_by_person"), type_="foreignkey")
        invitation.drop_column("shown")
        invitation.drop_column("made_by")
