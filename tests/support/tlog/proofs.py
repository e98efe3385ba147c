"""Proofs of events as a test asks for them."""

from sqlalchemy.orm import Session

from workflow.tlog.formats.proof import Proof
from workflow.tlog.store.queries import checkpoint_at, inclusion_of, latest, place


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
