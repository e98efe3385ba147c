"""The events of a case as their bytes tell them, without any names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.models import Event
from workflow.clock import read
from workflow.errors import Refusal

OPAQUE = re.compile(r"p(\d{1,9})", re.ASCII)
# What reading bytes that somebody altered behind the engine's back may come to.
UNREADABLE = (Refusal, ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event; `what` is empty and `readable` false where its bytes were damaged."""

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
    what: Mapping[str, Any] = field(default_factory=dict)
    committed: frozenset[str] = frozenset()
    readable: bool = True

    @property
    def parties(self) -> frozenset[str]:
        """The keys of the parties that it speaks of by name."""
        seat = self.what.get("seat") or {}
        seats = [place["party"] for place in self.what.get("seats", ())]
        named = (self.party, self.what.get("party"), self.what.get("proposer"), seat.get("party"))
        unreached = self.what.get("undelivered", ())
        return frozenset(key for key in (*named, *seats, *unreached) if key)

    @property
    def principal(self) -> int | None:
        """The person for whom somebody acted under a mandate."""
        return _person(self.what.get("for"))

    @property
    def delegate(self) -> int | None:
        """The person whom it is about: given a mandate or a seat, or freed from a bar."""
        given = self.what.get("to") if {"mandate", "under"} & self.what.keys() else None
        return _person(given or self.what.get("whom"))

    @property
    def people(self) -> frozenset[int]:
        """Everybody whose name it takes to tell it."""
        named = (self.person, self.principal, self.delegate)
        return frozenset(each for each in named if each is not None)

    @property
    def round(self) -> tuple[str, int]:
        """The round and turn that it belongs to."""
        return self.what["round"], self.what["turn"]


def trail(session: Session, case_id: int) -> tuple[Recorded, ...]:
    """Every event of a case, the oldest first."""
    return recorded(
        session.scalars(select(Event).where(Event.case_id == case_id).order_by(Event.seq))
    )


def recorded(events: Iterable[Event]) -> tuple[Recorded, ...]:
    """The events as their bytes tell them."""
    return tuple(map(_recorded, events))


def _recorded(event: Event) -> Recorded:
    try:
        return _read(event, canonical.parse(event.body))
    except UNREADABLE:
        return Recorded(
            id=event.id, case_id=event.case_id, seq=event.seq, type=event.type,
            person=event.person_id, at=event.at, effective=event.at, hash=event.hash,
            readable=False,
        )  # fmt: skip


def _read(event: Event, body: Mapping[str, Any]) -> Recorded:
    return Recorded(
        id=event.id,
        case_id=event.case_id,
        seq=event.seq,
        type=event.type,
        person=event.person_id,
        at=event.at,
        effective=read(body.get("effective", body["at"])),
        hash=event.hash,
        role=body["role"],
        party=body["party"],
        appointment=body["appointment"],
        what=dict(body["what"]),
        committed=frozenset(body["commitments"]),
    )


def _person(opaque: Any) -> int | None:
    """The person whom a trail calls by this id."""
    known = isinstance(opaque, str) and OPAQUE.fullmatch(opaque)
    return int(known[1]) if known else None
