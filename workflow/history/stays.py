"""The states that a case has stood in, from when until when, as its trail tells."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.models import Event
from workflow.clock import read
from workflow.vocabulary import EventType

MOVING = (
    EventType.CASE_OPENED,
    EventType.PROGRAMME_IMPORTED,
    EventType.IMPORT_REVISED,
    EventType.STATE_ENTERED,
)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a case in a state; the last one has no end yet."""

    state: str
    since: datetime
    until: datetime | None


def passage(session: Session, case_id: int) -> tuple[Stay, ...]:
    """Every stay, the oldest first."""
    rows = session.scalars(
        select(Event.body)
        .where(Event.case_id == case_id, Event.type.in_([each.value for each in MOVING]))
        .order_by(Event.seq)
    )
    entered: list[tuple[str, datetime]] = []
    for body in map(canonical.parse, rows):
        state = body["what"].get("to") or body["what"]["state"]
        if not entered or entered[-1][0] != state:
            entered.append((state, read(body.get("effective", body["at"]))))
    ends = [*(at for _, at in entered[1:]), None]
    return tuple(Stay(state, at, end) for (state, at), end in zip(entered, ends, strict=True))
