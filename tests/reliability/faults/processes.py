"""The processes of one installation, found by the mark that each inherits with its environment."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

MARK = "PRIMEMOVER_TRIAL"
GONE = (FileNotFoundError, ProcessLookupError, PermissionError)


@dataclass(frozen=True, slots=True)
class Process:
    """One process: who began it, and by which words."""

    pid: int
    parent: int
    words: tuple[str, ...]

    def does(self, word: str) -> bool:
        """Whether it was begun to do this command of the product."""
        return word in self.words

    def kill(self, by: int = signal.SIGKILL) -> None:
        """Send it a signal; one that has ended needs none."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, by)

    def lives(self) -> bool:
        """Whether it has neither ended nor become another."""
        return _read(self.pid) == self


def of(trial: Path) -> list[Process]:
    """Every living process of the installation under trial, the oldest first."""
    mark = f"{MARK}={trial}".encode()
    return [one for pid in _all() if _marked(pid, mark) and (one := _read(pid))]


def spent(pid: int) -> float:
    """The seconds for which the processor has worked for a process; none for one that has ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except GONE:
        return 0.0
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def naming(folder: Path) -> list[Process]:
    """Every living process that was begun with this folder among its words, such as a server."""
    return [one for pid in _all() if (one := _read(pid)) and str(folder) in " ".join(one.words)]


def _all() -> list[int]:
    return sorted(int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit())


def at_port(trial: Path, port: int) -> Process:
    """The process of the installation whose end of a connection has this port."""
    found = holding(trial, port)
    assert len(found) == 1, f"Port {port} belongs to {found}"
    return found[0]


def holding(trial: Path, port: int) -> list[Process]:
    """The processes of the installation that have such an end, if any, each in its own network."""
    return [one for one in of(trial) if _ends(one.pid, port) & set(_opened(one.pid))]


def _ends(pid: int, port: int) -> set[str]:
    """The ends with this port in the network of a process."""
    try:
        table = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return set()
    ends = (line.split() for line in table)
    return {f"socket:[{end[9]}]" for end in ends if int(end[1].rpartition(":")[2], 16) == port}


def _opened(pid: int) -> Iterator[str]:
    with suppress(*GONE):
        for each in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                yield str(each.readlink())


def _marked(pid: int, mark: bytes) -> bool:
    try:
        return mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except GONE:
        return False


def _read(pid: int) -> Process | None:
    """The process as the system tells of it; one that has ended and waits for its parent is none."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except GONE:
        return None
    if told[0] == "Z":
        return None
    return Process(pid, int(told[1]), tuple(word.decode() for word in words))
