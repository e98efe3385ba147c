"""A lock on a file or a folder: one process at a time, until it lets go or ends, however it ends.

It binds processes of one machine; what several machines share is locked by their database.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def taken(file: IO[bytes] | int) -> bool:
    """Whether this open file is ours alone from now on, until it is closed; nobody is waited for."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def tried(path: Path) -> Iterator[bool]:
    """Whether the lock at `path` is ours meanwhile; nobody is waited for."""
    with _opened(path) as handle:
        yield taken(handle)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """The lock at `path`, waited for and then ours."""
    with _opened(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A folder as it is, or a file that is made where there is none."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    handle = os.open(path, flags, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)
