"""What a witness remembers: of each log the last checkpoint it signed, kept before it answers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from workflow.errors import Invalid
from workflow.phrase import phrase

TABLES = (
    """create table latest (
        origin text primary key, size integer not null, root blob not null,
        note text not null, cosigned_at integer not null
    ) strict""",
    """create table contradiction (
        origin text not null, size integer not null, root blob not null,
        note text not null, seen_at integer not null, primary key (origin, size, root)
    ) strict""",
)
KEPT = (
    "insert into latest (origin, size, root, note, cosigned_at) values (?, ?, ?, ?, ?)"
    " on conflict (origin) do update set size = excluded.size, root = excluded.root,"
    " note = excluded.note, cosigned_at = excluded.cosigned_at"
)
CONTRADICTED = "insert or ignore into contradiction values (?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Seen:
    """One checkpoint of a log: its size and root, the note, and when it was signed for, in seconds."""

    size: int
    root: bytes
    note: str
    at: int


class Turn:
    """What one caller may read and write while every other one waits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def latest(self, origin: str) -> Seen | None:
        """The last checkpoint that was signed for this log."""
        found = self._connection.execute(
            "select size, root, note, cosigned_at from latest where origin = ?", (origin,)
        ).fetchone()
        return Seen(*found) if found else None

    def keep(self, origin: str, seen: Seen) -> None:
        """Remember a checkpoint as the last one."""
        self._connection.execute(KEPT, (origin, seen.size, seen.root, seen.note, seen.at))

    def contradicted(self, origin: str, seen: Seen) -> None:
        """Keep a checkpoint that the log signed and that does not follow from the last one."""
        self._connection.execute(CONTRADICTED, (origin, seen.size, seen.root, seen.note, seen.at))


class WitnessStore:
    """A file that is on the disk before anybody is answered."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise Invalid(
                phrase(
                    "The memory %(path)s is missing. A witness that has forgotten what it signed must "
                    "not go on under the same key: bring the file back, or begin a new witness.",
                    path=path.name,
                )
            )
        self._path = path

    @classmethod
    def make(cls, path: Path) -> "WitnessStore":
        """A new memory, of nothing."""
        with closing(sqlite3.connect(path)) as connection:
            for table in TABLES:
                connection.execute(table)
        return cls(path)

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Read and write as the only one; what was written is on the disk when this ends."""
        with closing(self._connect()) as connection:
            connection.execute("begin immediate")
            try:
                yield Turn(connection)
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    @contextmanager
    def looking(self) -> Iterator[Turn]:
        """Read what was kept, and keep nobody waiting."""
        with closing(self._connect()) as connection:
            yield Turn(connection)

    def contradictions(self) -> list[tuple[str, int]]:
        """The logs that contradicted themselves, and at what size."""
        with closing(self._connect()) as connection:
            found = connection.execute("select origin, size from contradiction order by seen_at")
            return [(origin, size) for origin, size in found]

    def _connect(self) -> sqlite3.Connection:
        # The commit of a rollback journal at "extra" is on the disk, the folder's entry as well.
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        connection.execute("pragma journal_mode=delete")
        connection.execute("pragma synchronous=extra")
        return connection
