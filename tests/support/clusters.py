"""A PostgreSQL server that one test has to itself: to stop, to kill, to restart and to limit."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from sqlalchemy.engine import make_url

from tests.support import postgres
from tests.support.administration import connected, create, named

# What was committed outlives the server's process; only a machine's loss of power is not tried.
KEEPING = {
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "max_connections": "100",
}
NAME = "primemover"
MOST_MESSAGES = 100


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server with one database, which keeps its port and its settings when it starts anew.

    The database belongs to a role of its own, to which limits apply as to that of an installation.
    """

    server: postgres.Server
    log: Path

    @property
    def url(self) -> str:
        """The address of its database, for whom it belongs to."""
        mine = make_url(named(self.server.url, NAME)).set(username=NAME)
        return mine.render_as_string(hide_password=False)

    def admit(self, addresses: str) -> None:
        """Let in whoever calls from these addresses as well."""
        with (Path(self.server.data) / "pg_hba.conf").open("a", encoding="utf-8") as admitted:
            admitted.write(f"host all all {addresses} trust\n")
        self._control("reload")

    def command(self, statement: LiteralString) -> None:
        """Have its administrator do something."""
        with connected(named(self.server.url, NAME)) as connection:
            connection.execute(statement)

    def asked(self, question: LiteralString) -> list[tuple[Any, ...]]:
        """What its administrator sees."""
        with connected(named(self.server.url, NAME)) as connection:
            return connection.execute(question).fetchall()

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `immediate` as a crash would, `fast` ends every connection first."""
        self._control("-m", mode, "-w", "stop")

    def start(self) -> None:
        """Start it again, and wait until it answers."""
        self._control("-l", str(self.log), "-w", "-t", "60", "start")

    def restart(self, mode: str = "immediate") -> None:
        """Stop it in this mode and start it again."""
        self.stop(mode)
        self.start()

    def disconnect(self) -> None:
        """End every connection of whom the database belongs to."""
        self.command(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'primemover'"
        )

    def fill_log(self) -> None:
        """Use up the room in its write-ahead log, so that it asks the disk for more."""
        with suppress(psycopg.OperationalError):
            for _ in range(MOST_MESSAGES):
                self.command("select pg_logical_emit_message(false, 'fill', repeat('x', 8000000))")

    def runs(self) -> bool:
        """Whether it is there."""
        return postgres.is_running(self.server)

    def said(self) -> str:
        """What it wrote into its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _control(self, *words: str) -> None:
        postgres.run([f"{self.server.binaries}/pg_ctl", "-D", self.server.data, *words])


@contextmanager
def private_cluster(folder: Path | None = None, **settings: str) -> Iterator[Cluster]:
    """A server of its own, with `settings` beside the usual ones; gone with all its data at the end.

    Its data lie in `folder`, which is made, or in one of its own.
    """
    own = folder or Path(tempfile.mkdtemp(prefix="primemover-cluster-"))
    own.mkdir(exist_ok=True)
    server = postgres.launch_own(own, {**postgres.SETTINGS, **KEEPING, **settings})
    try:
        create(server.url, NAME, template="template0")
        with connected(server.url) as administrator:
            administrator.execute(f"create role {NAME} login")
            administrator.execute(f"alter database {NAME} owner to {NAME}")
        yield Cluster(server, own / postgres.LOG)
    finally:
        if postgres.is_running(server):
            server.stop()
        shutil.rmtree(own, ignore_errors=True)
