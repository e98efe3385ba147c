"""Programs of ours in processes of their own: begun, waited for, and asked what they said."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any, TypeVar
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.nursery import copies
from tests.support.nursery.copies import Copy
from tests.support.waiting import PATIENCE, until

# What is begun in the background of a shell ignores Ctrl-C, and Python then leaves it so.
HEEDING = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
PRIMEMOVER = (sys.executable, "-c", f"{HEEDING}; from web.cli import main; main()")
ROOT = Path(__file__).resolve().parents[2]
Answer = TypeVar("Answer")
NOTHING: Mapping[str, str] = MappingProxyType({})
# With this in its environment, what a copy begins is a process below it, as in service.
BELOW = {copies.ITSELF: "yes"}


@dataclass(frozen=True, slots=True)
class Program:
    """A running process, and the file that everything it says goes to."""

    process: subprocess.Popen[str] | Copy
    output: Path

    def said(self) -> str:
        """Everything it has said so far, on either stream."""
        return self.output.read_text()

    def until(
        self, asked: Callable[[], Answer], seen: Callable[[], object] | None = None
    ) -> Answer:
        """The first true answer; fails at once when the process ends, and says what it said."""

        def ended_or_so() -> tuple[Answer] | bool:
            answer = asked()
            return (answer,) if answer else self.process.poll() is not None

        def saying() -> str:
            state = f"{seen()}\n" if seen else ""
            return (
                f"{state}{self.process.args!r} (status {self.process.poll()}) said:\n{self.said()}"
            )

        found = until(ended_or_so, saying=saying)
        if isinstance(found, tuple):
            return found[0]
        raise AssertionError(f"It ended before. {saying()}")

    def stopped(self, by: int = signal.SIGTERM) -> int:
        """Its status after it was told to stop."""
        self.process.send_signal(by)
        return self.ended()

    def ended(self, patience: float = PATIENCE) -> int:
        """Its status once it has ended by itself."""
        try:
            return self.process.wait(patience)
        except subprocess.TimeoutExpired as late:
            raise AssertionError(
                f"It did not end in {patience:g} s and said:\n{self.said()}"
            ) from late


@contextmanager
def program(
    *words: str | Path, environment: Mapping[str, str], stdin: int | None = None, cwd: Path = ROOT
) -> Iterator[Program]:
    """A process with these arguments, begun in a folder; killed at the end if it still runs."""

    def begin(told: IO[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            words, env=environment, stdin=stdin, stdout=told, stderr=subprocess.STDOUT,
            text=True, cwd=cwd,
        )  # fmt: skip

    with _running(begin) as begun:
        yield begun


@contextmanager
def started(
    *words: str | Path,
    stdin: int | None = None,
    cwd: Path = ROOT,
    more: Mapping[str, str] = NOTHING,
    **settings: Any,
) -> Iterator[Program]:
    """The command line with these words and settings, in a copy of a process that has loaded it."""
    chosen = {f"PRIMEMOVER_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {**os.environ, **chosen, **more}

    def begin(told: IO[str]) -> Copy:
        return copies.begin([*map(str, words)], environment, told, stdin=stdin, cwd=cwd)

    with _running(begin) as begun:
        yield begun


@contextmanager
def module(name: str, *words: object) -> Iterator[Program]:
    """A module of the tests that runs as a program, in such a copy."""

    def begin(told: IO[str]) -> Copy:
        return copies.begin(["-m", name, *map(str, words)], os.environ, told)

    with _running(begin) as begun:
        yield begun


@contextmanager
def _running(begin: Callable[[IO[str]], subprocess.Popen[str] | Copy]) -> Iterator[Program]:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output"
        with output.open("w") as told:
            process = begin(told)
        try:
            yield Program(process, output)
        finally:
            process.kill()
            process.communicate()


@contextmanager
def serving(*words: str, **settings: Any) -> Iterator[tuple[str, Program]]:
    """A server of the command line and its address, once it answers."""
    port = a_free_port()
    address = f"http://127.0.0.1:{port}"
    with started(*words, "--port", str(port), **settings) as begun:
        begun.until(lambda: answers(f"{address}/account/login"))
        yield address, begun


def answers(address: str) -> bool:
    """Whether anybody answers at this address."""
    try:
        with urlopen(address, timeout=PATIENCE):
            return True
    except (URLError, ConnectionError):
        return False


def unset() -> dict[str, str]:
    """The environment without settings that somebody made for an installation."""
    return {name: value for name, value in os.environ.items() if not re.match("PRIMEMOVER_", name)}


def a_free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
