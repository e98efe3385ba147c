"""Checkpoints (C2SP tlog-checkpoint v1): how large the log is, and the root of its tree, in a note."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.note import Note, Verifier, opened
from workflow.tlog.formats.tree import LARGEST

NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
HASH = re.compile(r"[A-Za-z0-9+/]{43}=", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log called `origin` at one size; `extensions` are lines that other logs may add."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = (self.origin, str(self.size), encoded(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def read(cls, text: str) -> "Checkpoint":
        """The checkpoint that `text` spells; anything that would be spelled otherwise is refused."""
        *lines, rest = text.split("\n")
        if rest or len(lines) < 3 or not all(lines):
            raise Invalid(
                phrase("A checkpoint has three lines: its origin, its size and its root.")
            )
        origin, size, root, *extensions = lines
        return cls(origin, number(size), decoded(root), tuple(extensions))


def signed_checkpoint(
    content: bytes, known: Iterable[Verifier], origin: str
) -> tuple[Checkpoint, Note]:
    """The checkpoint of the log called `origin` in a note that a known key of that name signed.

    The note that comes with it holds the signatures that verified, those of witnesses as well.
    """
    note = opened(content, known)
    checkpoint = Checkpoint.read(note.text)
    if checkpoint.origin != origin:
        raise Invalid(
            phrase(
                "The checkpoint is of the log %(origin)s, not of %(origin2)s.",
                origin=checkpoint.origin,
                origin2=origin,
            )
        )
    if not any(signature.name == origin for signature in note.signatures):
        raise Invalid(phrase("The checkpoint is not signed by %(origin)s itself.", origin=origin))
    return checkpoint, note


def number(text: str) -> int:
    """The number that `text` spells in the one way there is."""
    if not NUMBER.fullmatch(text) or int(text) > LARGEST:
        raise Invalid(phrase("%(text)s is not a number of entries.", text=repr(text[:24])))
    return int(text)


def encoded(value: bytes) -> str:
    """A hash as text."""
    return b64encode(value).decode()


def decoded(text: str) -> bytes:
    """The hash that `text` spells in the one way there is."""
    value = b64decode(text) if HASH.fullmatch(text) else b""
    if encoded(value) != text or not text:
        raise Invalid(phrase("%(text)s is not a hash.", text=repr(text[:48])))
    return value
