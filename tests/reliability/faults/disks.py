"""A small disk that a test can fill, which takes an administrator of the machine, and a quota for others."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.reliability.faults import processes

CHUNK = 64 * 1024
PREFIX, HOUSE = "primemover-disk-", "house"


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


@dataclass(frozen=True, slots=True)
class Quota:
    """The folder of an installation whose database can be told to have no room, by its driver."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """No room for what the database would write, for a while."""
        said = self.folder / "quota"
        said.touch()
        try:
            yield
        finally:
            said.unlink()


def _written(file: int, size: int) -> int:
    """How much to write next: less and less as the room ends, and nothing when there is none."""
    try:
        os.write(file, b"\0" * size)
    except OSError:
        return size // 2
    return size


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Disk | None]:
    """A disk of so many kilobytes in memory, or nothing where a run may not make one."""
    _clear_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o711)
    try:
        if "PRIMEMOVER_QUOTA" in os.environ or not _mounted(folder, kilobytes):
            yield None
            return
        try:
            yield Disk(folder)
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
    finally:
        folder.rmdir()


def _clear_abandoned() -> None:
    """Remove what a run that was killed has left: its disks, and the installations on them."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            for one in (*processes.of(left / HOUSE), *processes.naming(left)):
                one.kill()
            subprocess.run(["umount", "--lazy", str(left)], capture_output=True, check=False)
            shutil.rmtree(left, ignore_errors=True)


def _mounted(folder: Path, kilobytes: int) -> bool:
    options = f"size={kilobytes}k,mode=711"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0
