"""The revision of the tables: which one a database is of, and that no other release writes to it."""

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from workflow.database import connect, for_reading
from workflow.errors import OtherSchema
from workflow.phrase import phrase

VERSIONS = "alembic_version"
# Each begins with its number, and a test holds that they follow one another by it.
SCRIPTS = Path(__file__).resolve().parent.parent / "migrations" / "versions"
ASKS_EVERY = 5.0


@cache
def revisions() -> tuple[str, ...]:
    """Every revision that this program knows, the oldest first."""
    return tuple(sorted(file.name.partition("_")[0] for file in SCRIPTS.glob("[0-9]*_*.py")))


def known() -> str:
    """The revision that this program works on."""
    return revisions()[-1]


def is_missing(url: str | URL) -> bool:
    """Whether there is no file yet at the address of an SQLite database; looking into it would make one."""
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or place.database in {None, "", ":memory:"}:
        return False
    return not Path(str(place.database)).exists()


def would_be_made(url: str | URL) -> bool:
    """The same, where its folder is there: elsewhere, looking says what is wrong and makes nothing."""
    return is_missing(url) and Path(str(make_url(url).database)).parent.is_dir()


def revision_of(connection: Connection) -> str:
    """The revision of the tables in a database; empty where there are none."""
    try:
        found = connection.scalar(text(f"select version_num from {VERSIONS}"))  # noqa: S608
    except DBAPIError:
        connection.rollback()
        if inspect(connection).has_table(VERSIONS):
            raise
        return ""
    return str(found or "")


def refuse_other(connection: Connection) -> None:
    """Refuse tables of another revision than the one that this program works on."""
    here = revision_of(connection)
    if here != known():
        raise other_release(here)


def refuse_newer(url: str) -> None:
    """Refuse the database at `url` where a newer release than this program migrated it."""
    database = connect(url)
    try:
        with database.connect().execution_options(reading=True) as connection:
            here = revision_of(connection)
    finally:
        database.dispose()
    if here and here not in revisions():
        raise other_release(here)


def other_release(here: str) -> OtherSchema:
    """That tables are of another revision, and what to do about it."""
    if not here:
        return OtherSchema(
            phrase("There are no tables in this database yet. Make them: primemover migrate")
        )
    if here in revisions():
        return OtherSchema(
            phrase(
                "The tables are of revision %(here)s; this program knows %(known)s. Nothing is "
                "written until they are brought up to date: primemover migrate",
                here=here, known=known(),
            )
        )  # fmt: skip
    return OtherSchema(
        phrase(
            "The tables are of revision %(here)s; this program knows %(known)s and is older than "
            "they are. It writes nothing: start the release that they belong to, or have that one "
            "take them back: primemover migrate --to %(known)s",
            here=here, known=known(),
        )
    )  # fmt: skip


class RevisionWatch:
    """Holds one process to the revision it knows: whenever it begins to write, asked every five seconds."""

    def __init__(self, database: Engine, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._reader, self._elapsed = for_reading(database), elapsed
        self._asked: float | None = None
        # Before the transaction begins, so that what is asked belongs to none.
        event.listen(database, "begin", self._before_writing, insert=True)

    def refuse_other(self) -> None:
        """Refuse where the tables have become those of another release."""
        if not self._is_fresh():
            self.ask_anew()

    def ask_anew(self) -> None:
        """The same, whenever it was last asked."""
        self._asked = None
        if would_be_made(self._reader.url):
            raise other_release("")
        with self._reader.connect() as connection:
            self._hold(connection)

    def _before_writing(self, connection: Any) -> None:
        if not self._is_fresh() and not connection.get_execution_options().get("reading", False):
            self._hold(connection)

    def _hold(self, connection: Connection) -> None:
        refuse_other(connection)
        self._asked = self._elapsed()

    def _is_fresh(self) -> bool:
        return self._asked is not None and self._elapsed() - self._asked < ASKS_EVERY
