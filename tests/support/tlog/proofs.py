"""Proofs as an outsider reads and checks them; the product only writes them."""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.checkpoint import Checkpoint, decoded, number, signed_checkpoint
from workflow.tlog.formats.note import Note, Verifier
from workflow.tlog.formats.proof import FIRST, Proof
from workflow.tlog.formats.tree import included
from workflow.tlog.store.queries import checkpoint_at, inclusion_of, latest, place

LONGEST = 63
BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReadProof(Proof):
    """A proof that can be read in one way only, and that shows an entry or is refused."""

    @classmethod
    def read(cls, text: str) -> "ReadProof":
        """The proof that `text` spells, none of it believed yet."""
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


def proof_for(session: Session, event_hash: bytes, size: int | None = None) -> str | None:
    """The text of the proof that an event is in the log, if a checkpoint covers it.

    It leads to the newest checkpoint, or with `size` to the first at or above that size.
    """
    index = place(session, event_hash)
    head = latest(session) if size is None else checkpoint_at(session, size)
    if index is None or head is None or head.checkpoint.size <= index:
        return None
    hashes = inclusion_of(session, index, head.checkpoint.size)
    return Proof(index, hashes, head.note.encode()).written()


def _opaque(text: str) -> bytes:
    found = b64decode(text) if BASE64.fullmatch(text) else b""
    if b64encode(found).decode() != text:
        raise Invalid(phrase("What the proof carries besides is not base64."))
    return found
