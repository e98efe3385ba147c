"""A log in memory that a witness watches over, and one that tells two stories."""

from workflow.tlog.formats import tree
from workflow.tlog.formats.add_checkpoint import AddCheckpointRequest
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.formats.note import SigningKey, signed

NAME = "primemover.example.org/log"


class Log:
    """Leaves under a tree, and the key that signs its checkpoints."""

    def __init__(self, key: SigningKey | None = None, story: bytes = b"") -> None:
        self.key = key or SigningKey.generate(NAME)
        self.leaves: list[bytes] = []
        self.story = story

    def grow(self, size: int) -> "Log":
        """Let it grow to `size`."""
        for number in range(len(self.leaves), size):
            self.leaves.append(tree.leaf(self.story + str(number).encode()))
        return self

    def forked(self, size: int) -> "Log":
        """Another log under the same key that is the same up to `size` and tells otherwise after."""
        other = Log(self.key, b"otherwise ")
        other.leaves = self.leaves[:size]
        return other

    def read(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree."""
        return tree.root(self.leaves[index << level : (index + 1) << level])

    def note(self, size: int) -> bytes:
        """The signed checkpoint at `size`."""
        root = tree.root(self.grow(size).leaves[:size])
        return signed(Checkpoint(self.key.verifier.name, size, root).text, self.key)

    def asks(self, old: int, size: int) -> bytes:
        """The request to sign for `size` after `old`."""
        self.grow(size)
        proof = tree.consistency(self.read, old, size) if old <= size else ()
        return AddCheckpointRequest(old, proof, self.note(size)).written()
