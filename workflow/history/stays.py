"""The states that a case has stood in, from when until when, as its trail tells."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import read_event
from workflow.audit.events.cases import CaseMigrated, InState
from workflow.audit.models import Event
from workflow.vocabulary import EventType

MOVING = (
    EventType.CASE_OPENED,
    EventType.PROGRAMME_IMPORTED,
    EventType.IMPORT_REVISED,
    EventType.PROGRAMME_PLACED,
    EventType.STATE_ENTERED,
    EventType.CASE_MIGRATED,
)
_MOVES = (
    select(Event.body)
    .where(Event.case_id == bindparam("case_id"), Event.type.in_([each.value for each in MOVING]))
    .order_by(Event.seq)
)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a case in a state; the last one has no end yet."""

    state: str
    since: datetime
    until: datetime | None


def passage(session: Session, case_id: int) -> tuple[Stay, ...]:
    """Every stay, the oldest first."""
    rows = session.connection().scalars(_MOVES, {"case_id": case_id})
    entered: list[tuple[str, datetime]] = []
    for event in map(read_event, rows):
        what = event.what
        if isinstance(what, CaseMigrated):
            called = {each.before: each.now for each in what.states}
            entered = [(called.get(state, state), at) for state, at in entered]
        if isinstance(what, InState) and (not entered or entered[-1][0] != what.state):
            entered.append((what.state, event.effective))
    ends = [*(at for _, at in entered[1:]), None]
    return tuple(Stay(state, at, end) for (state, at), end in zip(entered, ends, strict=True))
