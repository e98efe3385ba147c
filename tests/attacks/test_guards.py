"""T15 to T17: guards of the database that are taken off, got round or lost on the way."""

import sqlite3

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Engine, Text, text
from sqlalchemy.exc import DatabaseError

from tests.attacks.attacked import ATTACKED
from tests.attacks.spoiling import sentences
from tests.attacks.trying import tell
from tests.support import databases
from workflow.audit.append_only import CLOSED, closed
from workflow.database import connect

# What a row of each closed table would be replaced by, column by column.
TOUCHED = {
    "event": "type", "opening": "value", "sign_off": "reason", "document": "kind",
    "definition_version": "key", "log_entry": "event_id", "checkpoint": "note",
    "money_movement": "act", "money_entry": "output", "money_verdict": "outcome", "rate_file": "digest",
    "exchange_rate": "units", "sanctions_list": "title", "sanctions_entry": "also",
}  # fmt: skip


def replacement(raw: sqlite3.Connection, table: str) -> str:
    """The statement that puts a forged row in the place of the first."""
    columns = [row[1] for row in raw.execute(f"pragma table_info({table})")]
    forged = ", ".join(f"{each} || ''" if each == TOUCHED[table] else each for each in columns)
    return (
        f"insert or replace into {table} ({', '.join(columns)}) "
        f"select {forged} from {table} where rowid = (select min(rowid) from {table})"
    )


def test_no_closed_table_lets_a_row_be_replaced(attacked: Engine) -> None:
    """T15: `INSERT OR REPLACE` goes past triggers that do not hear of what it deletes."""
    refused = []
    raw = attacked.raw_connection()
    for table in CLOSED:
        driver = raw.driver_connection
        assert driver is not None
        try:
            driver.execute(replacement(driver, table))
        except sqlite3.IntegrityError:
            refused.append(table)
        driver.rollback()
    raw.close()

    closed_to_deletion = [table for table, verbs in CLOSED.items() if "DELETE" in verbs]
    tell(15, len(closed_to_deletion), len(refused), "triggers")
    assert set(closed_to_deletion) <= set(refused)


def test_a_row_replaced_past_the_triggers_is_found_by_verification(attacked: Engine) -> None:
    """T15: by a connection that is not ours, on which triggers do not hear of replacing."""
    raw = sqlite3.connect(str(attacked.url.database))
    columns = [row[1] for row in raw.execute("pragma table_info(event)")]
    forged = ", ".join("'history.read'" if each == "type" else each for each in columns)
    raw.execute(
        f"insert or replace into event ({', '.join(columns)}) "
        f"select {forged} from event where seq = 2"
    )
    raw.commit()
    raw.close()

    assert any("the type kept with it" in sentence for sentence in sentences(attacked))


def test_alembics_batch_mode_loses_the_triggers_and_that_is_named(attacked: Engine) -> None:
    """T16: why no migration ever alters a closed table; a later start is refused."""
    with attacked.connect() as connection:
        before = closed(connection)
        alter(connection)
        after = closed(connection)

    assert before == []
    assert any("event is not closed to UPDATE" in sentence for sentence in after)
    assert any("do not reach the log" in sentence for sentence in after)


def alter(connection: Connection) -> None:
    operations = Operations(MigrationContext.configure(connection))
    connection.execute(text("pragma defer_foreign_keys = on"))
    with operations.batch_alter_table("event", recreate="always") as batch:
        batch.add_column(Column("colour", Text))


REPLICA = "set session_replication_role = replica"
OF_ONE = "where id = (select max(id) from event where type = 'state.entered')"
BEHIND = {
    f"update event set body = (select body from event where seq = 2 limit 1) {OF_ONE}": "hash",
    f"update event set type = 'history.read' {OF_ONE}": "the type kept with it",
    f"delete from event {OF_ONE}": "missing",
    "delete from sign_off where id = (select min(id) from sign_off)": "there is no such row",
    "delete from log_entry where log_index = 40": "is not in the log",
    "update checkpoint set root = (select root from log_state), size = size - 1": "its columns",
    (
        "insert into event (case_id, seq, type, at, body, hash, prev) select case_id, seq + 500,"
        " type, at, body, sha256(body), prev from event where seq = 2 limit 1"
    ): "is missing",
}


@pytest.mark.postgresql
@pytest.mark.parametrize("statement", BEHIND)
@pytest.mark.proof(apart=True)
def test_what_a_superuser_does_past_the_triggers_of_postgresql_is_found(statement: str) -> None:
    """T17: `session_replication_role = replica` prevents nothing, so verification has to find it."""
    with databases.fresh_postgresql(ATTACKED) as url:
        database = connect(url)
        guarded = is_refused(database, statement)
        with database.begin() as connection:
            connection.execute(text(REPLICA))
            done = connection.execute(text(statement)).rowcount
            still = closed(connection)
        said = sentences(database)
        database.dispose()

    assert guarded or statement.startswith("insert")
    assert done > 0
    assert still == []
    assert any(BEHIND[statement] in sentence for sentence in said), said


def is_refused(database: Engine, statement: str) -> bool:
    """Whether the triggers refuse it to whoever does not get round them; nothing of it is kept."""
    with database.connect() as connection:
        try:
            connection.execute(text(statement))
        except DatabaseError as refusal:
            return "is closed to" in str(refusal)
        return False
