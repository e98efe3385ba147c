"""Who is alive: a worker holds a lock for as long as its process lives, and others can feel it."""

import hashlib
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from workflow.database import reaching
from workflow.file_lock import tried
from workflow.tasks.port import Tasks

# Who is alive takes its lock again within this time of the database's return.
DEAD_AFTER = 8.0


class Alive:
    """The sign of life of one worker on PostgreSQL, and the adoption of what dead ones left.

    A session's advisory lock ends with its connection, so a killed process lets go at once. A
    restart of the database takes everybody's lock, so only who lets it be free for `dead_after`
    seconds under one connection of ours is dead.
    """

    def __init__(self, url: str, name: str, dead_after: float = DEAD_AFTER) -> None:
        self.name = name
        self._database = create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=reaching(url)
        )
        self._dead_after = dead_after
        self._connection: Connection | None = None
        self._free_since: dict[str, float] = {}

    def adopt_orphans(self, tasks: Tasks) -> int:
        """Give the sign of life, and put the jobs of whoever is dead back into the queue.

        Returns how many; where the connection was lost, the sign is given on a new one.
        """
        try:
            connection = self._held()
            others = sorted(tasks.executors() - {self.name})
            return sum(self._adopt(connection, tasks, name) for name in others)
        except DBAPIError:
            self.close()
            raise

    def close(self) -> None:
        """Let go."""
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None
        self._free_since.clear()

    def _held(self) -> Connection:
        if self._connection is None:
            connection = self._database.connect()
            connection.execute(text("select pg_advisory_lock(:key)"), {"key": _key(self.name)})
            self._connection = connection
        else:
            self._connection.execute(text("select 1"))
        return self._connection

    def _adopt(self, connection: Connection, tasks: Tasks, name: str) -> int:
        key = {"key": _key(name)}
        if not connection.scalar(text("select pg_try_advisory_lock(:key)"), key):
            self._free_since.pop(name, None)
            return 0
        try:
            now = time.monotonic()
            if now - self._free_since.setdefault(name, now) < self._dead_after:
                return 0
            del self._free_since[name]
            return tasks.adopt(name)
        finally:
            connection.execute(text("select pg_advisory_unlock(:key)"), key)


def _key(name: str) -> int:
    digest = hashlib.sha256(f"primemover worker {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


class OnlyOne:
    """A lock on a file: the one process that may do jobs on an SQLite database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held = ExitStack()

    def taken(self) -> bool:
        """Try to become the one; the lock ends with the process, however it ends."""
        mine = self._held.enter_context(tried(self._path))
        if not mine:
            self.close()
        return mine

    def close(self) -> None:
        """Let somebody else be the one."""
        self._held.close()
