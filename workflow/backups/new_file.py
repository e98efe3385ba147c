"""A file that appears under its name when it is whole and on the disk, and not before."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from workflow.drafts import sync
from workflow.errors import Invalid
from workflow.file_lock import taken
from workflow.phrase import phrase

# One for each folder: what a killed run left is written over by the next.
DRAFT = ".primemover-backup.partial"


@contextmanager
def new_file(target: Path) -> Iterator[IO[bytes]]:
    """Write `target`, which only its owner may read; nothing is left of it if anything is raised.

    Refuses to write over a file, and while another backup is written to the same folder.
    """
    draft = target.with_name(DRAFT)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_RDWR, 0o600), "w+b") as file:
        _claim(file, draft)
        try:
            _refuse_existing(target)
            file.truncate()
            yield file
            file.flush()
            os.fsync(file.fileno())
            draft.rename(target)
        except BaseException:
            draft.unlink()
            raise
    sync(target.parent)


def _claim(file: IO[bytes], draft: Path) -> None:
    """Be the only one who writes here; whoever was has given the draft its name meanwhile."""
    if not (taken(file) and _stands_at(draft, file)):
        raise Invalid(
            phrase("Another backup is being written to %(folder)s.", folder=str(draft.parent))
        )


def _stands_at(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _refuse_existing(target: Path) -> None:
    if target.exists():
        raise Invalid(phrase("%(target)s exists already; name another file.", target=str(target)))
