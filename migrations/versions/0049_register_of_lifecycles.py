"""What is done to lifecycles is kept: offers, and acts that wait for a second administrator.

Versions published before are told by no event of the register, and are offered as they were.
"""

import sqlalchemy as sa
from alembic import op

from workflow.database import Instant

revision = "0049"
down_revision = "0048"

ACTS = "act in ('publish', 'offer', 'retire')"


def upgrade() -> None:
    """Make the tables; nothing is entered."""
    _offers()
    _requests()


def downgrade() -> None:
    """Take them away: what was published stays, and the newest of each is offered again."""
    for table in ("lifecycle_request", "lifecycle_offer"):
        op.drop_table(table)


def _offers() -> None:
    op.create_table(
        "lifecycle_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(ACTS, name=op.f("ck_lifecycle_offer_act_known")),
        sa.CheckConstraint(
            "act = 'retire' or definition_id is not null",
            name=op.f("ck_lifecycle_offer_version_named"),
        ),
        sa.CheckConstraint(
            "asked_by is null or asked_by <> person_id",
            name=op.f("ck_lifecycle_offer_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_lifecycle_offer_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition_version.id"],
            name=op.f("fk_lifecycle_offer_definition_id_definition_version"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_lifecycle_offer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_offer")),
    )
    op.create_index("ix_lifecycle_offer_key", "lifecycle_offer", ["key", "id"])
    op.create_index(op.f("ix_lifecycle_offer_definition_id"), "lifecycle_offer", ["definition_id"])


def _requests() -> None:
    op.create_table(
        "lifecycle_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("unless_drafts", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(ACTS, name=op.f("ck_lifecycle_request_act_known")),
        sa.CheckConstraint(
            "outcome in ('', 'confirmed', 'declined')",
            name=op.f("ck_lifecycle_request_outcome_known"),
        ),
        sa.CheckConstraint(
            "decided_by is null or decided_by <> asked_by",
            name=op.f("ck_lifecycle_request_four_eyes"),
        ),
        sa.CheckConstraint(
            "(act = 'publish') = (body is not null)",
            name=op.f("ck_lifecycle_request_published_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_lifecycle_request_asked_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_lifecycle_request_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_request")),
    )
    op.create_index("ix_lifecycle_request_open", "lifecycle_request", ["outcome", "id"])
