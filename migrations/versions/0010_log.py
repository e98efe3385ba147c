"""The global log: entries, tiles, its state, and signed checkpoints.

A trigger on `event` enters each new one among those that wait for a place, in its own transaction;
what was recorded before waits from now on. The table `event` itself is not altered.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

CLOSED = ("log_entry", "checkpoint")
VERBS = ("UPDATE", "DELETE")
FED_SQLITE = (
    "CREATE TRIGGER event_to_log AFTER INSERT ON event "
    "BEGIN INSERT INTO log_pending (event_id) VALUES (NEW.id); END"
)
FED_POSTGRESQL = (
    (
        "CREATE FUNCTION feed_log() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN INSERT INTO log_pending (event_id) VALUES (NEW.id); RETURN NULL; END $$"
    ),
    "CREATE TRIGGER event_to_log AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION feed_log()",
)


def upgrade() -> None:
    _tables()
    _rows()
    op.execute("INSERT INTO log_pending (event_id) SELECT id FROM event")
    if op.get_bind().dialect.name == "sqlite":
        for table in CLOSED:
            for verb in VERBS:
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is closed to {verb}'); END"
                )
        op.execute(FED_SQLITE)
        return
    for table in CLOSED:
        op.execute(
            f"CREATE TRIGGER {table}_closed BEFORE {' OR '.join((*VERBS, 'TRUNCATE'))} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for statement in FED_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_to_log")
    else:
        op.execute("DROP TRIGGER event_to_log ON event")
        op.execute("DROP FUNCTION feed_log()")
    op.drop_table("log_signer")
    op.drop_index("ix_checkpoint_size", table_name="checkpoint")
    for table in ("checkpoint", "log_state", "log_tile", "log_entry", "log_pending"):
        op.drop_table(table)


def _tables() -> None:
    op.create_table(
        "log_pending",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_log_pending")),
    )
    op.create_table(
        "log_entry",
        sa.Column("log_index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_log_entry_event_id_event")
        ),
        sa.PrimaryKeyConstraint("log_index", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("event_id", name=op.f("uq_log_entry_event_id")),
    )
    op.create_table(
        "log_tile",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_log_tile")),
    )
    op.create_table(
        "log_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_state_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_state")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(length=32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
    )
    op.create_index("ix_checkpoint_size", "checkpoint", ["size"], unique=False)
    op.create_table(
        "log_signer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_signer_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_signer")),
    )


def _rows() -> None:
    """The two rows of which there is one: an empty tree, and a signer that was not seen yet."""
    state = sa.table(
        "log_state",
        *(sa.column(name) for name in ("id", "size", "epoch", "holder")),
        *(sa.column(name, sa.LargeBinary) for name in ("root", "edge")),
    )
    signer = sa.table("log_signer", *(sa.column(name) for name in ("id", "origin", "refusal")))
    empty = hashlib.sha256(b"").digest()
    row = {"id": 1, "size": 0, "root": empty, "edge": b"", "epoch": 0, "holder": ""}
    op.bulk_insert(state, [row])
    op.bulk_insert(signer, [{"id": 1, "origin": "", "refusal": ""}])
