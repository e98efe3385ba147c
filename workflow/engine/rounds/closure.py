"""What becomes of the open rounds of a case that moves on: closed, stopped, or let go on."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflow.audit.events.rounds import RoundOvertaken
from workflow.engine import round_state
from workflow.engine.models import Round, Seat
from workflow.engine.round_state import PAUSED_BY_STATE, RoundState
from workflow.engine.rounds import due_time, reminders
from workflow.engine.unit_of_work import UnitOfWork


def leave(work: UnitOfWork, state: str, effective_at: datetime | None) -> bool:
    """Stop, restart or close the open rounds as the case moves on to `state`.

    Returns whether any of them goes on there where a pause had stopped it.
    """
    definition, goes_on = work.definition, False
    for round_ in round_state.open_rounds(work.session, work.case.id):
        spec = definition.rounds[round_.key]
        if definition.states[state].pauses and state not in spec.states:
            if not round_.paused_for:
                due_time.pause(work, spec, round_, PAUSED_BY_STATE, effective_at)
        elif definition.states[work.case.state].pauses and _stopped_in(round_, state):
            goes_on = True
            if round_.paused_for == PAUSED_BY_STATE:
                due_time.resume(work, spec, round_, effective_at)
        else:
            overtake(work, round_)
    return goes_on


def _stopped_in(round_: RoundState, state: str) -> bool:
    """Whether the clock of the round stands still since the case left `state`."""
    return round_.state == state and bool(round_.paused_for)


def overtake(work: UnitOfWork, round_: RoundState) -> None:
    """Close one open round as overtaken."""
    written = work.note(RoundOvertaken(round=round_.key, turn=round_.turn))
    at = written.at
    close(work.session, round_, status="overtaken", settled_at=at, effective_at=at)
    reminders.drop(work, work.definition.rounds[round_.key], round_.id)


def close(session: Session, round_: RoundState, **values: Any) -> None:
    """Write how a round ended; its seats that nobody answered are overtaken."""
    session.execute(
        update(Round).where(Round.id == round_.id).values(**values, paused_for="", acts_at=None)
    )
    session.execute(
        update(Seat)
        .where(Seat.round_id == round_.id, Seat.status == "open")
        .values(status="overtaken")
    )
