"""The triggers that close the trail to change, and whether they still stand in a database.

The service refuses to start where one is missing: nothing else would stop a careless statement.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

CLOSED = {
    "event": ("UPDATE", "DELETE"),
    "opening": ("UPDATE",),
    "sign_off": ("DELETE",),
    "document": ("UPDATE", "DELETE"),
    "definition_version": ("UPDATE", "DELETE"),
    "log_entry": ("UPDATE", "DELETE"),
    "checkpoint": ("UPDATE", "DELETE"),
    "money_movement": ("UPDATE", "DELETE"),
    "money_entry": ("UPDATE", "DELETE"),
    "money_verdict": ("UPDATE", "DELETE"),
    "rate_file": ("UPDATE", "DELETE"),
    "exchange_rate": ("UPDATE", "DELETE"),
    "sanctions_list": ("UPDATE", "DELETE"),
    "sanctions_entry": ("UPDATE", "DELETE"),
}
# As migrations 0002, 0010, 0059 and 0076 create them.
ON_SQLITE = (
    "CREATE TRIGGER {table}_no_{lower} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is closed to {verb}'); END"
)
FED_SQLITE = (
    "CREATE TRIGGER event_to_log AFTER INSERT ON event "
    "BEGIN INSERT INTO log_pending (event_id) VALUES (NEW.id); END"
)
FEEDS = "BEGIN INSERT INTO log_pending (event_id) VALUES (NEW.id); RETURN NULL; END"
UNFED = "New events do not reach the log: the trigger of the table event is missing or altered."
REFUSES = "BEGIN RAISE EXCEPTION '% is closed to %', TG_TABLE_NAME, TG_OP; END"
# How pg_trigger writes a kind: row 1, before 2, insert 4, delete 8, update 16, truncate 32.
AFTER_EACH_INSERT = 5
BITS = {"DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
ON_SQLITE_STANDING = text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
ON_POSTGRESQL = text(
    "SELECT c.relname, t.tgtype, trim(p.prosrc) FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND n.nspname = current_schema()"
)


def closed(connection: Connection) -> list[str]:
    """A sentence for each table that is not closed as it should be; none where all are.

    Another one says so if new events would not reach the log.
    """
    if connection.dialect.name == "sqlite":
        standing = set(connection.scalars(ON_SQLITE_STANDING))
        open_tables, fed = _open_sqlite(standing), FED_SQLITE in standing
    else:
        triggers = [tuple(row) for row in connection.execute(ON_POSTGRESQL)]
        open_tables, fed = (
            _open_postgresql(triggers),
            ("event", AFTER_EACH_INSERT, FEEDS) in triggers,
        )
    sentences = [
        f"The table {table} is not closed to {verb}: its trigger is missing or altered."
        for table, verb in open_tables
    ]
    return sentences if fed else [*sentences, UNFED]


def _open_sqlite(standing: set[str]) -> list[tuple[str, str]]:
    return [
        (table, verb)
        for table, verbs in CLOSED.items()
        for verb in verbs
        if ON_SQLITE.format(table=table, verb=verb, lower=verb.lower()) not in standing
    ]


def _open_postgresql(triggers: Sequence[tuple[Any, ...]]) -> list[tuple[str, str]]:
    standing = {
        (table, verb)
        for table, kind, source in triggers
        for verb, bit in BITS.items()
        if source == REFUSES and kind & bit and kind & 2
    }
    return [
        (table, verb)
        for table, verbs in CLOSED.items()
        for verb in (*verbs, "TRUNCATE")
        if (table, verb) not in standing
    ]
