"""A small disk that a test can fill, which takes an administrator of the machine."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Disk:
    """A folder with little room."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """No room at all for a while."""
        filler = self.folder / "filler"
        try:
            with filler.open("wb", buffering=0) as file:
                size = CHUNK
                while size:
                    size = _written(file.fileno(), size)
            yield
        finally:
            filler.unlink()


def _written(file: int, size: int) -> int:
    """How much to write next: less and less as the room ends, and nothing when there is none."""
    try:
        os.write(file, b"\0" * size)
    except OSError:
        return size // 2
    return size


@contextmanager
def small_disk(megabytes: int) -> Iterator[Disk | None]:
    """A disk of so many megabytes in memory, or nothing where a run may not make one."""
    folder = Path(tempfile.mkdtemp(prefix="primemover-disk-"))
    folder.chmod(0o711)
    try:
        if not _mounted(folder, megabytes):
            yield None
            return
        try:
            yield Disk(folder)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


def _mounted(folder: Path, megabytes: int) -> bool:
    options = f"size={megabytes}m,mode=711"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0
