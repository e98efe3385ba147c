"""Counts what one request asks of the database: its transactions, and each statement with repeats."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@dataclass
class Transaction:
    """One transaction and what was asked in it, each with the values that it was asked with."""

    reading: bool
    statements: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)


@dataclass
class Asked:
    """Every transaction between two moments, in the order of their beginning."""

    transactions: list[Transaction] = field(default_factory=list)

    @property
    def readings(self) -> list[Transaction]:
        """The transactions that were begun to read."""
        return [each for each in self.transactions if each.reading]

    @property
    def writings(self) -> list[Transaction]:
        """The transactions that were begun to write."""
        return [each for each in self.transactions if not each.reading]

    @property
    def read(self) -> int:
        """How many statements the reading transactions hold."""
        return sum(len(each.statements) for each in self.readings)

    def told(self) -> str:
        """Every statement with how often it was asked, the most frequent first."""
        seen = Counter(
            f"{'read' if each.reading else 'WRITE'} {_short(statement)}"
            for each in self.transactions
            for statement in each.statements
        )
        head = (
            f"{self.read} statements in {len(self.readings)} reading transactions, "
            f"{sum(len(each.statements) for each in self.writings)} in {len(self.writings)} others"
        )
        return "\n".join((head, *(f"{count:3} x {what}" for what, count in seen.most_common())))


def _short(statement: str) -> str:
    return " ".join(statement.split())


@contextmanager
def asked(database: Engine) -> Iterator[Asked]:
    """What is asked of `database` until the block ends."""
    found = Asked()
    running: dict[int, Transaction] = {}

    def begun(connection: Connection) -> None:
        reading = bool(connection.get_execution_options().get("reading", False))
        running[id(connection)] = Transaction(reading)
        found.transactions.append(running[id(connection)])

    # What SQLAlchemy hands to every listener of this event.
    def stated(
        connection: Connection, _cursor: Any, statement: str, values: Any, *_rest: Any
    ) -> None:
        if not statement.lstrip().upper().startswith(CONTROL):
            running[id(connection)].statements.append(statement)
            running[id(connection)].values.append(values)

    event.listen(database, "begin", begun)
    event.listen(database, "before_cursor_execute", stated)
    try:
        yield found
    finally:
        event.remove(database, "begin", begun)
        event.remove(database, "before_cursor_execute", stated)
