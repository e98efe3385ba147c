"""Copies of the loaded process, and what a test may ask of one as of any process."""

import os
import select
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from tests.support.locks import alone
from tests.support.nursery.asking import ask
from tests.support.run.runs import lifeline, run_folder
from tests.support.sizes import LASTING

ROOT = Path(__file__).resolve().parents[3]
ASKING = Path(__file__).with_name("asking.py")
# What is begun with this in its environment begins true processes.
ITSELF = "BEGUN_ITSELF"
PYTHON = """#!/bin/sh
case "${{{itself}-}}$1 $2" in
  "-c from web.cli import main; main()")
    shift 2
    exec {python} -IS {asking} {door} "$@";;
esac
exec {python} "$@"
"""
# She may outlive whoever began her, who does not wait for her.
BEGUN: list[subprocess.Popen[bytes]] = []
MOTHER = ("-c", "from tests.support.nursery.mother import main; main()")


class NoMother(Exception):
    """The process that copies are made of does not answer."""


class Copy:
    """A command of ours at work; it answers as `subprocess.Popen` does."""

    def __init__(self, words: Sequence[str], asked: socket.socket, stdin: IO[str] | None) -> None:
        self.args = ("primemover", *words)
        self.stdin = stdin
        self.returncode: int | None = None
        self._asked = asked
        self.pid = self._told()

    def poll(self) -> int | None:
        """Its status, or nothing while it runs."""
        if self.returncode is None and select.select([self._asked], [], [], 0)[0]:
            self._end()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its status once it has ended, which it must within so many seconds."""
        if self.returncode is None:
            if not select.select([self._asked], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
            self._end()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, by: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, by)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def communicate(self) -> None:
        """Wait for its end, and hold nothing of it."""
        if self.stdin is not None:
            self.stdin.close()
        self.wait()
        self._asked.close()

    def _end(self) -> None:
        self.returncode = self._told()

    def _told(self) -> int:
        said = b""
        while not said.endswith(b"\n"):
            piece = self._asked.recv(1)
            if not piece:
                raise NoMother(f"{self.args} has lost who began it.")
            said += piece
        return int(said)


def begin(
    words: Sequence[str],
    environment: Mapping[str, str],
    output: IO[str],
    *,
    stdin: int | None = None,
    cwd: Path = ROOT,
) -> Copy:
    """A copy that does this command of ours and says everything into `output`."""
    reading, writing = os.pipe()
    asked = socket.socket(socket.AF_UNIX)
    asked.connect(str(_mother().place))
    said = {"words": list(words), "environment": dict(environment), "cwd": str(cwd)}
    streams = [reading, output.fileno(), output.fileno()]
    ask(asked, said, streams)
    os.close(reading)
    return Copy(words, asked, _kept(writing, stdin))


def _kept(writing: int, stdin: int | None) -> IO[str] | None:
    """The end of its standard input that was asked for; otherwise it has nothing to read."""
    if stdin == subprocess.PIPE:
        return os.fdopen(writing, "w")
    os.close(writing)
    return None


def python() -> Path:
    """What copies have for a Python: it asks for another copy where they begin the product."""
    return _mother().python


def mother() -> int:
    """The process that every copy is a child of."""
    return _mother().pid


@dataclass(frozen=True, slots=True)
class _Mother:
    """The process that copies are made of, as each process of the run knows her."""

    pid: int
    place: Path
    python: Path


@cache
def _mother() -> _Mother:
    """The mother of this run, begun by whichever process first needs her; she ends with the run."""
    folder = run_folder() / "nursery"
    pid = folder / "pid"
    with alone(folder / "lock"):
        if not pid.exists():
            pid.write_text(str(_begun(folder).pid))
    python = Path(sys.executable) if LASTING else folder / "python"
    return _Mother(int(pid.read_text()), folder / "door", python)


def _begun(folder: Path) -> subprocess.Popen[bytes]:
    python = _put_python(folder)
    hanging = lifeline()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folder / "door"))
        door.listen()
        kept = (door.fileno(), hanging)
        mother = subprocess.Popen(
            [sys.executable, *MOTHER, *map(str, (*kept, python))],
            cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=kept,
        )  # fmt: skip
    os.close(hanging)
    BEGUN.append(mother)
    return mother


def _put_python(folder: Path) -> Path:
    """A Python that asks her where it would begin the product, and is the true one for all else.

    A long proof has the true one begin everything.
    """
    if LASTING:
        return Path(sys.executable)
    python = folder / "python"
    said = {"python": sys.executable, "asking": ASKING, "door": folder / "door"}
    quoted = {name: shlex.quote(str(value)) for name, value in said.items()}
    python.write_text(PYTHON.format(**quoted, itself=ITSELF), encoding="utf-8")
    python.chmod(0o755)
    return python
