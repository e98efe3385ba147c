"""The store of attached files: bytes kept once, by their digest, away from the web."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from workflow.drafts import sync
from workflow.engine.documents.file_types import clean_name, recognise
from workflow.errors import Invalid, NotFound
from workflow.phrase import Phrase, phrase

PIECE = 1_048_576
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class File:
    """A file whose bytes are already kept by digest."""

    filename: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder of files named by the SHA-256 of their bytes; `largest` bounds each of them."""

    root: Path
    largest: int

    def keep(self, name: str, content: IO[bytes]) -> File:
        """Keep the bytes for good and return what to put on record.

        Refuses an empty or too large file, a type that is not allowed, and one whose content is
        not what its name says; then nothing stays behind.
        """
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        filename = clean_name(name)
        with tempfile.NamedTemporaryFile(dir=self.root, prefix="incoming-", delete=False) as draft:
            try:
                digest, size = self._copy(content, draft.file)
                media_type = recognise(filename, draft.file)
                self._settle(Path(draft.name), digest)
            finally:
                Path(draft.name).unlink(missing_ok=True)
        return File(filename, media_type, size, digest)

    def path(self, digest: str) -> Path:
        """Where the bytes with this digest lie; refuses one that is not kept here."""
        if not DIGEST.fullmatch(digest) or not self._place(digest).is_file():
            raise NotFound(phrase("The bytes of this file are not kept here."))
        return self._place(digest)

    def _place(self, digest: str) -> Path:
        """Two levels of folders, so that none grows too large to list."""
        return self.root / digest[:2] / digest[2:4] / digest

    def _copy(self, content: IO[bytes], draft: IO[bytes]) -> tuple[str, int]:
        """Write the bytes down to the disk itself; their digest and number."""
        hashing, size = hashlib.sha256(), 0
        while piece := content.read(PIECE):
            size += len(piece)
            if size > self.largest:
                _refuse(
                    phrase(
                        "This file is too large; at most %(value)s MB fit.",
                        value=self.largest // PIECE,
                    )
                )
            hashing.update(piece)
            draft.write(piece)
        if not size:
            _refuse(phrase("This file is empty. Choose another one."))
        draft.flush()
        os.fsync(draft.fileno())
        return hashing.hexdigest(), size

    def _settle(self, draft: Path, digest: str) -> None:
        """Give the draft its name, which it takes at once and whole."""
        place = self._place(digest)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.exists():
            return
        draft.chmod(0o400)
        draft.rename(place)
        for folder in (place.parent, place.parent.parent, self.root):
            sync(folder)


def _refuse(said: Phrase) -> NoReturn:
    raise Invalid(said, {"file": said})
