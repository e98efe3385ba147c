"""Restoring: everything is checked before anything is touched, and the database comes last."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy.engine import URL, make_url

from workflow.backups import postgresql, sqlite
from workflow.backups.archive import BEGINNING, DATABASES, REGISTER, SIGNED, Archive, Progress
from workflow.backups.home import HomeFolders
from workflow.backups.manifest import BackupMember, Manifest
from workflow.database import connect, reading
from workflow.drafts import sync
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.revision import revisions
from workflow.tlog.signer.key_store import STATE

# How much more than its content a restored house may take for a while.
ROOM = 2
UNPACKED = ".restoring"


@dataclass(frozen=True, slots=True)
class House:
    """Where a backup goes: the database's address, the home, and the revisions that are known."""

    url: str
    home: HomeFolders
    revisions: frozenset[str]

    @classmethod
    def at(cls, url: str, home: HomeFolders) -> Self:
        """The house at this address, with the revisions that this program knows."""
        return cls(url, home, frozenset(revisions()))

    @property
    def address(self) -> URL:
        """The address of the database, in parts."""
        return make_url(self.url)

    @property
    def kind(self) -> str:
        """Which database it is."""
        return self.address.get_backend_name()


def restore(house: House, source: Path, *, over: bool, progress: Progress) -> Manifest | None:
    """Put a backup in the place of the database and the files; `over` lets it replace a database.

    Returns the manifest, or nothing for a bare database as older releases wrote it. Whatever has
    been recorded since the backup is gone. The register of erasures has to be replayed before
    anybody looks at it.
    """
    try:
        with source.open("rb") as file:
            beginning = file.read(16)
        if not beginning.startswith(BEGINNING):
            _refuse_strange(house, source, beginning)
            _refuse_standing(house, over=over)
            _put_back(house, source, over=over, progress=progress)
            return None
        with Archive.opened(source) as archive:
            archive.check(progress)
            _refuse_other(house, archive.manifest)
            _refuse_standing(house, over=over)
            _unpack(house, archive, over=over, progress=progress)
            return archive.manifest
    except OSError as fault:
        raise Invalid(
            phrase(
                "The backup cannot be put back: %(reason)s. Mend that and restore again.",
                reason=str(fault.strerror or fault),
            )
        ) from fault


def _refuse_strange(house: House, source: Path, beginning: bytes) -> None:
    """Refuse a file that is neither an archive nor a bare database of the kind that is asked for."""
    if beginning.startswith(sqlite.BEGINNING):
        kind = "sqlite"
        sqlite.refuse_damaged(source)
    elif beginning.startswith(postgresql.BEGINNING):
        kind = "postgresql"
    else:
        raise Invalid(phrase("%(file)s is no backup.", file=str(source)))
    _refuse_kind(house, kind)


def _refuse_kind(house: House, kind: str) -> None:
    if kind != house.kind:
        raise Invalid(
            phrase(
                "This backup is of a database of the kind %(kind)s; PRIMEMOVER_DATABASE_URL names "
                "one of the kind %(here)s.",
                kind=kind,
                here=house.kind,
            )
        )


def _refuse_other(house: House, manifest: Manifest) -> None:
    _refuse_kind(house, manifest.database)
    if manifest.revision not in house.revisions:
        raise Invalid(
            phrase(
                "The tables of this backup are of revision %(revision)s, which this program does "
                "not know; restore it with release %(program)s or newer.",
                revision=manifest.revision,
                program=manifest.program,
            )
        )


def _refuse_standing(house: House, *, over: bool) -> None:
    if not over and not _is_empty(house):
        raise Invalid(
            phrase(
                "There is a database in %(place)s; say --over to replace it.",
                place=str(house.address.database),
            )
        )


def _is_empty(house: House) -> bool:
    if house.kind == "sqlite":
        return sqlite.is_empty(house.address)
    database = connect(house.url)
    try:
        with reading(database) as session:
            return postgresql.is_empty(session)
    finally:
        database.dispose()


def _unpack(house: House, archive: Archive, *, over: bool, progress: Progress) -> None:
    """Files first: when the database is there, so is everything that it names."""
    home, members = house.home, archive.manifest.members
    _refuse_full(home.register.parent, members)
    for member in members:
        if member.name.startswith("files/"):
            _settle(archive, member, home)
    _keep_register(archive, home.register)
    _keep_record(archive, home.signer)
    database = archive.member(DATABASES[archive.manifest.database])
    if database is None:
        return
    folder = home.register.parent / UNPACKED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        archive.extract(database, folder / database.name)
        _put_back(house, folder / database.name, over=over, progress=progress)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_back(house: House, source: Path, *, over: bool, progress: Progress) -> None:
    if house.kind == "sqlite":
        sqlite.refuse_damaged(source)
        sqlite.copied(source, sqlite.place(house.address), progress)
    else:
        postgresql.put_back(house.address, source, over=over)


def _refuse_full(folder: Path, members: Iterable[BackupMember]) -> None:
    needed, free = ROOM * sum(each.size for each in members), shutil.disk_usage(folder).free
    if needed > free:
        raise Invalid(
            phrase(
                "Restoring takes up to %(needed)s MB in %(folder)s, and %(free)s MB are free there.",
                needed=needed // 1_000_000 + 1,
                free=free // 1_000_000,
                folder=str(folder),
            )
        )


def _settle(archive: Archive, member: BackupMember, home: HomeFolders) -> None:
    """Give the file its place, unless it is there; a damaged one is mended."""
    digest = member.name.rpartition("/")[2]
    if home.sound(digest):
        return
    place = home.place(digest)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = home.files / f"incoming-{digest}"
    archive.extract(member, draft)
    draft.chmod(0o400)
    draft.rename(place)
    for folder in (place.parent, place.parent.parent, home.files):
        sync(folder)


def _keep_register(archive: Archive, register: Path) -> None:
    """Add what the register here does not say yet: what was erased anywhere stays erased."""
    member = archive.member(REGISTER)
    if member is None:
        return
    here = register.read_text(encoding="utf-8").splitlines() if register.exists() else []
    added = [line for line in archive.text(member).splitlines() if line not in set(here)]
    with register.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in added)


def _keep_record(archive: Archive, folder: Path) -> None:
    """Put what the signer signed where there is no record; one that is there knows more.

    A folder that is another user's on purpose is left alone.
    """
    member = archive.member(SIGNED)
    with suppress(PermissionError):
        if member is not None and not (folder / STATE).exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            archive.extract(member, folder / STATE)
