"""What somebody who did something may take away: that their event is in the log, and its proof."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.tlog.formats.proof import Proof
from workflow.tlog.store.models import LogEntry
from workflow.tlog.store.queries import Published, checkpoint_at, inclusion_of, latest, place
from workflow.tlog.witnesses.anchors import cosigned
from workflow.tlog.witnesses.models import Cosignature


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where an event is in the log; `covering` is the checkpoint that its proof leads to.

    Both are missing while the event waits for its place or for a signature. `note` is that
    checkpoint with what witnesses signed of it, and `witnesses` are their names.
    """

    index: int | None
    covering: Published | None
    note: str = ""
    witnesses: tuple[str, ...] = ()

    @property
    def pending(self) -> bool:
        """Whether there is no proof yet."""
        return self.covering is None


def inclusion(session: Session, event_hash: bytes) -> Inclusion:
    """How far an event has come on its way into a signed and witnessed checkpoint."""
    index = place(session, event_hash)
    covering = None if index is None else _covering(session, index)
    if covering is None:
        return Inclusion(index, None)
    names = _signatories(session, covering)
    return Inclusion(index, covering, cosigned(session, covering), names)


def proof_file(session: Session, event_hash: bytes, body: bytes | None = None) -> str | None:
    """The text of a `.tlog-proof` file that leads to a witnessed checkpoint if there is one.

    With the `body` of its event it is a receipt, which says by itself what it proves.
    """
    found = inclusion(session, event_hash)
    if found.index is None or found.covering is None:
        return None
    hashes = inclusion_of(session, found.index, found.covering.checkpoint.size)
    return Proof(found.index, hashes, found.note.encode(), body).written()


def covered(session: Session, hashes: Collection[bytes]) -> frozenset[bytes] | None:
    """Those of some events that a checkpoint covers; none at all where nothing was ever signed."""
    head = latest(session)
    if head is None:
        return None
    found = (
        select(Event.hash)
        .join(LogEntry, LogEntry.event_id == Event.id)
        .where(Event.hash.in_(hashes), LogEntry.log_index < head.checkpoint.size)
    )
    return frozenset(map(bytes, session.scalars(found)))


def _covering(session: Session, index: int) -> Published | None:
    """The newest checkpoint over an entry that a witness signed, or the newest there is."""
    head = latest(session)
    if head is None or head.checkpoint.size <= index:
        return None
    signed = session.scalar(
        select(func.max(Cosignature.size)).where(
            Cosignature.origin == head.checkpoint.origin,
            Cosignature.size > index,
            Cosignature.size <= head.checkpoint.size,
        )
    )
    found = None if signed is None else checkpoint_at(session, signed)
    return head if found is None or found.checkpoint.size != signed else found


def _signatories(session: Session, published: Published) -> tuple[str, ...]:
    of = published.checkpoint
    keys = session.scalars(
        select(Cosignature.witness)
        .where(Cosignature.origin == of.origin, Cosignature.size == of.size)
        .where(Cosignature.root == of.root)
        .distinct()
        .order_by(Cosignature.witness)
    )
    return tuple(key.partition("+")[0] for key in keys)
