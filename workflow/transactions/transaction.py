"""A transaction that writes: what is owed to the database goes there in batches, all or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from workflow.errors import Refusal
from workflow.transactions.compound import Compounds
from workflow.transactions.lane import Lane
from workflow.transactions.rows import PreparedRows
from workflow.transactions.statements import Asked, PreparedStatement, Spelt
from workflow.transactions.wire import Wire

COMPOUNDS = Compounds()
KEEP: Asked = (PreparedStatement(text("SAVEPOINT kept")), {})
TAKE_BACK: Asked = (PreparedStatement(text("ROLLBACK TO SAVEPOINT kept")), {})


class TransactionSession(Session):
    """A session on a transaction; whatever it is asked, it first hands over what is owed."""

    owner: "Transaction"

    def get_bind(self, *given: Any, **named: Any) -> Engine | Connection:
        """The connection of the transaction, once all that was written before has reached it."""
        self.owner.hand_over()
        return super().get_bind(*given, **named)

    def rollback(self) -> None:
        """Take back what was written, and what is owed with it."""
        self.owner.forget()
        super().rollback()


class Transaction:
    """One transaction under way, and what it owes to the database still."""

    def __init__(self, wire: Wire, info: dict[str, Any]) -> None:
        self.info = info
        self._wire = wire
        self._owed: list[Asked] = []
        self._session: TransactionSession | None = None
        self._is_kept = False

    @staticmethod
    def of(session: Session) -> "Transaction":
        """The transaction that a session writes in; one not begun here is written to at once."""
        if isinstance(session, TransactionSession):
            return session.owner
        return Transaction(Wire(session.connection()), session.info)

    @property
    def session(self) -> Session:
        """The same transaction for whoever composes statements anew each time."""
        if self._session is None:
            self._session = TransactionSession(
                self._wire.connection,
                expire_on_commit=False,
                info=self.info,
                join_transaction_mode="rollback_only",
            )
            self._session.owner = self
        return self._session

    def write(self, statement: PreparedStatement, **values: Any) -> None:
        """Owe one statement to the database; it goes there before anything is asked."""
        self._owed.append((statement, values))

    def write_rows(self, into: PreparedRows, rows: Sequence[Mapping[str, Any]]) -> None:
        """Owe rows to the database, several with each statement."""
        self._owed += into.of(rows)

    def read(self, *wanted: Asked) -> list[list[Any]]:
        """What each of the statements finds, all asked at once, after what is owed."""
        return self._wire.run(wanted, before=self._handed_over())

    def _handed_over(self) -> list[Spelt]:
        """What is owed, as it is sent; it is owed no longer."""
        owed, self._owed = self._owed, []
        return COMPOUNDS.of(owed, self._wire.dialect)

    def forget(self) -> None:
        """Owe nothing any more."""
        self._owed.clear()

    def hand_over(self) -> None:
        """Write what is owed, in a transaction that has begun."""
        if self._owed or self._wire.waits_to_begin:
            self.read()

    def keep(self) -> None:
        """Keep what was written until now, even if what comes from here on is refused."""
        self._owed.append(KEEP)
        self._is_kept = True

    def commit(self) -> None:
        """Write what is owed, and commit."""
        if self._session is not None:
            self._session.commit()
        self._wire.run_last(self._handed_over())

    def refuse(self) -> None:
        """Take back what was written, but for what is to be kept."""
        # Where it was not even sent, what is to be kept is owed still, and nothing is taken back.
        kept = self._owed[: self._owed.index(KEEP)] if KEEP in self._owed else None
        self.forget()
        self.end()
        if self._is_kept:
            self._is_kept = False
            self._owed += [TAKE_BACK] if kept is None else kept
            self.commit()

    def end(self) -> None:
        """Let the session go, if there was one."""
        if self._session is not None:
            self._session.close()
            self._session = None


@contextmanager
def open_transaction(lane: Lane, info: dict[str, Any] | None = None) -> Iterator[Transaction]:
    """A transaction that is committed whole, or not at all if anything is raised.

    Nothing else commits to our tables; `info` goes along with its session.
    """
    wire = lane.take()
    # What is not committed below is rolled back where the connection is let go.
    try:
        wire.connection.begin()
        under_way = Transaction(wire, dict(info or {}))
        try:
            yield under_way
            under_way.commit()
        except Refusal:
            under_way.refuse()
            raise
        finally:
            under_way.end()
    except BaseException:
        wire.connection.close()
        raise
    lane.give_back(wire)
