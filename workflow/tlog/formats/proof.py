"""Proofs (C2SP tlog-proof v1): one text file that shows that an event is in the log."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.checkpoint import (
    Checkpoint,
    decoded,
    encoded,
    number,
    signed_checkpoint,
)
from workflow.tlog.formats.note import Note, Verifier
from workflow.tlog.formats.tree import included

FIRST = "c2sp.org/tlog-proof@v1"
LONGEST = 63
BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proof:
    """The place of an entry, the way from it to the root, and the note of a checkpoint.

    What `extra` says counts only as far as its own hash is the entry's, as in a receipt.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def written(self) -> str:
        """The proof as the text of a `.tlog-proof` file."""
        lines = [FIRST]
        if self.extra is not None:
            lines.append(f"extra {b64encode(self.extra).decode()}")
        lines += [f"index {self.index}", *map(encoded, self.hashes), ""]
        return "\n".join(lines) + "\n" + self.checkpoint.decode()

    @classmethod
    def read(cls, text: str) -> "Proof":
        """The proof that `text` spells in the one way there is, none of it believed yet."""
        above, blank, below = text.partition("\n\n")
        lines = above.split("\n")
        if not blank or lines.pop(0) != FIRST:
            raise Invalid(phrase("This is not a proof of the form c2sp.org/tlog-proof@v1."))
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = _opaque(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise Invalid(phrase("The proof does not say the place of its entry."))
        index = number(lines.pop(0).removeprefix("index "))
        if len(lines) > LONGEST:
            raise Invalid(phrase("The proof is longer than that of any tree."))
        return cls(index, tuple(map(decoded, lines)), below.encode(errors="surrogatepass"), extra)

    def shows(
        self, leaf_hash: bytes, known: Iterable[Verifier], origin: str
    ) -> tuple[Checkpoint, Note]:
        """The checkpoint in which an entry with this hash is shown to be; refused if it is not."""
        checkpoint, note = signed_checkpoint(self.checkpoint, known, origin)
        if not included(leaf_hash, self.index, checkpoint.size, self.hashes, checkpoint.root):
            raise Invalid(phrase("The proof is not one of this entry."))
        return checkpoint, note


def _opaque(text: str) -> bytes:
    found = b64decode(text) if BASE64.fullmatch(text) else b""
    if b64encode(found).decode() != text:
        raise Invalid(phrase("What the proof carries besides is not base64."))
    return found
