"""What auditors find events by, what they marked as reviewed, and how each check went."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
# What is made anew by itself and is no loss.
comes_again = ("event_facet",)


def upgrade() -> None:
    _facets()
    _reviews()
    _verifications()


def downgrade() -> None:
    for table in ("verification", "review", "event_facet"):
        op.drop_table(table)


def _facets() -> None:
    op.create_table(
        "event_facet",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("principal_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("party", sa.String(length=80), nullable=False),
        sa.Column("verdict", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("mandated", sa.Boolean(), nullable=False),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_facet_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_event_facet_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_facet")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_event_facet_case_id_seq")),
    )
    for name, columns in (
        ("at", ["at", "event_id"]),
        ("type", ["type", "at"]),
        ("person", ["person_id", "at"]),
        ("party", ["party", "at"]),
    ):
        op.create_index(f"ix_event_facet_{name}", "event_facet", columns)
    some = sa.text("principal_id is not null")
    op.create_index(
        "ix_event_facet_principal",
        "event_facet",
        ["principal_id"],
        sqlite_where=some,
        postgresql_where=some,
    )


def _reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("covers", sa.String(length=10), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sample", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("covers in ('event', 'through')", name=op.f("ck_review_covers_known")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_review_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("case_id", "event_seq", name=op.f("uq_review_case_id_event_seq")),
        sa.UniqueConstraint(
            "person_id",
            "case_id",
            "covers",
            "seq",
            name=op.f("uq_review_person_id_case_id_covers_seq"),
        ),
    )


def _verifications() -> None:
    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("erased", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("first_ref", sa.String(length=80), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=True),
        sa.Column("first_sentence", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "way in ('command', 'worker', 'page')", name=op.f("ck_verification_way_known")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_verification_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_verification_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    op.create_index("ix_verification_ended", "verification", ["case_id", "ended_at"])
