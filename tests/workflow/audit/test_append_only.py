"""The database itself refuses to change what was recorded, and says so when it no longer would."""

import sqlite3

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from workflow.audit.append_only import CLOSED, UNFED, closed

CHANGES = {
    "event": "type = 'x'",
    "opening": "value = 'x'",
    "sign_off": "reason = 'x'",
    "document": "kind = 'x'",
    "definition_version": "key = 'x'",
    "log_entry": "event_id = 2",
    "checkpoint": "note = 'x'",
    "money_movement": "usd = '1'",
    "money_entry": "amount = '1'",
    "money_verdict": "outcome = 'declined'",
    "rate_file": "digest = 'x'",
    "exchange_rate": "units = '1'",
    "sanctions_list": "title = 'x'",
    "sanctions_entry": "also = 'x'",
}
REFUSED = [
    (
        table,
        f"update {table} set {CHANGES[table]}" if verb == "UPDATE" else f"delete from {table}",
    )
    for table, verbs in CLOSED.items()
    for verb in verbs
]
LOGGED = (
    "insert into log_entry (log_index, event_id) values (0, 1)",
    (
        "insert into checkpoint (origin, size, root, note, at) "
        "select 'o', 1, hash, 'n', at from event where id = 1"
    ),
)
SOMEBODY, SOME_PARTY = "(select min(id) from person)", "(select min(id) from party)"
PAID = (
    (
        "insert into sanctions_list (id, title, dated, digest, entered_at) "
        "select 1, 't', '2026-03-01', 'd', at from event where id = 1"
    ),
    "insert into sanctions_entry (list_id, number, name, also) values (1, '1', 'n', '')",
    "insert into rate_file (id, digest, entered_at) select 1, 'd', at from event where id = 1",
    (
        "insert into exchange_rate (currency, day, units, file_id) "
        "values ('EUR', '2026-03-01', '0.92', 1)"
    ),
    (
        "insert into money_movement (id, case_id, number, act, moved_on, rate, rate_on, usd, "
        "person_id, recorded_at, event_seq) select 1, case_id, 1, 'pledge', '2026-03-01', '1', "
        f"'2026-03-01', '5', {SOMEBODY}, at, seq from event where id = 1"
    ),
    (
        "insert into money_entry (movement_id, place, case_id, account, source_id, year, output, "
        f"category, currency, amount) select 1, 0, case_id, 'source', {SOME_PARTY}, 0, '', '', "
        "'USD', '-5' from event where id = 1"
    ),
    (
        "insert into money_verdict (movement_id, case_id, outcome, person_id, decided_at, event_seq) "
        f"select 1, case_id, 'certified', {SOMEBODY}, at, seq from event where id = 1"
    ),
)
REPLACE = (
    "insert or replace into event (id, case_id, seq, type, at, body, hash, prev) "
    "select id, case_id, seq, 'forged', at, body, hash, prev from event where id = 1"
)


@pytest.fixture
def logged(recorded: Engine) -> Engine:
    """One of the recorded events has a place in the log, under a checkpoint, and money is recorded."""
    with recorded.begin() as connection:
        for statement in (*LOGGED, *PAID):
            connection.execute(text(statement))
    return recorded


@pytest.mark.parametrize(("table", "statement"), REFUSED)
def test_the_database_refuses(logged: Engine, table: str, statement: str) -> None:
    with logged.connect() as connection, pytest.raises(DatabaseError, match=f"{table} is closed"):
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


def test_every_new_event_waits_for_a_place_in_the_log(recorded: Engine) -> None:
    with recorded.connect() as connection:
        events = connection.scalars(text("select id from event order by id")).all()
        waiting = connection.scalars(text("select event_id from log_pending order by 1")).all()

    assert waiting == events != []


@pytest.mark.parametrize(
    "statement",
    [
        "drop trigger event_to_log",
        (
            "drop trigger event_to_log; create trigger event_to_log after insert on event "
            "when new.id > 9 begin insert into log_pending (event_id) values (new.id); end"
        ),
    ],
)
def test_a_log_that_no_longer_hears_of_events_is_named(
    sqlite_recorded: Engine, statement: str
) -> None:
    raw = sqlite3.connect(str(sqlite_recorded.url.database))
    raw.executescript(statement)
    raw.close()

    with sqlite_recorded.connect() as connection:
        assert closed(connection) == [UNFED]


@pytest.mark.parametrize(
    "statement",
    [
        "alter table event disable trigger event_to_log",
        "drop trigger event_to_log on event",
        (
            "create or replace trigger event_to_log after insert on event for each row "
            "when (new.id > 9) execute function feed_log()"
        ),
        (
            "create or replace function feed_log() returns trigger language plpgsql "
            "as $$ begin return null; end $$"
        ),
    ],
)
def test_postgresql_names_a_log_that_no_longer_hears_of_events(
    postgresql_recorded: Engine, statement: str
) -> None:
    with postgresql_recorded.begin() as connection:
        connection.execute(text(statement))

        assert closed(connection) == [UNFED]
