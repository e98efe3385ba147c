"""Who is alive: a worker holds a lock for as long as its process lives, and others can feel it."""

import fcntl
import hashlib
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from workflow.tasks.port import Tasks


class Alive:
    """The sign of life of one worker on PostgreSQL, and the adoption of what dead ones left.

    A session's advisory lock ends with its connection, so a killed process lets go at once.
    """

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: Connection = engine.connect()
        self._connection.execute(text("select pg_advisory_lock(:key)"), {"key": _key(name)})

    def adopt_orphans(self, tasks: Tasks) -> int:
        """Put the jobs of every worker that is dead back into the queue; returns how many."""
        return sum(self._adopt(tasks, name) for name in sorted(tasks.executors() - {self.name}))

    def close(self) -> None:
        """Let go."""
        self._connection.close()

    def _adopt(self, tasks: Tasks, name: str) -> int:
        key = {"key": _key(name)}
        if not self._connection.scalar(text("select pg_try_advisory_lock(:key)"), key):
            return 0
        try:
            return tasks.adopt(name)
        finally:
            self._connection.execute(text("select pg_advisory_unlock(:key)"), key)


def _key(name: str) -> int:
    digest = hashlib.sha256(f"primemover worker {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


class OnlyOne:
    """A lock on a file: the one process that may do jobs on an SQLite database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def taken(self) -> bool:
        """Try to become the one; the lock ends with the process, however it ends."""
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def close(self) -> None:
        """Let somebody else be the one."""
        if self._file is not None:
            self._file.close()
            self._file = None
