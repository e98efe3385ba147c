"""The archive of a backup: a zip file whose manifest says what every member must be."""

import hashlib
import lzma
import os
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from workflow.backups.manifest import BackupMember, Manifest
from workflow.errors import Invalid
from workflow.phrase import Phrase, phrase

MANIFEST, REGISTER, SIGNED = "manifest.json", "erasures.jsonl", "signer/signed"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
KNOWN = re.compile(
    r"database\.(sqlite|dump)|erasures\.jsonl|signer/signed|files/(..)/(..)/\2\3[0-9a-f]{60}"
)
BEGINNING = b"PK\x03\x04"
PIECE = 1_048_576
OWNERS = 0o100600 << 16
DAMAGES = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    KeyError,
    RuntimeError,
    NotImplementedError,
)

Progress = Callable[[int, int], object]


class ArchiveWriter:
    """Puts members into a new archive and remembers what each must be found to be."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", allowZip64=True)
        self.members: list[BackupMember] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Whatever went wrong before is what has to be told.
        with suppress(OSError, ValueError):
            self._zip.close()

    def put(self, name: str, source: IO[bytes], *, packed: bool = False) -> None:
        """Put a member in, a piece at a time."""
        member = ZipInfo(name)
        member.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        member.external_attr = OWNERS
        hashing, size = hashlib.sha256(), 0
        with self._zip.open(member, "w", force_zip64=True) as target:
            while piece := source.read(PIECE):
                hashing.update(piece)
                size += len(piece)
                target.write(piece)
        self.members.append(BackupMember(name, size, hashing.hexdigest()))

    def finish(self, manifest: Manifest) -> None:
        """Put the manifest in, and end the archive."""
        self._zip.writestr(MANIFEST, manifest.text())
        self._zip.close()


class Archive:
    """A backup that is read; its members are believed once `check` has looked at each."""

    def __init__(self, path: Path, zipped: ZipFile) -> None:
        self._path, self._zip = path, zipped
        self.manifest = Manifest.read(zipped.read(MANIFEST))

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Self]:
        """The archive at `path`; refuses one that is damaged, whenever that shows."""
        try:
            zipped = ZipFile(path)
            archive = cls(path, zipped)
        except DAMAGES as fault:
            raise _damaged(path, phrase("it cannot be read")) from fault
        with zipped:
            yield archive

    def check(self, progress: Progress) -> None:
        """Refuse an archive that holds anything but what its manifest says, to the last byte."""
        members = self.manifest.members
        listed, held = sorted(each.name for each in members), sorted(self._zip.namelist())
        if sorted([*listed, MANIFEST]) != held or not all(map(KNOWN.fullmatch, listed)):
            raise _damaged(self._path, phrase("it does not hold what it lists"))
        if DATABASES.get(self.manifest.database) not in listed:
            raise _damaged(self._path, phrase("there is no database in it"))
        whole, done = sum(member.size for member in members), 0
        for member in members:
            for piece in self._pieces(member):
                done += len(piece)
                progress(done, whole)

    def member(self, name: str) -> BackupMember | None:
        """What the manifest says of the member with this name, if there is one."""
        return next((each for each in self.manifest.members if each.name == name), None)

    def extract(self, member: BackupMember, target: Path) -> None:
        """Write a member to `target`, on the disk when this returns; checked once more."""
        handle = os.open(target, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in self._pieces(member):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())

    def text(self, member: BackupMember) -> str:
        """A small member as text."""
        try:
            return b"".join(self._pieces(member)).decode()
        except UnicodeDecodeError as fault:
            raise _damaged(self._path, phrase("%(name)s is no text", name=member.name)) from fault

    def _pieces(self, member: BackupMember) -> Iterator[bytes]:
        hashing, size = hashlib.sha256(), 0
        try:
            with self._zip.open(member.name) as source:
                while piece := source.read(PIECE):
                    hashing.update(piece)
                    size += len(piece)
                    yield piece
        except DAMAGES as fault:
            raise _damaged(
                self._path, phrase("%(name)s cannot be read", name=member.name)
            ) from fault
        found = hashing.hexdigest()
        named = member.name.rpartition("/")[2] if member.name.startswith("files/") else found
        if (size, found, found) != (member.size, member.sha256, named):
            raise _damaged(self._path, phrase("%(name)s is not as listed", name=member.name))


def _damaged(path: Path, why: Phrase) -> Invalid:
    return Invalid(phrase("%(file)s is damaged: %(why)s.", file=str(path), why=why))
