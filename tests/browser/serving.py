"""The demonstration served as anybody would start it, in a process and a folder of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.programs import a_free_port, answers, program, unset

COMMAND = Path(sys.executable).with_name("primemover")


@dataclass(frozen=True, slots=True)
class Server:
    """Where the pages are, and the database behind them."""

    address: str
    database_url: str


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Serve from `home` until the end, then stop the process and its workers."""
    port = str(a_free_port())
    server = Server(f"http://127.0.0.1:{port}", f"sqlite:///{home / 'primemover.db'}")
    environment = {**unset(), "PRIMEMOVER_HOME": str(home)}
    with program(COMMAND, "demo", "--port", port, environment=environment) as demonstration:
        demonstration.until(lambda: answers(f"{server.address}/account/login"))
        yield server
        demonstration.stopped()
