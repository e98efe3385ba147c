"""The demonstration served as anybody would start it, in a process and a folder of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

COMMAND = Path(sys.executable).with_name("primemover")
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Server:
    """Where the pages are, and the database behind them."""

    address: str
    database_url: str
    log: Path


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Serve from `home` until the end, then stop the process and its workers."""
    port, log = _free_port(), home / "server.log"
    server = Server(f"http://127.0.0.1:{port}", f"sqlite:///{home / 'primemover.db'}", log)
    with log.open("w") as told:
        process = subprocess.Popen(
            [COMMAND, "demo", "--port", str(port)],
            env={**_environment(), "PRIMEMOVER_HOME": str(home)},
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _environment() -> dict[str, str]:
    """The environment without settings that somebody made for an installation."""
    return {name: value for name, value in os.environ.items() if not re.match("PRIMEMOVER_", name)}


def _await(server: Server, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{server.address}/account/login", timeout=10):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"The server did not start:\n{server.log.read_text()}")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
