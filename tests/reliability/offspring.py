"""The processes that a process began, and those that they began, as the system lists them."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def offspring(parent: int) -> dict[int, str]:
    """The command line of every living process below `parent`, by its number."""
    parents = dict(_all())
    below = {parent}
    while more := {pid for pid, of in parents.items() if of in below} - below:
        below |= more
    return {pid: command(pid) for pid in sorted(below - {parent})}


def command(pid: int) -> str:
    """The words with which a process was begun, or nothing if it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    return ""


def alive(pid: int) -> bool:
    """Whether a process runs, and is not only waiting to be buried."""
    return any(pid == each for each, _ in _all())


def _all() -> Iterator[tuple[int, int]]:
    """Each process that runs, and its parent."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                yield int(folder.name), int(parent)
