"""How a case moves: entering a state, opening rounds, and settling them."""

from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from workflow.audit.events.cases import StateEntered
from workflow.audit.events.rounds import AskedSeat, RoundOpened, RoundSettled
from workflow.engine import notifications, round_state
from workflow.engine.documents import bound_content
from workflow.engine.models import Round, Seat
from workflow.engine.permissions import participants
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import capacities, closure, reminders, time_acts
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import machine, rules
from workflow.lifecycles.calendar import due
from workflow.lifecycles.definition import Opens, RoundSpec


def enter(
    work: UnitOfWork,
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
    case, definition = work.case, work.definition
    before = case.state
    case.state, case.stage = state, definition.states[state].stage.value
    case.entered_at = effective_at or work.now
    work.note(
        StateEntered(
            before=before,
            state=state,
            stage=case.stage,
            round=cause,
            outcome=outcome,
            version=work.next_version(),
        ),
        effective_at=effective_at,
    )
    for spec in definition.rounds_in(state):
        if spec.opens is Opens.ON_ENTRY and (not goes_on or before in spec.states):
            open_round(work, spec)


def open_round(work: UnitOfWork, spec: RoundSpec, *, reason: str = "") -> RoundState:
    """Open `spec` on the case with its seats frozen and its content bound; returns how it sits."""
    session, case, now = work.session, work.case, work.now
    seats_for, incidents = participants.resolve_participants(session, case.id, spec, now.date())
    bound, digest = bound_content.under_decision(session, case.id, spec.text)
    turn = 1 + (
        session.scalar(
            select(func.max(Round.turn)).where(Round.case_id == case.id, Round.key == spec.key)
        )
        or 0
    )
    due_at = due(spec.within, now)
    told = [at for _, at in reminders.planned(spec, due_at, now)]
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
            acts_at=time_acts.acts_at(spec, due_at, told),
            content_digest=digest,
            content=bound,
            explanation=" ".join(incidents),
        )
        .returning(Round.id)
    ).scalar_one()
    _seat(session, (round_id, spec.key, case.id), seats_for, now, due_at)
    round_ = round_state.by_id(session, round_id)
    written = work.note(
        RoundOpened(
            round=spec.key,
            turn=turn,
            state=case.state,
            due=due_at,
            content=digest,
            seats=tuple(map(_asked, round_.seats)),
            incidents=tuple(incidents),
            version=work.next_version(),
            reason=reason,
        ),
    )
    reminders.plan(work, spec, round_id, due_at)
    notifications.seats_opened(work, spec, round_id, written)
    return round_


def _asked(seat: SeatState) -> AskedSeat:
    """A seat with its part, as the opening of its round names it."""
    return AskedSeat(
        role=seat.role, party=seat.party_key, part=seat.part.value, category=seat.category
    )


def _seat(
    session: Session,
    of: tuple[int, str, int],
    seats_for: list[participants.Participant],
    now: datetime,
    due_at: datetime | None,
) -> None:
    round_id, key, case_id = of
    unique = {(p.spec.role, p.party_id, p.spec.category): p for p in seats_for}
    if unique:
        session.execute(
            insert(Seat),
            [
                {
                    "round_id": round_id,
                    "case_id": case_id,
                    "role": p.spec.role,
                    "party_id": p.party_id,
                    "round_key": key,
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
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    reading: rules.Reading,
    *,
    effective_at: datetime | None = None,
) -> None:
    """Settle the round as `reading` says and make the one move that its outcome fires."""
    outcome = reading.outcome or ""
    silent = tuple(seat.party_key for seat in round_.silent)
    written = work.note(
        RoundSettled(
            round=spec.key,
            turn=round_.turn,
            outcome=outcome,
            version=work.next_version(),
            silent=silent if spec.rule.silence else None,
            explanation=reading.explanation,
        ),
        effective_at=effective_at,
    )
    closure.close(
        work.session,
        round_,
        status="settled",
        outcome=outcome,
        explanation=reading.explanation,
        settled_at=written.at,
        effective_at=effective_at or written.at,
    )
    reminders.drop(work, spec, round_.id)
    notifications.round_settled(work, spec, round_, outcome, written)
    for appoints in spec.appoints:
        if appoints.outcome == outcome:
            capacities.take_part(work, round_, appoints)
    target = spec.outcomes[outcome]
    state = machine.next_state(work.definition, work.case.state, spec.key, outcome)
    if target.state is not None:
        goes_on = closure.leave(work, state, effective_at)
        enter(
            work, state, cause=spec.key, outcome=outcome,
            effective_at=effective_at, goes_on=goes_on,
        )  # fmt: skip
    for key in target.opens:
        open_round(work, work.definition.rounds[key])
