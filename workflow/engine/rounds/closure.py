"""What becomes of the open rounds of a case that moves on: closed, stopped, or let go on."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.models import Round, Seat
from workflow.engine.round_state import PAUSED_BY_STATE, Sitting
from workflow.engine.rounds import due_time, reminders
from workflow.engine.unit_of_work import Ledger
from workflow.vocabulary import EventType


def leave(ledger: Ledger, state: str, effective_at: datetime | None) -> bool:
    """Stop, restart or close the open rounds as the case moves on to `state`.

    Returns whether any of them goes on there where a pause had stopped it.
    """
    definition, goes_on = ledger.definition, False
    for sitting in round_state.open_rounds(ledger.session, ledger.case.id):
        spec = definition.rounds[sitting.key]
        if definition.states[state].pauses and state not in spec.states:
            if not sitting.paused_for:
                due_time.pause(ledger, spec, sitting, PAUSED_BY_STATE, effective_at)
        elif definition.states[ledger.case.state].pauses and _stopped_in(sitting, state):
            goes_on = True
            if sitting.paused_for == PAUSED_BY_STATE:
                due_time.resume(ledger, spec, sitting, effective_at)
        else:
            overtake(ledger, sitting)
    return goes_on


def _stopped_in(sitting: Sitting, state: str) -> bool:
    """Whether the clock of the round stands still since the case left `state`."""
    return sitting.state == state and bool(sitting.paused_for)


def overtake(ledger: Ledger, sitting: Sitting) -> None:
    """Close one open round as overtaken."""
    written = ledger.note(EventType.ROUND_OVERTAKEN, {"round": sitting.key, "turn": sitting.turn})
    at = written.at
    close(ledger.session, sitting, status="overtaken", settled_at=at, effective_at=at)
    reminders.drop(ledger, ledger.definition.rounds[sitting.key], sitting.id)


def close(session: Session, sitting: Sitting, **values: Any) -> None:
    """Write how a round ended; its seats that nobody answered are overtaken."""
    session.execute(update(Round).where(Round.id == sitting.id).values(**values, paused_for=""))
    session.execute(
        update(Seat)
        .where(Seat.round_id == sitting.id, Seat.status == "open")
        .values(status="overtaken")
    )
