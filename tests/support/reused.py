"""PostgreSQL databases that a process keeps from test to test.

Making one takes a second on a busy machine; emptying and refilling it takes milliseconds. One in
which a test has changed more than rows is not used again.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from tests.support.snapshots import Marks, Snapshot, shape
from tests.support.waiting import until

# Deleted rows leave traces in a table, which vacuuming would remove; a new database has none.
USES = 150
PATIENCE = 10
OTHERS = """
    select concat_ws(' ', pid, application_name, state, 'last asked:', left(query, 300))
    from pg_stat_activity where datname = %s and pid <> %s and backend_type = 'client backend' order by pid
"""


class LeftOpen(AssertionError):
    """A test ended and connections to its database did not."""


@dataclass(slots=True)
class Kept:
    """One database: what it was made as, which content it was given last, and how often it was."""

    name: str
    connection: psycopg.Connection
    shape: str
    pid: int
    content: str = ""
    held: Mapping[str, bytes] = field(default_factory=dict)
    known: Marks = field(default_factory=dict)
    uses: int = 0

    def hold(self, key: str, snapshot: Snapshot) -> bool:
        """Hold this content; false where more than rows has changed since it was made."""
        with suppress(psycopg.OperationalError):
            if shape(self.connection) == self.shape:
                self._lay(key, snapshot, snapshot.marks(self.connection))
                return True
        return False

    def turn(self, before: str, key: str, snapshot: Snapshot) -> bool:
        """Hold this content instead of another; false where a row has changed since it held that."""
        with suppress(psycopg.OperationalError):
            present = snapshot.marks(self.connection)
            if self.content == before and present == self.known:
                self._lay(key, snapshot, present)
                return True
        return False

    def _lay(self, key: str, snapshot: Snapshot, present: Marks) -> None:
        untouched = {name for name, mark in present.items() if mark == self.known.get(name)}
        holding = {name: rows for name, rows in self.held.items() if name in untouched}
        self.known = snapshot.lay(self.connection, present, holding)
        self.content, self.held = key, snapshot.rows
        self.uses += 1


@dataclass(slots=True)
class Shelf:
    """The databases of this process: those that no test uses now, and those in use."""

    make: Callable[[], Kept]
    remove: Callable[[str], None]
    ask: Callable[[], psycopg.Connection]
    idle: list[Kept] = field(default_factory=list)
    in_use: dict[str, Kept] = field(default_factory=dict)

    @contextmanager
    def lent(self, key: str, snapshot: Snapshot) -> Iterator[Kept]:
        """A database with this content; whoever leaves a connection to it open is told so."""
        kept = self._with(key, snapshot)
        self.in_use[kept.name] = kept
        try:
            yield kept
            self._hold_that_nobody_is_left(kept)
        except BaseException:
            self.drop(kept)
            raise
        finally:
            del self.in_use[kept.name]
        self.idle.append(kept)

    def _with(self, key: str, snapshot: Snapshot) -> Kept:
        self.idle.sort(key=lambda kept: kept.content == key)
        while self.idle:
            kept = self.idle.pop()
            if kept.uses < USES and kept.hold(key, snapshot):
                return kept
            self.drop(kept)
        kept = self.make()
        assert kept.hold(key, snapshot), "A new database is not what it was made as."
        return kept

    def close(self) -> None:
        """End our connections."""
        for kept in self.idle:
            kept.connection.close()

    def drop(self, kept: Kept) -> None:
        """Drop a database and end our connection to it."""
        kept.connection.close()
        self.remove(kept.name)

    def _hold_that_nobody_is_left(self, kept: Kept) -> None:
        try:
            until(lambda: not self._others(kept), saying="", patience=PATIENCE, pause=0.002)
        except AssertionError:
            others = "\n".join(self._others(kept))
            raise LeftOpen(f"This test left connections to its database open:\n{others}") from None

    def _others(self, kept: Kept) -> list[str]:
        return [seen for (seen,) in self.ask().execute(OTHERS, [kept.name, kept.pid])]
