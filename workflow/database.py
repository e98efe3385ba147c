"""The database: the declarative base, UTC instants, and connections that keep their word."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from select import POLLIN, poll
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from sqlalchemy.types import TypeDecorator

from workflow.clock import OFFSET
from workflow.deferred import deferred
from workflow.faults.prepared import begin_anew_where_outdated, keep_prepared
from workflow.reading import ReadingSession

if TYPE_CHECKING:
    from workflow.migration.upgrade import upgrade
else:
    upgrade = deferred("workflow.migration.upgrade", "upgrade")

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# The largest whole number that a column of an id holds on every database.
LARGEST = 2_147_483_647


class Base(DeclarativeBase):
    """The one set of tables, with constraint names that migrations can rely on."""

    metadata = MetaData(naming_convention=NAMES)


class Instant(TypeDecorator[datetime]):
    """A point in time, always aware and in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; SQLite keeps it without the offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand back an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """What stores an instant; for SQLite at once as the text that it keeps."""
        return _kept if dialect.name == "sqlite" else _in_utc

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """What reads an instant; of SQLite at once from the text that it keeps."""
        return _told if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


# An act writes one and the same instant into several rows.
@lru_cache(maxsize=64)
def _kept(value: datetime | None) -> str | None:
    """An instant as SQLite keeps it: UTC without the offset, to the microsecond."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise TypeError("an instant needs a time zone")
    return value.astimezone(UTC).isoformat(" ", "microseconds").removesuffix(OFFSET)


def _in_utc(value: datetime | None) -> datetime | None:
    """An instant as PostgreSQL is told it."""
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise TypeError("an instant needs a time zone")
    return value.astimezone(UTC)


def _told(text: str | None) -> datetime | None:
    """The instant that SQLite kept."""
    return None if text is None else datetime.fromisoformat(text + OFFSET)


# WAL databases could be corrupted by two simultaneous checkpoints before these releases.
WAL_SAFE = (3, 51, 3)


@dataclass(frozen=True, slots=True)
class Pool:
    """How many connections to PostgreSQL one process holds, and how many seconds it waits for what.

    `size` are kept and `overflow` more are opened where needed; no statement ends by itself where
    `statement` is 0.
    """

    size: int = 4
    overflow: int = 6
    wait: int = 10
    reach: int = 5
    statement: int = 0

    @property
    def most(self) -> int:
        """The largest number of connections at once, with the one that is kept for acts."""
        return self.size + self.shared + 1

    @property
    def shared(self) -> int:
        """How many more than it keeps the pool itself may open: one of `overflow` is kept for acts."""
        return max(self.overflow - 1, 0)


POOL = Pool()


def connect(url: str, pool: Pool = POOL) -> Engine:
    """A SQLAlchemy engine for `url` whose transactions begin when we say so."""
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_engine(
            url, hide_parameters=True, pool_size=pool.size, max_overflow=pool.shared,
            pool_timeout=pool.wait, connect_args=reaching(url, pool),
        )  # fmt: skip
        event.listen(engine, "connect", keep_prepared)
        event.listen(engine, "checkout", partial(_refuse_hung_up, engine))
        event.listen(engine, "handle_error", begin_anew_where_outdated)
        event.listen(engine, "rollback", _end_reading)
        return engine
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": 30}, pool_size=16, max_overflow=16
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def reaching(url: str, pool: Pool = POOL) -> dict[str, Any]:
    """How a PostgreSQL server is called, so that whichever end is gone is noticed within a minute.

    The server has to look as well: until it notices, what a lost machine had locked stays locked.
    What the address itself says of these is kept.
    """
    chosen: dict[str, Any] = {
        "application_name": "primemover",
        "connect_timeout": pool.reach,
        "keepalives_idle": 20,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 50_000,
    }
    said = make_url(url).query
    arguments = {name: value for name, value in chosen.items() if name not in said}
    asked = " ".join(f"-c {name}={value}" for name, value in _asked_of_server(pool).items())
    # What is said later counts.
    arguments["options"] = f"{asked} {said['options']}" if "options" in said else asked
    return arguments


def _asked_of_server(pool: Pool) -> dict[str, str | int]:
    """What the server is to hold itself to for each of these connections."""
    # Translating a statement takes a second where it then looks at fifty rows.
    asked: dict[str, str | int] = {"jit": "off"}
    asked |= {"tcp_keepalives_idle": 20, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}
    # Nobody is asked whether they live while an answer to them is under way.
    asked["tcp_user_timeout"] = 50_000
    if pool.statement:
        asked["statement_timeout"] = pool.statement * 1000
    return asked


def _refuse_hung_up(
    database: Engine, dbapi: Any, _record: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Have the pool begin anew where the server hung up in the meantime.

    An idle connection has nothing to read; only where there is something is the server asked.
    """
    heard = poll()
    heard.register(dbapi.fileno(), POLLIN)
    if not heard.poll(0):
        return
    try:
        database.dialect.do_ping(dbapi)
    except database.dialect.loaded_dbapi.Error as gone:
        raise InvalidatePoolError from gone


