"""On which body an appointment counts, and on which a seat is: none says so yet, so all goes on as it was.

Nothing is tied here, since each tie is told on the register by whoever makes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

OPEN = "status = 'open' and bench_id is not null"
OF_OLD = "person_id, role, party_id, starts_on, ends_on, letter"
ONE_TERM = ("person_id", "role", "party_id", "starts_on")
UNIQUE = "uq_appointment_person_id_role_party_id_starts_on"
UNIQUE_ON_A_BODY = "uq_appointment_person_id_role_party_id_body_id_starts_on"


def upgrade() -> None:
    for table, column in (("seat", "bench_id"), ("office_act", "body_id")):
        _refer(table, column)
    op.create_index(
        "ix_seat_open_bench",
        "seat",
        ["role", "party_id", "bench_id"],
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    if _on_sqlite():
        _written_anew(
            sa.Column("body_id", sa.Integer(), nullable=True),
            sa.ForeignKeyConstraint(
                ["body_id"], ["body.id"], name=op.f("fk_appointment_body_id_body")
            ),
            sa.UniqueConstraint(*ONE_TERM[:3], "body_id", "starts_on", name=op.f(UNIQUE_ON_A_BODY)),
        )
    else:
        _refer("appointment", "body_id")
        op.drop_constraint(UNIQUE, "appointment")
        op.create_unique_constraint(
            op.f(UNIQUE_ON_A_BODY), "appointment", [*ONE_TERM[:3], "body_id", "starts_on"]
        )
    op.create_index(op.f("ix_appointment_body_id"), "appointment", ["body_id"])
    free = sa.text("body_id is null")
    op.create_index(
        "ix_appointment_one_term",
        "appointment",
        [*ONE_TERM],
        unique=True,
        sqlite_where=free,
        postgresql_where=free,
    )


def downgrade() -> None:
    """Of two appointments of one person for one party from one day, on two bodies, the first stays."""
    for name in ("ix_appointment_one_term", "ix_appointment_body_id"):
        op.drop_index(name, "appointment")
    op.drop_index("ix_seat_open_bench", "seat")
    if _on_sqlite():
        _written_anew(sa.UniqueConstraint(*ONE_TERM, name=op.f(UNIQUE)))
    else:
        op.drop_constraint(UNIQUE_ON_A_BODY, "appointment")
        op.drop_column("appointment", "body_id")
        op.create_unique_constraint(op.f(UNIQUE), "appointment", [*ONE_TERM])
    op.drop_column("office_act", "body_id")
    op.drop_column("seat", "bench_id")


def _on_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _refer(table: str, column: str) -> None:
    """Add a column that names a body, in words that both databases have."""
    name = f"fk_{table}_{column}_body"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES body (id)"
    )


def _written_anew(*more: sa.schema.SchemaItem) -> None:
    """Write the table of appointments anew, which is how SQLite loses a constraint.

    What refers to its rows is checked once they all stand again.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(f"CREATE TEMPORARY TABLE kept AS SELECT id, {OF_OLD} FROM appointment")
    op.drop_table("appointment")
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.Text(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "ends_on is null or ends_on >= starts_on", name=op.f("ck_appointment_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_appointment_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        *more,
    )
    op.execute(f"INSERT INTO appointment (id, {OF_OLD}) SELECT id, {OF_OLD} FROM kept")
    op.execute("DROP TABLE kept")
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"])
    op.create_index("ix_appointment_role_party", "appointment", ["role", "party_id"])
