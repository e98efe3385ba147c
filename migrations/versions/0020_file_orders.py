"""Orders of every kind of file in the place of orders of dossiers, which are kept."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
# What is made anew by itself and is no loss.
comes_again = ("file_order", "dossier_order")

UNFINISHED = sa.text("state in ('waiting', 'making')")


def _table(name: str, *of_its_own: sa.ColumnClause[Any]) -> sa.TableClause:
    """The rows of a table; instants are without a type, so that they are carried over as they stand."""
    shared = ("id", "person_id", "ref", "language", "state", "token", "tries", "problem")
    instants = ("ordered_at", "begun_at", "ended_at")
    return sa.table(name, *map(sa.column, (*shared, *instants)), *of_its_own)


DOSSIERS = _table(
    "dossier_order", sa.column("bare", sa.Boolean()), sa.column("since"), sa.column("log_size"),
    sa.column("log_root", sa.LargeBinary()),
)  # fmt: skip
FILES = _table(
    "file_order", sa.column("kind"), sa.column("wanted"), sa.column("made"), sa.column("alive_at")
)


def upgrade() -> None:
    _create("file_order", _of_files())
    connection = op.get_bind()
    kept = connection.execute(sa.select(DOSSIERS)).mappings().all()
    if kept:
        connection.execute(sa.insert(FILES), [_as_file(dict(row)) for row in kept])
    op.drop_table("dossier_order")
    _on_from(connection, "file_order")


def downgrade() -> None:
    _create("dossier_order", _of_dossiers())
    connection = op.get_bind()
    of_dossiers = sa.select(FILES).where(FILES.c.kind == "dossier")
    kept = connection.execute(of_dossiers).mappings().all()
    if kept:
        connection.execute(sa.insert(DOSSIERS), [_as_dossier(dict(row)) for row in kept])
    op.drop_table("file_order")
    _on_from(connection, "dossier_order")


def _create(name: str, columns: tuple[sa.Column[Any], ...]) -> None:
    op.create_table(
        name,
        *columns,
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f(f"fk_{name}_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("token", name=op.f(f"uq_{name}_token")),
    )
    op.create_index(op.f(f"ix_{name}_person_id"), name, ["person_id"])
    op.create_index(op.f(f"ix_{name}_state"), name, ["state"])
    op.create_index(
        f"uq_{name}_unfinished",
        name,
        ["person_id"],
        unique=True,
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )


def _of_files() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
    )


def _of_dossiers() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("bare", sa.Boolean(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("log_size", sa.BigInteger(), nullable=False),
        sa.Column("log_root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
    )


def _as_file(row: dict[str, Any]) -> dict[str, Any]:
    wanted = {"bare": bool(row.pop("bare")), "since": row.pop("since")}
    made = {"log_root": bytes(row.pop("log_root")).hex(), "log_size": row.pop("log_size")}
    return {
        **row, "kind": "dossier", "wanted": _written(wanted), "made": _written(made),
        "alive_at": row["begun_at"],
    }  # fmt: skip


def _as_dossier(row: dict[str, Any]) -> dict[str, Any]:
    wanted, made = json.loads(row.pop("wanted")), json.loads(row.pop("made"))
    del row["kind"], row["alive_at"]
    root = bytes.fromhex(made.get("log_root", ""))
    return {**row, **wanted, "log_size": made.get("log_size", 0), "log_root": root}


def _written(said: dict[str, Any]) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _on_from(connection: sa.Connection, name: str) -> None:
    """Have the next number follow those that were carried over."""
    if connection.dialect.name == "postgresql":
        last = f"(select max(id) from {name})"
        connection.execute(
            sa.text(f"select setval(pg_get_serial_sequence('{name}', 'id'), coalesce({last}, 1))")
        )
