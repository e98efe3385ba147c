"""What was decided is closed to change by the database itself.

Never alter `event` in Alembic's batch mode: it rebuilds the table and loses the triggers.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

CLOSED = {
    "event": ("UPDATE", "DELETE"),
    "opening": ("UPDATE",),
    "sign_off": ("DELETE",),
    "document": ("UPDATE", "DELETE"),
    "definition_version": ("UPDATE", "DELETE"),
}
REFUSE = (
    "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is closed to %', TG_TABLE_NAME, TG_OP; END $$"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, verbs in CLOSED.items():
            for verb in verbs:
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is closed to {verb}'); END"
                )
        return
    op.execute(REFUSE)
    for table, verbs in CLOSED.items():
        op.execute(
            f"CREATE TRIGGER {table}_closed BEFORE {' OR '.join((*verbs, 'TRUNCATE'))} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, verbs in CLOSED.items():
            for verb in verbs:
                op.execute(f"DROP TRIGGER {table}_no_{verb.lower()}")
        return
    for table in CLOSED:
        op.execute(f"DROP TRIGGER {table}_closed ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