def connections_allowed(database: Engine) -> int:
    """How many connections the server of `database` grants to ordinary users; 0 where none counts."""
    if database.dialect.name == "sqlite":
        return 0
    with reading(database) as session:
        most, kept = (
            int(session.scalar(text(f"show {name}")) or 0)
            for name in ("max_connections", "superuser_reserved_connections")
        )
    return most - kept


@contextmanager
def transaction(database: Engine, info: dict[str, Any] | None = None) -> Iterator[Session]:
    """A session whose work is committed whole, or not at all if anything is raised.

    Nothing else commits to our tables; `info` goes along with the session.
    """
    with Session(database, expire_on_commit=False, info=info) as session, session.begin():
        yield session


@contextmanager
def reading(database: Engine) -> Iterator[Session]:
    """A session that sees one state of things, keeps nobody waiting and never commits."""
    with ReadingSession(for_reading(database), expire_on_commit=False) as session:
        yield session


def for_reading(database: Engine) -> Engine:
    """The same connections, on which nothing can be written and which see one state of things."""
    if database.get_execution_options().get("reading"):
        return database
    if database.dialect.name == "sqlite":
        return database.execution_options(reading=True)
    return database.execution_options(
        reading=True, postgresql_readonly=True, isolation_level="REPEATABLE READ"
    )


def for_writing(database: Engine) -> Connection:
    """A connection for acts, on which PostgreSQL is told by us when a transaction begins and ends."""
    connection = database.connect()
    if database.dialect.name == "sqlite":
        return connection
    return connection.execution_options(isolation_level="AUTOCOMMIT")


def _end_reading(connection: Connection) -> None:
    """Commit what only read, where it would be rolled back.

    With every rollback psycopg has the server forget all that it prepared, and the next page would
    have each statement planned anew.
    """
    if connection.invalidated or not connection.get_execution_options().get("reading"):
        return
    driver = connection.connection.driver_connection
    if driver is not None and driver.info.transaction_status.name == "INTRANS":
        with suppress(connection.dialect.loaded_dbapi.Error):
            driver.commit()


def _prepare_sqlite(dbapi: sqlite3.Connection, _record: Any) -> None:
    """Let us issue BEGIN, keep foreign keys, and make replacing a row fire its delete triggers."""
    dbapi.isolation_level = None
    journal = "wal" if sqlite3.sqlite_version_info >= WAL_SAFE else "persist"
    for pragma in (
        f"journal_mode={journal}",
        "synchronous=full",
        "foreign_keys=on",
        "recursive_triggers=on",
        "busy_timeout=30000",
    ):
        dbapi.execute(f"pragma {pragma}")


def _begin_sqlite(connection: Any) -> None:
    """Begin deferred for readers and immediate for writers, so that no lock has to be upgraded."""
    reading = connection.get_execution_options().get("reading", False)
    driver = connection.connection.dbapi_connection
    try:
        driver.execute("BEGIN" if reading else "BEGIN IMMEDIATE")
    except sqlite3.Error as fault:
        raise DBAPIError.instance(
            "BEGIN", None, fault, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from fault


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database at `url` up to `revision`."""
    upgrade(url, revision)
