"""An SQLite database as a file: copied as one state of things, looked at, put back."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from workflow.errors import Invalid, NotFound
from workflow.phrase import phrase

PAGES = 1000
BEGINNING = b"SQLite format 3\0"
IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
Progress = Callable[[int, int], object]


def place(address: URL) -> Path:
    """Where the database lies."""
    return Path(address.database or "")


def is_empty(address: URL) -> bool:
    """Whether there is nothing yet."""
    return not place(address).exists() or not place(address).stat().st_size


def copied(source: Path, target: Path, progress: Progress) -> None:
    """Copy page by page, as one state however long it takes; a busy target is refused."""
    if not source.exists():
        raise NotFound(phrase("There is no database in %(source)s.", source=str(source)))
    # Made here first, so that nobody else may ever read it.
    os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        try:
            whole.backup(
                copy, pages=PAGES, progress=lambda _, left, every: progress(every - left, every)
            )
        except sqlite3.OperationalError as fault:
            raise _not_copied(fault, target) from fault


def _not_copied(fault: sqlite3.OperationalError, target: Path) -> Invalid:
    # The second byte tells more of the same fault.
    if fault.sqlite_errorcode & 0xFF in IN_USE:
        return Invalid(
            phrase("The database is in use (%(fault)s). Stop the service first.", fault=str(fault))
        )
    return Invalid(
        phrase(
            "The database cannot be copied to %(target)s: %(fault)s.",
            target=str(target),
            fault=str(fault),
        )
    )


def refuse_damaged(file: Path) -> None:
    """Refuse a file that is no whole database of ours."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            (found,) = database.execute("pragma integrity_check(1)").fetchone()
            database.execute("select version_num from alembic_version").fetchone()
    except sqlite3.DatabaseError as fault:
        raise Invalid(
            phrase(
                "%(file)s is no backup of this installation's database: %(fault)s.",
                file=str(file),
                fault=str(fault),
            )
        ) from fault
    if found != "ok":
        raise Invalid(phrase("%(file)s is damaged: %(found)s.", file=str(file), found=found))
