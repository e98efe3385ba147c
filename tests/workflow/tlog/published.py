"""The log in a database, grown and signed as far as a test wants it, and witnesses that listen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from tests.support.tlog.tiles import tiles_of
from tests.workflow.tlog.watched import Log
from workflow.engine.engine import Engine
from workflow.tlog.formats import tree
from workflow.tlog.store.models import LogTile, SignedCheckpoint
from workflow.tlog.witnesses.witness import Witness
from workflow.tlog.witnesses.witness_server import counter


def publish(session: Session, engine: Engine, log: Log, size: int) -> None:
    """Store the tree of `log` at `size`, and its signed checkpoint."""
    leaves = log.grow(size).leaves[:size]
    session.execute(delete(LogTile))
    tiles = [
        {"level": level, "number": number, "hashes": hashes}
        for (level, number), hashes in tiles_of(leaves).items()
    ]
    session.execute(insert(LogTile), tiles)
    session.add(
        SignedCheckpoint(
            origin=log.key.verifier.name,
            size=size,
            root=tree.root(leaves),
            note=log.note(size).decode(),
            at=engine.now(),
        )
    )


@contextmanager
def listening(witness: Witness) -> Iterator[str]:
    """The address of a witness that answers from a thread of this process."""
    with counter("127.0.0.1", 0, witness) as at:
        thread = Thread(target=at.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{at.server_port}"
        finally:
            at.shutdown()
            thread.join()


def a_witness(folder: Path, log: Log, name: str = "audit.example.org/witness") -> Witness:
    """A new witness that signs for `log`."""
    return Witness.begin(folder / name.replace("/", "-"), name, [log.key.verifier])
