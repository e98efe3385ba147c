"""A connection as acts use it: what of it never changes is looked up once, and statements go to its driver.

PostgreSQL is sent several at once and waited for once. Each is a statement of its own all the same:
behind one that waits for a lock, the next sees what was committed meanwhile.
"""

from collections.abc import Sequence
from contextlib import suppress
from itertools import product
from select import POLLIN, poll
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from workflow.faults.prepared import outdated
from workflow.transactions.pipeline import Pipeline
from workflow.transactions.statements import Asked, Spelt, spelt

# Under which name a connection carries what it is sent statements by.
PIPELINE = "pipeline"
# Begun by the driver itself, a transaction would be waited for before the first statement is sent.
BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"


class Wire:
    """A connection and its driver, which takes statements composed before."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self._driver: Any = connection.connection.dbapi_connection
        self._pipeline = _pipeline_of(connection, self._driver)
        self._is_kept = False

    def keep(self) -> None:
        """Part the connection from the pool, for good."""
        if not self._is_kept:
            self.connection.detach()
            self._is_kept = True

    def run(self, asked: Sequence[Asked], before: Sequence[Spelt] = ()) -> list[list[Any]]:
        """Run statements one after the other; answers with what each found, but for those `before`."""
        told = [*before, *spelt(asked, self.dialect)]
        return self._sent(told)[len(before) :]

    def run_last(self, before: Sequence[Spelt]) -> None:
        """Run what an act writes, and commit: at once, and waited for once."""
        if not before and not self.connection.in_transaction():
            # All was taken back before it was committed, as where something is only tried.
            return
        if before or not self.waits_to_begin:
            self._sent(before, end="COMMIT")
        transaction = self.connection.get_transaction()
        if transaction is not None:
            transaction.commit()

    @property
    def waits_to_begin(self) -> bool:
        """Whether the driver leaves it to us to begin a transaction, and none is begun yet."""
        return self._pipeline is not None and not self._driver.pgconn.transaction_status

    def has_news(self) -> bool:
        """Whether the server said something that nobody asked for: most often, that it hangs up."""
        if self._pipeline is None:
            return False
        heard = poll()
        heard.register(self._driver.fileno(), POLLIN)
        return bool(heard.poll(0))

    def _sent(self, told: Sequence[Spelt], end: str = "") -> list[list[Any]]:
        """What each statement found; `end` is sent along where the server is waited for."""
        if not self.connection.in_transaction():
            self.connection.begin()
        # Whoever listens to what SQLAlchemy asks is told of what goes past it as well.
        if listening := self.connection.engine.dispatch.before_cursor_execute:
            for hear, (spelling, values) in product(listening, told):
                hear(self.connection, None, spelling.text, values, None, False)  # noqa: FBT003
        try:
            if self._pipeline is not None:
                return self._sent_at_once(self._pipeline, told, end)
            return self._sent_in_turn(told, end)
        except Exception as fault:
            self._raise_as_said(fault)
            raise

    def _sent_in_turn(self, told: Sequence[Spelt], end: str) -> list[list[Any]]:
        """What SQLite finds, by a cursor that is closed whatever happens.

        One that failed would stay with its fault until garbage is collected, in whatever thread: that
        thread then waits for the connection, which may be waiting for a lock that this thread holds.
        """
        cursor = self._driver.cursor()
        found: list[list[Any]] = []
        try:
            for spelling, values in told:
                cursor.execute(spelling.text, values)
                found.append(spelling.rows_of(cursor.fetchall()) if spelling.row else [])
            if end:
                cursor.execute(end)
        finally:
            cursor.close()
        return found

    def _sent_at_once(self, pipeline: Pipeline, told: Sequence[Spelt], end: str) -> list[list[Any]]:
        begin = BEGIN if self.waits_to_begin else ""
        asked = [(spelling.text, values) for spelling, values in told]
        answers = pipeline.answers(asked, begin=begin, end=end)
        return [
            spelling.rows_of(pipeline.rows(answer)) if spelling.row else []
            for (spelling, _), answer in zip(told, answers, strict=True)
        ]

    def _raise_as_said(self, fault: Exception) -> None:
        """Raise what the driver says as SQLAlchemy says it; a connection that is gone is given up."""
        connection, dialect, gone = self.connection, self.dialect, self._is_stuck()
        failed = dialect.loaded_dbapi.Error
        if isinstance(fault, failed):
            told: Exception = fault
            gone = gone or outdated(fault)
            gone = gone or dialect.is_disconnect(fault, connection.connection, None)
        elif gone:
            # The driver loses its own count of answers where a connection breaks among them.
            told = dialect.loaded_dbapi.OperationalError(str(fault))
        else:
            return
        said = DBAPIError.instance(
            None, None, told, failed, hide_parameters=True, connection_invalidated=gone,
            dialect=dialect,
        )  # fmt: skip
        if gone:
            connection.invalidate(fault)
            # One that is kept apart from the pool is not closed by it.
            with suppress(failed):
                self._driver.close()
            # Whoever hung up on it hung up on the idle ones too, which may not have heard of it yet.
            connection.engine.dispose()
        raise said from fault

    def _is_stuck(self) -> bool:
        """Whether the driver could not leave off sending several statements: nothing can be asked any more."""
        told = getattr(self._driver, "info", None)
        return bool(getattr(told, "pipeline_status", False))


def _pipeline_of(connection: Connection, driver: Any) -> Pipeline | None:
    """What sends several statements at once, where we say ourselves when a transaction begins."""
    if connection.dialect.name != "postgresql" or not driver.autocommit:
        return None
    if PIPELINE not in connection.info:
        connection.info[PIPELINE] = Pipeline(driver)
    pipeline: Pipeline = connection.info[PIPELINE]
    return pipeline
