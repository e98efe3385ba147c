"""Databases for tests, each with the content of a template that is filled once a run."""

import filecmp
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Self

import psycopg
from sqlalchemy.engine import make_url

from tests.support.administration import connected, create, disconnect, drop, named, overlooked
from tests.support.locks import alone
from tests.support.reused import Kept, Shelf
from tests.support.run.runs import run_folder, running, tag
from tests.support.snapshots import Snapshot, shape
from workflow.database import migrate


@dataclass(frozen=True, slots=True)
class Template:
    """What databases start from: `fill` completes one at a URL that holds `base`, or nothing yet."""

    key: str
    fill: Callable[[str], None]
    base: Self | None = None


EMPTY = Template("empty", migrate)


@contextmanager
def fresh_sqlite(folder: Path, template: Template = EMPTY) -> Iterator[str]:
    """The address of a SQLite file of its own in `folder`, a copy of the template."""
    path = folder / f"{uuid.uuid4().hex[:12]}.sqlite"
    copy(template, path)
    yield f"sqlite:///{path}"


def copy(template: Template, path: Path) -> None:
    """Put a SQLite file with what the template holds at `path`."""
    shutil.copyfile(_file(template), path)


@contextmanager
def fresh_postgresql(template: Template = EMPTY) -> Iterator[str]:
    """The address of a PostgreSQL database with what the template holds, for one test at a time."""
    with _shelf().lent(template.key, _snapshot(template)) as kept:
        yield named(running().url, kept.name)


def fresh(kind: str, folder: Path, template: Template = EMPTY) -> AbstractContextManager[str]:
    """The address of a database of this kind with what the template holds."""
    return fresh_sqlite(folder, template) if kind == "sqlite" else fresh_postgresql(template)


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """The address of a PostgreSQL database without any table, dropped afterwards."""
    server, name = running(), _new_name()
    create(server.url, name, template="template0")
    try:
        yield named(server.url, name)
    finally:
        drop(server.url, name)


def turned(url: str, before: Template, after: Template) -> bool:
    """Give the database of a test the content of `after`; left alone if it has left `before`."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _turned_file(Path(address.database or ""), _file(before), after)
    kept = _shelf().in_use[address.database or ""]
    return kept.turn(before.key, after.key, _snapshot(after))


def give_back() -> None:
    """End the connections that this process keeps to the server of the run."""
    if _shelf.cache_info().currsize:
        _shelf().close()
    if _asking.cache_info().currsize:
        _asking().close()
    for kept in (_asking, _shelf, _snapshot):
        kept.cache_clear()


def _turned_file(path: Path, before: Path, after: Template) -> bool:
    log = path.with_name(f"{path.name}-wal")
    opened = log.exists()
    if (opened and log.stat().st_size) or not filecmp.cmp(path, before, shallow=False):
        return False
    if not opened:
        copy(after, path)
        return True
    with closing(sqlite3.connect(_file(after))) as source, closing(sqlite3.connect(path)) as target:
        target.execute("pragma synchronous=off")
        source.backup(target)
    return True


def _file(template: Template) -> Path:
    """What the template holds on SQLite, filled by whichever process first needs it."""
    folder = run_folder()
    made = folder / f"{template.key}.sqlite"
    with alone(folder / f"{template.key}.sqlite.lock"):
        if not made.exists():
            draft = folder / f"{template.key}.draft"
            draft.unlink(missing_ok=True)
            if template.base is not None:
                copy(template.base, draft)
            template.fill(f"sqlite:///{draft}")
            _in_one_file(draft)
            draft.rename(made)
    return made


def _in_one_file(path: Path) -> None:
    """Bring what a write-ahead log still holds into the file itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")


@cache
def _snapshot(template: Template) -> Snapshot:
    """What the template holds on PostgreSQL, filled by whichever process first needs it."""
    folder = run_folder()
    kept = folder / f"{template.key}.rows"
    with alone(folder / f"{template.key}.rows.lock"):
        if not kept.exists():
            draft = Path(tempfile.mkdtemp(prefix=f"{template.key}.draft-", dir=folder))
            _filled(template).keep(draft)
            draft.rename(kept)
    return Snapshot.read(kept)


def _filled(template: Template) -> Snapshot:
    if template == EMPTY:
        with connected(named(running().url, _migrated())) as connection:
            return Snapshot.taken(connection)
    with fresh_postgresql(template.base or EMPTY) as url:
        template.fill(url)
        with connected(url) as connection:
            return Snapshot.taken(connection)


@cache
def _shelf() -> Shelf:
    return Shelf(make=_make, remove=partial(drop, running().url), ask=_asking)


@cache
def _asking() -> psycopg.Connection:
    """A connection to the server that belongs to no database of a test."""
    return connected(running().url)


def _make() -> Kept:
    url, name = running().url, _new_name()
    create(url, name, template=_migrated())
    connection = overlooked(named(url, name))
    return Kept(name, connection, shape(connection), connection.info.backend_pid)


def _migrated() -> str:
    """The name of the migrated database of which all others are copies."""
    url, folder = running().url, run_folder()
    name, made = f"template_{tag(folder)}", folder / "migrated"
    with alone(folder / "migrated.lock"):
        if not made.exists():
            drop(url, name)
            create(url, name, template="template0")
            migrate(named(url, name))
            disconnect(url, name)
            made.touch()
    return name


def _new_name() -> str:
    return f"test_{tag(run_folder())}_{uuid.uuid4().hex[:12]}"
