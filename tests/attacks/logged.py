"""A small log in a database, signed, with what somebody outside may have kept of it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from tests.attacks.spoiling import sentences
from tests.workflow.tlog.writing import Hand, a_signer, logged, open_cases, reading
from workflow.tlog.formats import tree
from workflow.tlog.formats.add_checkpoint import AddCheckpointRequest
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.formats.note import opened
from workflow.tlog.store.queries import consistency_between, latest, place
from workflow.tlog.witnesses.witness import Witness

LENGTH = 8


@dataclass
class Kept:
    """What is outside: a checkpoint, a receipt for every event, and a witness that signed."""

    checkpoint: Checkpoint
    receipts: dict[tuple[str, int], bytes]
    witness: Witness

    def diverges(self, database: Engine) -> bool:
        """Whether the log does not go on from the checkpoint that somebody kept."""
        now = newest(database)
        if now is None or now.size < self.checkpoint.size:
            return True
        return not tree.consistent(
            self.checkpoint.size, now.size, self.checkpoint.root, now.root,
            proof(database, self.checkpoint.size, now.size),
        )  # fmt: skip

    def is_refused(self, database: Engine) -> bool:
        """Whether the witness refuses to sign what is published now."""
        with reading(database) as session:
            head = latest(session)
        if head is None:
            return False
        size, old = head.checkpoint.size, min(self.checkpoint.size, head.checkpoint.size)
        asked = AddCheckpointRequest(old, proof(database, old, size), head.note.encode())
        return self.witness.add(asked.written()).status in {403, 409, 422}

    def missed(self, database: Engine) -> set[tuple[str, int]]:
        """The receipts whose events are not in the database any more."""
        with database.connect() as connection:
            here = set(map(bytes, connection.scalars(text("select hash from event"))))
        return {of for of, link in self.receipts.items() if link not in here}


@dataclass
class House:
    """A database, its signer's home and its clock, and what was kept outside."""

    database: Engine
    home: Path
    clock: Hand
    refs: list[str]
    kept: Kept

    @property
    def inside(self) -> list[str]:
        """What verification inside the house says."""
        return sentences(self.database)


def begin(database: Engine, folder: Path) -> House:
    """Two cases of eight events each in the log, signed, and the checkpoint with a witness."""
    clock = Hand()
    refs = open_cases(database, 2)
    signer = a_signer(database, folder / "signer", clock)
    hashes = logged(database, refs, each=LENGTH)
    signer.step()
    places = [(ref, seq) for seq in range(1, LENGTH + 1) for ref in refs]
    with reading(database) as session:
        head = latest(session)
        assert head is not None
        assert place(session, hashes[0]) is not None
    key = signer._key().verifier
    witness = Witness.begin(folder / "witness", "audit.example.org/witness", [key])
    assert witness.add(AddCheckpointRequest(0, (), head.note.encode()).written()).status == 200
    note = opened(head.note.encode(), [key])
    receipts = dict(zip(places, hashes, strict=True))
    return House(
        database, folder / "signer", clock, refs,
        Kept(Checkpoint.read(note.text), receipts, witness),
    )  # fmt: skip


def newest(database: Engine) -> Checkpoint | None:
    with reading(database) as session:
        head = latest(session)
    return None if head is None else head.checkpoint


def proof(database: Engine, old: int, new: int) -> tuple[bytes, ...]:
    """What the house shows to lead from one size to another, made of the tiles it has now."""
    with reading(database) as session:
        return consistency_between(session, old, new)
