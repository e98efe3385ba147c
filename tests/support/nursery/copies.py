"""Copies of the loaded process, and what a test may ask of one as of any process."""

import os
import select
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

from tests.support.nursery.asking import ask
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


class _Mother:
    """The process that copies are made of, and the line that it lives by."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="primemover-nursery-")
        self.place = Path(self._folder.name) / "door"
        hanging, self._lifeline = os.pipe()
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(self.place))
            door.listen()
            kept = (door.fileno(), hanging)
            self.python = self._put_python()
            self._process = subprocess.Popen(
                [sys.executable, *MOTHER, *map(str, (*kept, self.python))],
                cwd=ROOT, stdin=subprocess.DEVNULL, pass_fds=kept,
            )  # fmt: skip
        self.pid = self._process.pid
        os.close(hanging)

    def _put_python(self) -> Path:
        """A Python that asks her where it would begin the product, and is the true one for all else.

        A long proof has the true one begin everything.
        """
        if LASTING:
            return Path(sys.executable)
        python = self.place.with_name("python")
        said = {"python": sys.executable, "asking": ASKING, "door": self.place}
        quoted = {name: shlex.quote(str(value)) for name, value in said.items()}
        python.write_text(PYTHON.format(**quoted, itself=ITSELF), encoding="utf-8")
        python.chmod(0o755)
        return python

    def end(self) -> None:
        """Let go of her."""
        os.close(self._lifeline)
        self._process.wait()
        self._folder.cleanup()


@cache
def _mother() -> _Mother:
    """The mother of this process, begun by whichever test first needs her."""
    return _Mother()


def end() -> None:
    """End the mother of this process, if there is one."""
    if _mother.cache_info().currsize:
        _mother().end()
        _mother.cache_clear()
