"""The database itself refuses to change what was recorded, and says so when it no longer would."""

import sqlite3

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from workflow.audit.closing import CLOSED, closed

COLUMNS = {
    "event": "type",
    "opening": "value",
    "sign_off": "reason",
    "document": "kind",
    "definition_version": "key",
}
REFUSED = [
    (
        table,
        f"update {table} set {COLUMNS[table]} = 'x'"
        if verb == "UPDATE"
        else f"delete from {table}",
    )
    for table, verbs in CLOSED.items()
    for verb in verbs
]
REPLACE = (
    "insert or replace into event (id, case_id, seq, type, at, body, hash, prev) "
    "select id, case_id, seq, 'forged', at, body, hash, prev from event where id = 1"
)


@pytest.mark.parametrize(("table", "statement"), REFUSED)
def test_the_database_refuses(recorded: Engine, table: str, statement: str) -> None:
    with recorded.connect() as connection, pytest.raises(DatabaseError, match=f"{table} is closed"):
        connection.execute(text(statement))


@pytest.mark.parametrize("table", CLOSED)
def test_postgresql_refuses_to_empty_a_table(postgresql_recorded: Engine, table: str) -> None:
    with (
        postgresql_recorded.connect() as connection,
        pytest.raises(DatabaseError, match=f"{table} is closed to TRUNCATE"),
    ):
        connection.execute(text(f"truncate {table} cascade"))


def test_an_opening_may_be_deleted(recorded: Engine) -> None:
    with recorded.begin() as connection:
        erased = connection.execute(text("delete from opening where field = 'reason'"))

    assert erased.rowcount == 6


def test_sqlite_refuses_to_replace_an_event(sqlite_recorded: Engine) -> None:
    with (
        sqlite_recorded.connect() as connection,
        pytest.raises(DatabaseError, match="event is closed to DELETE"),
    ):
        connection.execute(text(REPLACE))


def test_without_recursive_triggers_sqlite_would_have_replaced_it(sqlite_recorded: Engine) -> None:
    naive = sqlite3.connect(str(sqlite_recorded.url.database))

    naive.execute(REPLACE)

    forged = naive.execute("select type from event where id = 1").fetchone()
    naive.close()
    assert forged == ("forged",)


def test_a_migrated_database_is_closed(database: Engine) -> None:
    with database.connect() as connection:
        assert closed(connection) == []


def test_a_trigger_that_is_gone_is_named(sqlite_recorded: Engine) -> None:
    with sqlite_recorded.begin() as connection:
        connection.execute(text("drop trigger event_no_delete"))

        sentences = closed(connection)

    assert sentences == [
        "The table event is not closed to DELETE: its trigger is missing or altered."
    ]


def test_a_trigger_that_does_nothing_is_named(sqlite_recorded: Engine) -> None:
    with sqlite_recorded.begin() as connection:
        connection.execute(text("drop trigger event_no_delete"))
        connection.execute(
            text("create trigger event_no_delete before delete on event begin select 1; end")
        )

        sentences = closed(connection)

    assert len(sentences) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "alter table event disable trigger event_closed",
        "drop trigger event_closed on event",
        (
            "create or replace trigger event_closed before update or delete or truncate "
            "on event for each statement execute function suppress_redundant_updates_trigger()"
        ),
    ],
)
def test_postgresql_names_what_is_no_longer_closed(
    postgresql_recorded: Engine, statement: str
) -> None:
    with postgresql_recorded.begin() as connection:
        connection.execute(text(statement))

        sentences = closed(connection)

    assert [sentence.split(":")[0] for sentence in sentences] == [
        f"The table event is not closed to {verb}" for verb in ("UPDATE", "DELETE", "TRUNCATE")
    ]


def test_a_function_that_no_longer_refuses_is_noticed(postgresql_recorded: Engine) -> None:
    with postgresql_recorded.begin() as connection:
        connection.execute(
            text(
                "create or replace function refuse_change() returns trigger language plpgsql "
                "as $$ begin return null; end $$"
            )
        )

        sentences = closed(connection)

    assert len(sentences) == sum(len(verbs) + 1 for verbs in CLOSED.values())
