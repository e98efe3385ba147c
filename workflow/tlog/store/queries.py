"""What others may ask the log: the newest checkpoint, the place of an event, and proofs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.tlog.formats import tree
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.store.models import LogEntry, SignedCheckpoint
from workflow.tlog.store.tiles import Tiles

_NEWEST = select(SignedCheckpoint).order_by(SignedCheckpoint.id.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Published:
    """A checkpoint, the note in which it was signed, and when it was published."""

    checkpoint: Checkpoint
    note: str
    at: datetime


def latest(session: Session) -> Published | None:
    """The newest checkpoint that was published."""
    return _published(session.scalars(_NEWEST).one_or_none())


def checkpoint_at(session: Session, size: int) -> Published | None:
    """The first checkpoint of the newest origin at or above `size`."""
    newest = session.scalars(_NEWEST).one_or_none()
    if newest is None:
        return None
    found = select(SignedCheckpoint).where(
        SignedCheckpoint.origin == newest.origin, SignedCheckpoint.size >= size
    )
    order = (SignedCheckpoint.size, SignedCheckpoint.id)
    return _published(session.scalars(found.order_by(*order).limit(1)).one_or_none())


def place(session: Session, event_hash: bytes) -> int | None:
    """The place of an event in the log, or none while it waits for one."""
    found = select(LogEntry.log_index).join(Event, Event.id == LogEntry.event_id)
    return session.scalar(found.where(Event.hash == event_hash))


def inclusion_of(session: Session, index: int, size: int) -> tuple[bytes, ...]:
    """The hashes that lead from an entry to the root of the tree at `size`."""
    return tree.inclusion(Tiles(session).read, index, size)


def consistency_between(session: Session, old: int, new: int) -> tuple[bytes, ...]:
    """The hashes that show that the tree at `old` is the beginning of the tree at `new`."""
    return tree.consistency(Tiles(session).read, old, new)


def _published(found: SignedCheckpoint | None) -> Published | None:
    if found is None:
        return None
    return Published(Checkpoint(found.origin, found.size, found.root), found.note, found.at)
