"""An outage is read from what a driver really says; a bug is never taken for one."""

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, exc, text
from sqlalchemy.pool import QueuePool

from tests.support.programs import a_free_port
from workflow.faults.outages import Outage, outage, said

Act = Callable[[sqlite3.Connection], object]


def of_sqlite(place: Path, act: Act) -> BaseException:
    """What SQLite says to an act on a small database."""
    with closing(sqlite3.connect(place, timeout=0, isolation_level=None)) as connection:
        connection.execute("create table if not exists kept (word text)")
        with pytest.raises(sqlite3.Error) as fault:
            act(connection)
    return fault.value


def locked(place: Path) -> BaseException:
    with closing(sqlite3.connect(place, isolation_level=None)) as holder:
        holder.execute("create table kept (word text)")
        holder.execute("begin exclusive")
        with (
            closing(sqlite3.connect(place, timeout=0)) as other,
            pytest.raises(sqlite3.Error) as fault,
        ):
            other.execute("select * from kept")
    return fault.value


def full(connection: sqlite3.Connection) -> None:
    connection.execute("pragma max_page_count=1")
    for _ in range(1000):
        connection.execute("insert into kept values (?)", ["x" * 9000])


def read_only(connection: sqlite3.Connection) -> None:
    connection.execute("pragma query_only=on")
    connection.execute("insert into kept values ('x')")


def test_what_sqlite_says(tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    letter.write_text("a letter of somebody to somebody\n" * 100)
    with (
        closing(sqlite3.connect(letter)) as connection,
        pytest.raises(sqlite3.Error) as no_database,
    ):
        connection.execute("select 1 from kept")
    with pytest.raises(sqlite3.Error) as a_folder:
        sqlite3.connect(tmp_path)

    found = {
        Outage.LOCKED: outage(locked(tmp_path / "locked")),
        Outage.FULL: outage(of_sqlite(tmp_path / "full", full)),
        Outage.READ_ONLY: outage(of_sqlite(tmp_path / "read", read_only)),
        Outage.DAMAGED: outage(no_database.value),
        Outage.UNOPENABLE: outage(a_folder.value),
    }

    assert {kind: kind for kind in found} == found


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("08006", Outage.AWAY),
        ("57P01", Outage.AWAY),
        ("57P03", Outage.AWAY),
        ("53300", Outage.CROWDED),
        ("53100", Outage.FULL),
        ("40001", Outage.LOCKED),
        ("40P01", Outage.LOCKED),
        ("55P03", Outage.LOCKED),
        ("57014", Outage.SLOW),
        ("25006", Outage.READ_ONLY),
        ("28P01", Outage.FORBIDDEN),
        ("3D000", Outage.MISSING),
        ("XX001", Outage.DAMAGED),
        ("23505", None),
        ("42P01", None),
        ("22P05", None),
    ],
)
def test_what_postgresql_says_by_its_codes(state: str, kind: Outage | None) -> None:
    fault = psycopg.errors.lookup(state)("as the server says it")

    assert outage(fault) == kind
    assert outage(exc.DBAPIError("select 1", {}, fault)) == kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("connection failed: Connection refused", Outage.AWAY),
        ("the connection is closed", Outage.AWAY),
        ("consuming input failed: server closed the connection unexpectedly", Outage.AWAY),
        ('FATAL:  password authentication failed for user "x"', Outage.FORBIDDEN),
        ('FATAL:  role "x" does not exist', Outage.FORBIDDEN),
        ('FATAL:  database "x" does not exist', Outage.MISSING),
        ("FATAL:  sorry, too many clients already", Outage.CROWDED),
        ("FATAL:  remaining connection slots are reserved for", Outage.CROWDED),
    ],
)
def test_what_is_said_before_there_is_a_connection(words: str, kind: Outage) -> None:
    assert outage(psycopg.OperationalError(words)) == kind


def test_a_server_that_is_not_there() -> None:
    database = create_engine(f"postgresql+psycopg://x:hidden@127.0.0.1:{a_free_port()}/x")

    with pytest.raises(exc.DBAPIError) as fault:
        database.connect()

    assert outage(fault.value) is Outage.AWAY
    assert "hidden" not in said(fault.value)


def test_a_pool_that_is_exhausted(tmp_path: Path) -> None:
    database = create_engine(
        f"sqlite:///{tmp_path}/x.db",
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0.01,
    )

    with database.connect(), pytest.raises(exc.TimeoutError) as fault:
        database.connect()

    assert outage(fault.value) is Outage.CROWDED


def test_bugs_and_missing_tables_are_no_outages(tmp_path: Path) -> None:
    database = create_engine(f"sqlite:///{tmp_path}/x.db")
    with database.connect() as connection, pytest.raises(exc.DBAPIError) as no_table:
        connection.execute(text("select * from nowhere"))

    faults = [no_table.value, ValueError("x"), KeyError("x"), OSError(errno.ENOENT, "x")]

    assert [outage(each) for each in faults] == [None] * 4


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, Outage.FULL), (errno.EDQUOT, Outage.FULL), (errno.EROFS, Outage.READ_ONLY)],
)
def test_what_the_disk_says(number: int, kind: Outage) -> None:
    assert outage(OSError(number, "as the system says it")) is kind


def test_what_was_said_is_one_line_without_statement_and_values() -> None:
    fault = exc.DBAPIError("select 'x'", {"a": "secret"}, psycopg.OperationalError("one\ntwo"))

    assert said(fault) == "one"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "Connection refused"),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory", "/a/b"),
            "No such file or directory: /a/b",
        ),
        (TimeoutError("timed out"), "timed out"),
        (TimeoutError(), "no answer"),
    ],
)
def test_what_was_said_has_neither_a_number_nor_the_name_of_a_class(
    fault: Exception, words: str
) -> None:
    assert said(fault) == words
