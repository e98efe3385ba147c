"""What lies beside the database and belongs to it: files, the register, the signer's record."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from workflow.tlog.signer.key_store import STATE

PIECE = 1_048_576


class RecordPlace(Enum):
    """Whether the signer's record is here, kept where this user may not look, or nowhere."""

    HERE = "here"
    CLOSED = "closed"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class HomeFolders:
    """Where an installation keeps its attached files, its register of erasures and its signer."""

    files: Path
    register: Path
    signer: Path

    @property
    def record(self) -> RecordPlace:
        """Where the signer's record of what it signed is."""
        try:
            with (self.signer / STATE).open("rb"):
                return RecordPlace.HERE
        except FileNotFoundError:
            return RecordPlace.NOWHERE
        except PermissionError:
            return RecordPlace.CLOSED

    def place(self, digest: str) -> Path:
        """Where the file with this digest lies."""
        return self.files / digest[:2] / digest[2:4] / digest

    def sound(self, digest: str) -> bool:
        """Whether the file with this digest is here and is what its name says."""
        try:
            with self.place(digest).open("rb") as file:
                return _digest(file_pieces=iter(lambda: file.read(PIECE), b"")) == digest
        except OSError:
            return False

    def lacking(self, digests: Iterable[str]) -> tuple[str, ...]:
        """Those of the files that are not here, or not what their name says."""
        return tuple(sorted(each for each in digests if not self.sound(each)))


def _digest(file_pieces: Iterable[bytes]) -> str:
    hashing = hashlib.sha256()
    for piece in file_pieces:
        hashing.update(piece)
    return hashing.hexdigest()
