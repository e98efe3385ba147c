"""The demonstration served at a folder of its own, without the work behind the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support import programs


@dataclass(frozen=True, slots=True)
class Server:
    """Where the pages are, the folder that they are served from, and the database behind them."""

    address: str
    home: Path
    database_url: str


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Serve from `home` until the end, then stop the process."""
    database_url = f"sqlite:///{home / 'primemover.db'}"
    settings = {"home": home, "database_url": database_url, "background": "false"}
    with programs.serving("demo", **settings) as (address, demonstration):
        yield Server(address, home, database_url)
        demonstration.stopped()


@contextmanager
def working(server: Server) -> Iterator[None]:
    """Have a worker do what is ordered on the pages."""
    settings = {"home": server.home, "database_url": server.database_url, "demo": "true"}
    with programs.started("worker", **settings) as worker:
        yield
        worker.stopped()
