"""Connections: what a server hung up is noticed without asking it, and files are not remade."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, create_engine, literal, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from tests.support.waiting import until
from workflow.database import WAL_SAFE, Instant, connect, reading

HANG_UP = text(
    "select pg_terminate_backend(pid) from pg_stat_activity "
    "where datname = current_database() and pid <> pg_backend_pid()"
)
OTHERS = text(
    "select count(*) from pg_stat_activity "
    "where datname = current_database() and pid <> pg_backend_pid()"
)

# As many statements as psycopg keeps prepared on one connection unless it is told otherwise.
PSYCOPG_KEEPS = 100
PREPARED = text("select count(*) from pg_prepared_statements where statement like '%for a page%'")


def hang_up(database: Engine) -> None:
    """Have the server end every connection but the one that asks for it."""
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(HANG_UP)
        until(lambda: connection.scalar(OTHERS) == 0, saying="others are connected still")


def test_the_server_notices_within_a_minute_that_our_machine_is_gone(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    names = (
        "tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout"
    )  # fmt: skip
    asked = text("select setting from pg_settings where name = :name")

    with database.connect() as connection:
        idle, interval, count, answering = (
            int(connection.scalar(asked, {"name": name})) for name in names
        )

    assert 0 < idle + interval * count <= 60
    assert 0 < answering <= 60_000
    database.dispose()


def test_a_connection_that_the_server_hung_up_is_replaced_unasked(postgresql_url: str) -> None:
    kept, other = connect(postgresql_url), connect(postgresql_url)
    with kept.connect() as first, kept.connect() as second:
        before = {first.connection.driver_connection, second.connection.driver_connection}
    hang_up(other)

    with kept.connect() as connection:
        answer = connection.scalar(text("select 1"))
        fresh = connection.connection.driver_connection

    assert answer == 1
    assert fresh not in before
    kept.dispose()
    other.dispose()


def test_a_page_finds_prepared_what_pages_before_it_asked(postgresql_url: str) -> None:
    database = connect(postgresql_url)

    for number in range(7):
        with reading(database) as session:
            session.scalar(text("select :number + 0 /* for a page */"), {"number": number})

    with reading(database) as session:
        assert session.scalar(PREPARED) == 1
    database.dispose()


def test_what_all_pages_ask_stays_prepared_on_one_connection(postgresql_url: str) -> None:
    database = connect(postgresql_url)
    pages = [text(f"select {number} /* for a page */") for number in range(PSYCOPG_KEEPS + 20)]

    for _ in range(6):
        with reading(database) as session:
            for page in pages:
                session.scalar(page)

    with reading(database) as session:
        assert session.scalar(PREPARED) == len(pages)
    database.dispose()


def test_what_was_prepared_before_a_table_changed_fails_once_and_then_on_no_connection(
    postgresql_url: str,
) -> None:
    database, asked = connect(postgresql_url), text("select name from thing")
    with database.begin() as connection:
        connection.execute(text("create table thing (name varchar(3))"))
    for _ in range(7):
        with reading(database) as first, reading(database) as second:
            first.scalar(asked), second.scalar(asked)
    with database.begin() as connection:
        connection.execute(text("alter table thing alter column name type varchar(24)"))

    with pytest.raises(DBAPIError) as told, reading(database) as session:
        session.scalar(asked)

    with reading(database) as first, reading(database) as second:
        assert (first.scalar(asked), second.scalar(asked)) == (None, None)
    assert told.value.connection_invalidated
    database.dispose()


def test_a_reading_that_the_server_refused_something_leaves_its_connection_to_the_next(
    postgresql_url: str,
) -> None:
    database = connect(postgresql_url)

    with pytest.raises(DBAPIError), reading(database) as session:
        session.scalar(text("select 1 / 0"))

    with reading(database) as session:
        assert session.scalar(text("select 1")) == 1
    database.dispose()


def test_a_reading_whose_server_hung_up_says_so_and_the_next_has_a_connection(
    postgresql_url: str,
) -> None:
    kept, other = connect(postgresql_url), connect(postgresql_url)

    with reading(kept) as session:
        session.scalar(text("select 1"))
        hang_up(other)
        with pytest.raises(DBAPIError) as lost:
            session.scalar(text("select 1"))

    with reading(kept) as session:
        assert (lost.value.connection_invalidated, session.scalar(text("select 1"))) == (True, 1)
    kept.dispose()
    other.dispose()


@pytest.mark.parametrize("microsecond", [0, 7, 250_000])
def test_an_instant_comes_back_aware_and_in_utc(database_url: str, microsecond: int) -> None:
    database = connect(database_url)
    there = timezone(timedelta(hours=-3))
    instant = datetime(2026, 3, 2, 23, 30, 1, microsecond, tzinfo=there)

    with database.connect() as connection:
        told, nothing = connection.execute(
            select(literal(instant, Instant), literal(None, Instant))
        ).one()

    assert (told, told.tzinfo, nothing) == (instant, UTC, None)
    database.dispose()


def test_sqlite_keeps_an_instant_as_it_always_did() -> None:
    kept = Instant().dialect_impl(create_engine("sqlite://").dialect)
    instant = datetime(2026, 3, 2, 23, 30, 1, 250_000, tzinfo=timezone(timedelta(hours=-3)))

    text_of = kept.bind_processor(create_engine("sqlite://").dialect)

    assert text_of is not None
    assert text_of(instant) == "2026-03-03 02:30:01.250000"


def test_an_instant_of_no_zone_is_refused(database_url: str) -> None:
    database = connect(database_url)
    nowhere = datetime(2026, 3, 2, 23, 30, 1)  # noqa: DTZ001

    with (
        database.connect() as connection,
        pytest.raises(StatementError, match="an instant needs a time zone"),
    ):
        connection.execute(select(literal(nowhere, Instant)))

    database.dispose()


@pytest.mark.skipif(sqlite3.sqlite_version_info >= WAL_SAFE, reason="a log is written ahead")
def test_the_journal_is_kept_from_one_transaction_to_the_next(sqlite_url: str) -> None:
    database = connect(sqlite_url)

    with database.connect() as connection:
        mode = connection.scalar(text("pragma journal_mode"))

    assert mode == "persist"
    database.dispose()
