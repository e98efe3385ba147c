"""The signer's home: its keys, and what it ever signed, in a folder outside of the database."""

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workflow.clock import read, written
from workflow.drafts import sync
from workflow.errors import Invalid
from workflow.file_lock import alone, tried
from workflow.phrase import phrase
from workflow.tlog.formats.checkpoint import Checkpoint, decoded, encoded, number
from workflow.tlog.formats.note import SigningKey

KEY, NEXT, STATE, LOCK, ONLY = "key", "key.next", "signed", "lock", "running"
ENDING = "key.until."
BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class Intent:
    """A checkpoint that the signer meant to sign, and when it said so."""

    checkpoint: Checkpoint
    at: datetime

    @property
    def line(self) -> str:
        """The intent as the state file keeps it."""
        of = self.checkpoint
        return f"{written(self.at)} {of.size} {encoded(of.root)} {of.origin}\n"


class KeyStore:
    """A folder that its owner alone may enter."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder

    def only_one(self) -> AbstractContextManager[bool]:
        """Whether this is the one signer that runs in this home, for as long as it does."""
        return tried(self.folder / ONLY)

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else reads or changes the keys meanwhile."""
        return alone(self.folder / LOCK)

    def key(self) -> SigningKey | None:
        """The key that signs, if there is one."""
        path = self.folder / KEY
        return SigningKey.load(path) if path.exists() else None

    def keys(self, size: int) -> list[SigningKey]:
        """The keys that sign a checkpoint of `size`, the newest first; keys that ended are destroyed."""
        found = [key for key in (self.key(),) if key]
        for path in sorted(self.folder.glob(f"{ENDING}*")):
            if size <= int(path.name.removeprefix(ENDING)):
                found.append(SigningKey.load(path))
            else:
                destroy(path)
        return found

    def begin(self, origin: str) -> SigningKey:
        """A first key, or the first of a new origin; one of a beginning cut short is used again."""
        path = self.folder / NEXT
        if path.exists() and SigningKey.load(path).verifier.name != origin:
            destroy(path)
        if not path.exists():
            SigningKey.generate(origin).store(path)
        return SigningKey.load(path)

    def succeed(self, last: int | None) -> None:
        """Sign with the next key from now on; the one before ends at `last`, or at once."""
        key, following = self.folder / KEY, self.folder / NEXT
        if key.exists() and last is not None:
            key.rename(self.folder / f"{ENDING}{last}")
        elif key.exists():
            destroy(key)
        following.rename(key)
        sync(self.folder)

    def settle(self, introduced: dict[str, int | None]) -> None:
        """Finish or undo what a crash left between a key's introduction and its use.

        `introduced` says of each key in the log where the key before it ends.
        """
        path = self.folder / NEXT
        if not path.exists():
            return
        key = str(SigningKey.load(path).verifier)
        if key in introduced:
            self.succeed(introduced[key])

    def last(self, origin: str) -> Intent | None:
        """The last checkpoint of `origin` that was meant to be signed.

        The record is read from its end; all of it only if that tells of other origins alone.
        """
        path = self.folder / STATE
        if not path.exists():
            return None
        for length in (BLOCK, path.stat().st_size):
            for line in reversed(_ending(path, length)):
                intent = _intent(line)
                if intent.checkpoint.origin == origin:
                    return intent
        return None

    def intend(self, intent: Intent) -> None:
        """Keep what is about to be signed; it is on the disk when this returns."""
        path = self.folder / STATE
        _cut_unfinished(path)
        handle = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            os.write(handle, intent.line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        sync(self.folder)


def destroy(path: Path) -> None:
    """Overwrite a key and take it away."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(b"\0" * size)
        file.flush()
        os.fsync(file.fileno())
    path.unlink()
    sync(path.parent)


def _ending(path: Path, length: int) -> list[str]:
    """The whole lines in the last `length` bytes of the record.

    The last line has no end where its writing was cut short: then nothing was signed.
    """
    with path.open("rb") as file:
        begin = max(0, file.seek(0, os.SEEK_END) - length)
        file.seek(begin)
        lines = file.read().decode(errors="replace").split("\n")[:-1]
    return lines[1:] if begin else lines


def _intent(line: str) -> Intent:
    try:
        at, size, root, origin = line.split(" ")
        return Intent(Checkpoint(origin, number(size), decoded(root)), read(at))
    except ValueError as fault:
        raise Invalid(phrase("The signer's own record of what it signed is damaged.")) from fault


def _cut_unfinished(path: Path) -> None:
    """Take away a line whose writing was cut short."""
    if not path.exists():
        return
    content = path.read_bytes()
    if content and not content.endswith(b"\n"):
        os.truncate(path, content.rfind(b"\n") + 1)
