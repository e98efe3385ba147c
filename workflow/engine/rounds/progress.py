"""How a case moves: entering a state, opening rounds, settling them, and closing the others."""

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from workflow.clock import written as as_written
from workflow.engine import notifications, round_state
from workflow.engine.documents import bound_content
from workflow.engine.models import Round, Seat
from workflow.engine.permissions import participants
from workflow.engine.round_state import Sitting
from workflow.engine.rounds import capacities, closure, reminders
from workflow.engine.unit_of_work import Ledger
from workflow.lifecycles import machine, rules
from workflow.lifecycles.calendar import due
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.vocabulary import EventType


def enter(
    ledger: Ledger,
    state: str,
    *,
    cause: str = "",
    outcome: str = "",
    effective_at: datetime | None = None,
    goes_on: bool = False,
) -> None:
    """Put the case into `state`, write it on the trail, and open the rounds that stand there.

    Where the case `goes_on` as it was before a pause, only what the pause overtook opens anew.
    """
    case, definition = ledger.case, ledger.definition
    before = case.state
    case.state, case.stage = state, definition.states[state].stage.value
    case.entered_at = effective_at or ledger.now
    ledger.note(
        EventType.STATE_ENTERED,
        {
            "from": before,
            "to": state,
            "stage": case.stage,
            "round": cause,
            "outcome": outcome,
            "version": ledger.next_version(),
        },
        effective_at=effective_at,
    )
    for spec in definition.rounds_in(state):
        if spec.opens is Opens.ON_ENTRY and (not goes_on or before in spec.states):
            open_round(ledger, spec)


def open_round(ledger: Ledger, spec: RoundSpec, *, reason: str = "") -> Sitting:
    """Open `spec` on the case with its seats frozen and its content bound; returns how it sits."""
    session, case, now = ledger.session, ledger.case, ledger.now
    placings, incidents = participants.seat_all(session, case.id, spec, now.date())
    bound, digest = bound_content.under_decision(session, case.id, spec.text)
    turn = 1 + (
        session.scalar(
            select(func.max(Round.turn)).where(Round.case_id == case.id, Round.key == spec.key)
        )
        or 0
    )
    due_at = due(spec.within, now)
    round_id = session.execute(
        insert(Round)
        .values(
            case_id=case.id,
            key=spec.key,
            turn=turn,
            state=case.state,
            status="open",
            opened_at=now,
            due_at=due_at,
            content_digest=digest,
            content=bound,
            explanation=" ".join(incidents),
        )
        .returning(Round.id)
    ).scalar_one()
    _seat(session, round_id, case.id, placings, now, due_at)
    sitting = round_state.by_id(session, round_id)
    written = ledger.note(
        EventType.ROUND_OPENED,
        {
            "round": spec.key,
            "turn": turn,
            "state": case.state,
            "due": as_written(due_at) if due_at else None,
            "content": digest,
            "seats": [
                {"role": c.role, "party": c.party_key, "part": c.part.value, "category": c.category}
                for c in sitting.chairs
            ],
            "incidents": incidents,
            "version": ledger.next_version(),
        },
        private={"reason": reason},
    )
    reminders.plan(ledger, spec, round_id, due_at)
    notifications.seats_opened(ledger, spec, round_id, written)
    return sitting


def _seat(
    session: Session,
    round_id: int,
    case_id: int,
    placings: list[participants.Placing],
    now: datetime,
    due_at: datetime | None,
) -> None:
    unique = {(p.spec.role, p.party_id, p.spec.category): p for p in placings}
    if unique:
        session.execute(
            insert(Seat),
            [
                {
                    "round_id": round_id,
                    "case_id": case_id,
                    "role": p.spec.role,
                    "party_id": p.party_id,
                    "part": p.spec.part.value,
                    "category": p.spec.category,
                    "because": p.because,
                    "status": "open",
                    "opened_at": now,
                    "due_at": due_at,
                }
                for p in unique.values()
            ],
        )


def settle(
    ledger: Ledger,
    spec: RoundSpec,
    sitting: Sitting,
    reading: rules.Reading,
    *,
    effective_at: datetime | None = None,
) -> None:
    """Settle the round as `reading` says and make the one move that its outcome fires."""
    outcome = reading.outcome or ""
    silent = [chair.party_key for chair in sitting.silent]
    written = ledger.note(
        EventType.ROUND_SETTLED,
        {
            "round": spec.key,
            "turn": sitting.turn,
            "outcome": outcome,
            "version": ledger.next_version(),
            **({"silent": silent} if spec.rule.silence else {}),
        },
        private={"explanation": reading.explanation},
        effective_at=effective_at,
    )
    closure.close(
        ledger.session,
        sitting,
        status="settled",
        outcome=outcome,
        explanation=reading.explanation,
        settled_at=written.at,
        effective_at=effective_at or written.at,
    )
    reminders.drop(ledger, spec, sitting.id)
    notifications.round_settled(ledger, spec, sitting, outcome, written)
    for appoints in spec.appoints:
        if appoints.outcome == outcome:
            capacities.take_part(ledger, sitting, appoints)
    target = spec.outcomes[outcome]
    state = machine.next_state(ledger.definition, ledger.case.state, spec.key, outcome)
    if target.state is not None:
        goes_on = closure.leave(ledger, state, effective_at)
        enter(
            ledger, state, cause=spec.key, outcome=outcome,
            effective_at=effective_at, goes_on=goes_on,
        )  # fmt: skip
    for key in target.opens:
        open_round(ledger, ledger.definition.rounds[key])
