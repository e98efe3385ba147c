"""The request of a log to a witness (C2SP tlog-witness, add-checkpoint): read and written alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.checkpoint import decoded, encoded, number

OLD = "old "
LONGEST_PROOF = 63
LARGEST = 65_536
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class AddCheckpointRequest:
    """A checkpoint's note, and the proof that it continues the log that had the size `old`."""

    old: int
    proof: Sequence[bytes]
    note: bytes

    def written(self) -> bytes:
        """The request as it is sent."""
        above = "".join(f"{line}\n" for line in (f"{OLD}{self.old}", *map(encoded, self.proof), ""))
        return above.encode() + self.note

    @classmethod
    def read(cls, body: bytes) -> "AddCheckpointRequest":
        """The request in `body`, nothing of it believed; anything that is not exactly one is refused."""
        above, blank, note = body.partition(b"\n\n")
        if len(body) > LARGEST or not blank or not above.isascii():
            raise Invalid(phrase("This is not a request to add a checkpoint."))
        first, *lines = above.decode("ascii").split("\n")
        if not first.startswith(OLD) or len(lines) > LONGEST_PROOF:
            raise Invalid(phrase("This is not a request to add a checkpoint."))
        return cls(number(first.removeprefix(OLD)), tuple(map(decoded, lines)), note)
