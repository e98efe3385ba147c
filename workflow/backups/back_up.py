"""Backing up: one state of the database first, then every file that it can name."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from workflow.backups import postgresql, sqlite
from workflow.backups.archive import DATABASES, REGISTER, SIGNED, ArchiveWriter, Progress
from workflow.backups.facts import DatabaseFacts, facts
from workflow.backups.home import HomeFolders
from workflow.backups.manifest import Manifest
from workflow.backups.new_file import new_file
from workflow.database import connect, reading
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.signer.key_store import STATE

COPY = ".primemover-backup.sqlite"


def back_up(
    url: str, home: HomeFolders, target: Path, program: str, at: datetime, progress: Progress
) -> Manifest:
    """Write the house to a new file, which appears when it is whole, while the service runs.

    A file is on the disk before an event names it, and it never goes: so the files, which are
    read after the database, are all there. The signer's record is read last for the same reason:
    it must know of every checkpoint that the database may hold. No key is in it.
    """
    try:
        with new_file(target) as file, ArchiveWriter(file) as writer:
            found = _database(make_url(url), writer, target.with_name(COPY), progress)
            missing = _files(writer, home, found, progress)
            _beside(writer, home)
            manifest = Manifest(
                at, program, make_url(url).get_backend_name(), found.revision, found.events,
                missing, tuple(writer.members),
            )  # fmt: skip
            writer.finish(manifest)
    except OSError as fault:
        raise Invalid(
            phrase(
                "The backup cannot be written to %(folder)s: %(reason)s. Nothing of it is kept.",
                folder=str(target.parent),
                reason=str(fault.strerror or fault),
            )
        ) from fault
    return manifest


def name_of(at: datetime) -> str:
    """What a backup of this instant is called where nobody says."""
    return f"primemover-{at:%Y%m%dT%H%M%S}Z.zip"


def _database(address: URL, writer: ArchiveWriter, copy: Path, progress: Progress) -> DatabaseFacts:
    if address.get_backend_name() == "sqlite":
        return _sqlite(sqlite.place(address), writer, copy, progress)
    postgresql.called("pg_dump")
    database = connect(address.render_as_string(hide_password=False))
    try:
        with reading(database) as session:
            snapshot, found = postgresql.exported(session), facts(session)
            with postgresql.dumped(address, snapshot) as stream:
                writer.put(DATABASES["postgresql"], stream)
    finally:
        database.dispose()
    return found


def _sqlite(source: Path, writer: ArchiveWriter, copy: Path, progress: Progress) -> DatabaseFacts:
    try:
        sqlite.copied(source, copy, progress)
        sqlite.refuse_damaged(copy)
        found = _facts_of(copy)
        with copy.open("rb") as file:
            writer.put(DATABASES["sqlite"], file, packed=True)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                copy.with_name(copy.name + ending).unlink()
    return found


def _facts_of(copy: Path) -> DatabaseFacts:
    database = connect(f"sqlite:///{copy.resolve()}")
    try:
        with reading(database) as session:
            return facts(session)
    finally:
        database.dispose()


def _files(
    writer: ArchiveWriter, home: HomeFolders, found: DatabaseFacts, progress: Progress
) -> tuple[str, ...]:
    """Put in every file that the database names; returns those that cannot be had."""
    missing = home.lacking(found.files)
    whole = sorted(found.files - set(missing))
    for done, digest in enumerate(whole, 1):
        with home.place(digest).open("rb") as file:
            writer.put(f"files/{digest[:2]}/{digest[2:4]}/{digest}", file)
        progress(done, len(whole))
    return missing


def _beside(writer: ArchiveWriter, home: HomeFolders) -> None:
    """The register of erasures, and what the signer signed where this user may read it."""
    _register(writer, home.register)
    with suppress(FileNotFoundError, PermissionError), (home.signer / STATE).open("rb") as file:
        writer.put(SIGNED, file, packed=True)


def _register(writer: ArchiveWriter, register: Path) -> None:
    """Put in the register where there is one; a backup without it would bring back what was erased."""
    try:
        file = register.open("rb")
    except FileNotFoundError:
        return
    except OSError as fault:
        raise Invalid(
            phrase(
                "The register of erasures in %(file)s cannot be read: %(reason)s. Nothing is backed "
                "up without it: what was erased would come back. Let this user read it.",
                file=str(register),
                reason=str(fault.strerror or fault),
            )
        ) from fault
    with file:
        writer.put(REGISTER, file, packed=True)
