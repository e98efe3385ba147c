"""Proofs (C2SP tlog-proof v1): one text file that shows that an event is in the log."""

from base64 import b64encode
from dataclasses import dataclass

from workflow.tlog.formats.checkpoint import encoded

FIRST = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True, slots=True)
class Proof:
    """The place of an entry, the way from it to the root, and the note of a checkpoint.

    Nothing stands behind what `extra` says.
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
