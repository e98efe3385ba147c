"""Seats claimed by a person, interests declared before papers are shown, and bars lifted."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

OPEN = sa.text("ended_at is null")
FOREIGN = {
    "case_id": "lifecycle_case",
    "seat_id": "seat",
    "person_id": "person",
    "appointment_id": "appointment",
    "by_id": "person",
}


def upgrade() -> None:
    _table(
        "seat_claim",
        ("case_id", "seat_id", "person_id", "appointment_id"),
        sa.Column("ended_as", sa.String(length=20), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_as = '')", name=op.f("ck_seat_claim_ended_says_how")
        ),
    )
    op.create_index(
        "ix_seat_claim_standing",
        "seat_claim",
        ["seat_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    _table(
        "declaration",
        ("case_id", "seat_id", "person_id"),
        sa.Column("interest", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("seat_id", "person_id", name=op.f("uq_declaration_seat_id_person_id")),
    )
    _table(
        "lifted_bar",
        ("case_id", "seat_id", "person_id", "by_id"),
        sa.Column("bar", sa.String(length=120), nullable=False),
        sa.UniqueConstraint(
            "seat_id", "person_id", "bar", name=op.f("uq_lifted_bar_seat_id_person_id_bar")
        ),
    )


def downgrade() -> None:
    for name in ("lifted_bar", "declaration", "seat_claim"):
        op.drop_table(name)


def _table(name: str, keys: tuple[str, ...], *more: sa.schema.SchemaItem) -> None:
    """A table of something told by one event of a case, about one seat and one person."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(key, sa.Integer(), nullable=False) for key in keys),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        *more,
        *(
            sa.ForeignKeyConstraint(
                [key], [f"{FOREIGN[key]}.id"], name=op.f(f"fk_{name}_{key}_{FOREIGN[key]}")
            )
            for key in keys
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"], unique=False)
