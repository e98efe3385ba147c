"""The events of a case as their bytes tell them, without any names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import UNREADABLE, Envelope, read_event
from workflow.audit.events.about import concerned_in, delegate_in, parties_in, principal_in
from workflow.audit.events.payload import Payload, Unknown
from workflow.audit.models import Event


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event; it says nothing and is not `readable` where its bytes were damaged."""

    id: int
    case_id: int
    seq: int
    type: str
    person: int | None
    at: datetime
    effective: datetime
    hash: bytes
    role: str = ""
    party: str = ""
    appointment: int | None = None
    what: Payload = field(default_factory=Unknown)
    committed: frozenset[str] = frozenset()
    readable: bool = True

    @property
    def parties(self) -> frozenset[str]:
        """The keys of the parties that it speaks of by name."""
        return parties_in(self.what) | ({self.party} if self.party else set())

    @property
    def people(self) -> frozenset[int]:
        """Everybody whose name it takes to tell it."""
        named = (self.person, principal_in(self.what), delegate_in(self.what))
        return concerned_in(self.what).union(each for each in named if each is not None)


def trail(session: Session, case_id: int) -> tuple[Recorded, ...]:
    """Every event of a case, the oldest first."""
    return recorded(
        session.scalars(select(Event).where(Event.case_id == case_id).order_by(Event.seq))
    )


def told_once(session: Session, case_id: int, seq: int) -> Recorded:
    """One event of a case by its number."""
    asked = select(Event).where(Event.case_id == case_id, Event.seq == seq)
    return _recorded(session.scalars(asked).one())


def recorded(events: Iterable[Event]) -> tuple[Recorded, ...]:
    """The events as their bytes tell them."""
    return tuple(map(_recorded, events))


def _recorded(event: Event) -> Recorded:
    try:
        return _read(event, read_event(event.body))
    except UNREADABLE:
        return Recorded(
            id=event.id, case_id=event.case_id, seq=event.seq, type=event.type,
            person=event.person_id, at=event.at, effective=event.at, hash=event.hash,
            readable=False,
        )  # fmt: skip


def _read(event: Event, told: Envelope) -> Recorded:
    return Recorded(
        id=event.id,
        case_id=event.case_id,
        seq=event.seq,
        type=event.type,
        person=event.person_id,
        at=event.at,
        effective=told.effective,
        hash=event.hash,
        role=told.role,
        party=told.party,
        appointment=told.appointment,
        what=told.what,
        committed=frozenset(told.commitments),
    )
