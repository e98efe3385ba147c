"""The triggers that close the trail to change, and whether they still stand in a database.

The service refuses to start where one is missing: nothing else would stop a careless statement.
"""

from sqlalchemy import Connection, text

CLOSED = {
    "event": ("UPDATE", "DELETE"),
    "opening": ("UPDATE",),
    "sign_off": ("DELETE",),
    "document": ("UPDATE", "DELETE"),
    "definition_version": ("UPDATE", "DELETE"),
}
# As migration 0002 creates them.
ON_SQLITE = (
    "CREATE TRIGGER {table}_no_{lower} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is closed to {verb}'); END"
)
REFUSES = "BEGIN RAISE EXCEPTION '% is closed to %', TG_TABLE_NAME, TG_OP; END"
# How pg_trigger writes a kind: before 2, delete 8, update 16, truncate 32.
BITS = {"DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
ON_POSTGRESQL = text(
    "SELECT c.relname, t.tgtype, trim(p.prosrc) FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND n.nspname = current_schema()"
)


def closed(connection: Connection) -> list[str]:
    """A sentence for each table that is not closed as it should be; none where all are."""
    open_tables = _open_sqlite if connection.dialect.name == "sqlite" else _open_postgresql
    return [
        f"The table {table} is not closed to {verb}: its trigger is missing or altered."
        for table, verb in open_tables(connection)
    ]


def _open_sqlite(connection: Connection) -> list[tuple[str, str]]:
    standing = set(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")))
    return [
        (table, verb)
        for table, verbs in CLOSED.items()
        for verb in verbs
        if ON_SQLITE.format(table=table, verb=verb, lower=verb.lower()) not in standing
    ]


def _open_postgresql(connection: Connection) -> list[tuple[str, str]]:
    standing = {
        (table, verb)
        for table, kind, source in connection.execute(ON_POSTGRESQL)
        for verb, bit in BITS.items()
        if source == REFUSES and kind & bit and kind & 2
    }
    return [
        (table, verb)
        for table, verbs in CLOSED.items()
        for verb in (*verbs, "TRUNCATE")
        if (table, verb) not in standing
    ]
