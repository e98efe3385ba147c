"""A PostgreSQL server that one test has to itself: to stop, to kill, to restart and to limit."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import postgres
from tests.support.administration import create, named

# What was committed outlives the server's process; only a machine's loss of power is not tried.
KEEPING = {
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "max_connections": "100",
}
NAME = "primemover"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server with one database, which keeps its port and its settings when it starts anew."""

    server: postgres.Server
    log: Path

    @property
    def url(self) -> str:
        """The address of its database."""
        return named(self.server.url, NAME)

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

    def said(self) -> str:
        """What it wrote into its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _control(self, *words: str) -> None:
        postgres.run([f"{self.server.binaries}/pg_ctl", "-D", self.server.data, *words])


@contextmanager
def private_cluster(folder: Path | None = None, **settings: str) -> Iterator[Cluster]:
    """A server of its own, with `settings` beside the usual ones; gone with all its data at the end.

    Its data lie in `folder`, or in a new one.
    """
    own = Path(folder or tempfile.mkdtemp(prefix="primemover-cluster-"))
    server = postgres.launch_own(own, {**postgres.SETTINGS, **KEEPING, **settings})
    try:
        create(server.url, NAME, template="template0")
        yield Cluster(server, own / postgres.LOG)
    finally:
        if postgres.is_running(server):
            server.stop()
        shutil.rmtree(own / "data", ignore_errors=True)
        if folder is None:
            shutil.rmtree(own, ignore_errors=True)
