"""Backups: the whole database as one file, taken while the service runs, and put back later."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from workflow.errors import Invalid, NotFound
from workflow.phrase import phrase

PAGES = 1000
Progress = Callable[[int, int], object]


def back_up(url: str, target: Path, progress: Progress = lambda _done, _all: None) -> None:
    """Write one consistent state of the database to a new file, which appears when it is whole.

    Refuses to write over a file. The files that people attached lie beside the database and are
    not in it.
    """
    if target.exists():
        raise Invalid(phrase("%(target)s exists already; name another file.", target=str(target)))
    address = make_url(url)
    draft = target.with_name(f".{target.name}.partial")
    try:
        if _is_sqlite(address):
            _copy(_place(address), draft, progress)
            _refuse_damaged(draft)
        else:
            _run("pg_dump", address, "--format=custom", "--no-owner", f"--file={draft}")
        draft.replace(target)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def restore(
    url: str, source: Path, *, over: bool, progress: Progress = lambda _done, _all: None
) -> None:
    """Put a backup in the place of the database; `over` lets it replace what stands there.

    Whatever has been recorded since the backup is gone. The register of erasures has to be
    replayed before anybody looks at it.
    """
    address = make_url(url)
    if not _is_sqlite(address):
        clean = ("--clean", "--if-exists") if over else ()
        _run("pg_restore", address, "--no-owner", "--exit-on-error", "--single-transaction",
             *clean, f"--dbname={_plain(address)}", str(source), connect=False)  # fmt: skip
        return
    place = _place(address)
    _refuse_damaged(source)
    if place.exists() and place.stat().st_size and not over:
        raise Invalid(
            phrase("There is a database in %(place)s; say --over to replace it.", place=str(place))
        )
    _copy(source, place, progress)


def _copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy page by page, as one state however long it takes; a busy target is refused."""
    if not source.exists():
        raise NotFound(phrase("There is no database in %(source)s.", source=str(source)))
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        try:
            whole.backup(
                copy, pages=PAGES, progress=lambda _, left, every: progress(every - left, every)
            )
        except sqlite3.OperationalError as fault:
            raise Invalid(
                phrase(
                    "The database is in use (%(fault)s). Stop the service first.", fault=str(fault)
                )
            ) from fault


def _refuse_damaged(file: Path) -> None:
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


def _run(program: str, address: URL, *arguments: str, connect: bool = True) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, where none looks."""
    found = shutil.which(program)
    if found is None:
        raise NotFound(
            phrase(
                "%(program)s is not on PATH. Install PostgreSQL's client programs, of the server's "
                "version or newer, or back the database up with the means of its server.",
                program=program,
            )
        )
    whole = (found, *arguments, *((_plain(address),) if connect else ()))
    password = {"PGPASSWORD": address.password} if address.password else {}
    done = subprocess.run(  # noqa: S603 # the program is PostgreSQL's, its words are ours
        whole, env={**os.environ, **password}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Invalid(
            phrase(
                "%(program)s refused: %(stderr)s",
                program=program,
                stderr=done.stderr.strip()[-500:],
            )
        )


def _is_sqlite(address: URL) -> bool:
    return address.get_backend_name() == "sqlite"


def _place(address: URL) -> Path:
    return Path(address.database or "")


def _plain(address: URL) -> str:
    """The address as PostgreSQL's own programs read it, without the password."""
    bare = address.set(drivername="postgresql", password=None)
    return bare.render_as_string(hide_password=False)
