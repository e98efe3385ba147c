"""A zip file that comes out the same whenever the same things go into it."""

import hashlib
from pathlib import Path
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from workflow.phrase import Phrase, phrase

PIECE = 1_048_576
LARGEST_MEMBER = 256 * PIECE
LARGEST_TOTAL = 2000 * PIECE
MOST_MEMBERS = 50_000
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE = 0o100644 << 16


class Packer:
    """Puts members into a zip file, each once; times, rights and order say nothing of the maker."""

    def __init__(self, to: IO[bytes]) -> None:
        self._zip = ZipFile(to, "w", ZIP_DEFLATED, allowZip64=False)
        self.total = self.members = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def put(self, name: str, content: bytes | str) -> str:
        """Put a member in whole; returns its digest."""
        content = content.encode() if isinstance(content, str) else content
        self._count(name, len(content))
        # What is large is stored as it is: whoever reads it fears bombs.
        packed = ZIP_STORED if len(content) > PIECE else ZIP_DEFLATED
        self._zip.writestr(_member(name, packed), content)
        return hashlib.sha256(content).hexdigest()

    def put_file(self, name: str, path: Path) -> None:
        """Put a member in as it lies on the disk, a piece at a time."""
        member = _member(name, ZIP_STORED)
        member.file_size = path.stat().st_size
        self._count(name, member.file_size)
        with path.open("rb") as source, self._zip.open(member, "w") as target:
            while piece := source.read(PIECE):
                target.write(piece)

    def _count(self, name: str, size: int) -> None:
        self.total += size
        self.members += 1
        fits = size <= LARGEST_MEMBER and self.total <= LARGEST_TOTAL
        if not fits or self.members > MOST_MEMBERS:
            raise TooLarge(
                phrase(
                    "The dossier is too large to be handed out whole, from %(name)s on.", name=name
                )
            )


class TooLarge(Exception):
    """A dossier grew beyond what its reader accepts."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said)
        self.said = said


def _member(name: str, packed: int) -> ZipInfo:
    member = ZipInfo(name, FIRST_DAY)
    member.compress_type = packed
    member.create_system = 3
    member.external_attr = PLAIN_FILE
    return member
