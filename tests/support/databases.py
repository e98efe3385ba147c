"""Fresh databases, copied from templates of which each run makes one of a kind."""

import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from tests.support import postgres
from tests.support.locks import alone
from workflow.database import migrate

RUN = "PRIMEMOVER_TEST_RUN"
PREFIX = "primemover-run-"


@dataclass(frozen=True, slots=True)
class Template:
    """What fresh databases start from: `fill` makes it of an empty database at a URL, once a run."""

    key: str
    fill: Callable[[str], None]


EMPTY = Template("empty", migrate)


def begin_run() -> None:
    """Make the folder that all processes of this run share."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_abandoned(left):
            _remove(left)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)
    (folder / "owner").write_text(str(os.getpid()))
    os.environ[RUN] = str(folder)


def end_run() -> None:
    """Stop the server if one was started, and leave nothing behind."""
    _remove(Path(os.environ.pop(RUN)))


def _remove(folder: Path) -> None:
    started = folder / "postgres.json"
    with suppress(psycopg.OperationalError, postgres.NoServer, FileNotFoundError):
        server = postgres.read(started.read_text())
        for made in folder.glob("*.postgresql"):
            _drop(server.url, _template_name(folder, made.stem))
        server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    """Whether a run of ours was killed before it could end itself."""
    try:
        os.kill(int((folder / "owner").read_text()), 0)
    except ProcessLookupError:
        return folder.stat().st_uid == os.geteuid()
    except (OSError, ValueError):
        return False
    return False


@contextmanager
def fresh_sqlite(folder: Path, template: Template = EMPTY) -> Iterator[str]:
    """The address of a SQLite file of its own in `folder`, a copy of the template."""
    path = folder / f"{uuid.uuid4().hex[:12]}.sqlite"
    shutil.copyfile(_sqlite_template(template), path)
    yield f"sqlite:///{path}"


@contextmanager
def fresh_postgresql(template: Template = EMPTY) -> Iterator[str]:
    """The address of a PostgreSQL database of its own, a copy of the template, dropped afterwards."""
    server = running()
    name = f"test_{uuid.uuid4().hex}"
    _create(server.url, name, template=_postgresql_template(template))
    try:
        yield _named(server.url, name)
    finally:
        _drop(server.url, name)


@contextmanager
def empty_postgresql() -> Iterator[str]:
    """The address of a PostgreSQL database without any table, dropped afterwards."""
    server = running()
    name = f"test_{uuid.uuid4().hex}"
    _create(server.url, name, template="template0")
    try:
        yield _named(server.url, name)
    finally:
        _drop(server.url, name)


def running() -> postgres.Server:
    """The server of this run, started by whichever process first needs it."""
    folder = run_folder()
    started = folder / "postgres.json"
    with alone(folder / "postgres.lock"):
        if not started.exists():
            started.write_text(postgres.start(folder).written())
    return postgres.read(started.read_text())


def _sqlite_template(template: Template) -> Path:
    folder = run_folder()
    made = folder / f"{template.key}.sqlite"
    with alone(folder / f"{template.key}.sqlite.lock"):
        if not made.exists():
            draft = folder / f"{template.key}.draft"
            draft.unlink(missing_ok=True)
            template.fill(f"sqlite:///{draft}")
            _in_one_file(draft)
            draft.rename(made)
    return made


def _in_one_file(path: Path) -> None:
    """Bring what a write-ahead log still holds into the file itself."""
    connection = sqlite3.connect(path)
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()


def _postgresql_template(template: Template) -> str:
    server, folder = running(), run_folder()
    name, made = _template_name(folder, template.key), folder / f"{template.key}.postgresql"
    with alone(folder / f"{template.key}.postgresql.lock"):
        if not made.exists():
            _drop(server.url, name)
            _create(server.url, name, template="template0")
            template.fill(_named(server.url, name))
            _close(server.url, name)
            made.touch()
    return name


def _template_name(folder: Path, key: str) -> str:
    return f"template_{folder.name.encode().hex()[-16:]}_{key}"


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _connect(url: str) -> psycopg.Connection:
    plain = make_url(url).set(drivername="postgresql")
    return psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True)


def _create(url: str, name: str, *, template: str) -> None:
    with _connect(url) as connection:
        copying = " strategy file_copy" if connection.info.server_version >= 150000 else ""
        connection.execute(
            sql.SQL("create database {} template {}" + copying).format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def _close(url: str, name: str) -> None:
    """End what is connected to the template: an open connection forbids copying it."""
    with _connect(url) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name]
        )


def _drop(url: str, name: str) -> None:
    with _connect(url) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def run_folder() -> Path:
    """The folder that all processes of this run share."""
    return Path(os.environ[RUN])
