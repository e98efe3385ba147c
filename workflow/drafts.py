"""A file that is written aside and put in its place when it is whole and on the disk."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """An empty file beside `target`, for its owner alone, that takes its place when all went well.

    Whatever ends it, an interruption in the first moment as well, nothing else is left there; what
    took its place is there after a power cut as well.
    """
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        yield draft
        sync(draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    sync(target.parent)


def sync(place: Path) -> None:
    """Have what a file holds, or a folder's list of names, on the disk."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
