"""The folders of an installation: made, and found fit to keep something in, or refused by name."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.choices import PREFIX, WrongSetting


@contextmanager
def needed(name: str, folder: Path) -> Iterator[None]:
    """Say which setting names the folder that the system does not let us use."""
    try:
        yield
    except OSError as fault:
        raise WrongSetting(
            f"{PREFIX}{name} must be a folder that can be written to; "
            f"{folder} is none: {fault.strerror}."
        ) from fault


def make(name: str, folder: Path) -> None:
    """Make the folder where it is missing, closed to other users of the machine."""
    with needed(name, folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def try_to_write(name: str, folder: Path) -> None:
    """Write and forget: permissions alone do not tell of a full or a read-only disk."""
    with needed(name, folder), tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0")
