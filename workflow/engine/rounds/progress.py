"""How a case moves: entering a state, opening rounds, and settling them."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from workflow.audit.events.cases import StateEntered
from workflow.audit.events.rounds import AskedSeat, RoundOpened, RoundSettled
from workflow.database import Base
from workflow.engine import notifications
from workflow.engine.documents import bound_content
from workflow.engine.models import Round, Seat
from workflow.engine.permissions import participants
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import capacities, closure, reminders, time_acts
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import machine, rules
from workflow.lifecycles.calendar import due
from workflow.lifecycles.definition import Opens, Part, RoundSpec
from workflow.people.models import Party
from workflow.transactions.rows import PreparedRows
from workflow.transactions.statements import PreparedStatement

_ROUNDS = Base.metadata.tables[Round.__tablename__]
_SEATS = Base.metadata.tables[Seat.__tablename__]
_PARTIES = Base.metadata.tables[Party.__tablename__]
_BEFORE = (
    select(func.coalesce(func.max(_ROUNDS.c.turn), 0) + 1)
    .where(_ROUNDS.c.case_id == bindparam("of_case"), _ROUNDS.c.key == bindparam("of_key"))
    .scalar_subquery()
)
_OPEN = PreparedStatement(
    insert(_ROUNDS).values(turn=_BEFORE).returning(_ROUNDS.c.id, _ROUNDS.c.turn),
    (
        *("case_id", "key", "state", "status", "opened_at", "due_at", "acts_at"),
        *("content_digest", "content", "explanation"),
    ),
)
_FROZEN = PreparedRows(
    _SEATS,
    (
        *("round_id", "case_id", "role", "party_id", "round_key", "part", "category", "because"),
        *("status", "opened_at", "due_at"),
    ),
)
_SEATED = PreparedStatement(
    select(
        *(_SEATS.c.id, _SEATS.c.role, _SEATS.c.party_id, _SEATS.c.part, _SEATS.c.category),
        *(_SEATS.c.because, _SEATS.c.status, _SEATS.c.due_at, _PARTIES.c.key, _PARTIES.c.name),
        _PARTIES.c.kind,
    )
    .join(_PARTIES, _PARTIES.c.id == _SEATS.c.party_id)
    .where(_SEATS.c.round_id == bindparam("of_round"))
    .order_by(_SEATS.c.id)
)


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
    due_at = due(spec.within, now)
    told = [at for _, at in reminders.planned(spec, due_at, now)]
    ((opened,),) = work.transaction.read(
        (
            _OPEN,
            {
                "case_id": case.id,
                "key": spec.key,
                "state": case.state,
                "status": "open",
                "opened_at": now,
                "due_at": due_at,
                "acts_at": time_acts.acts_at(spec, due_at, told),
                "content_digest": digest,
                "content": bound,
                "explanation": " ".join(incidents),
                "of_case": case.id,
                "of_key": spec.key,
            },
        )
    )
    round_id, turn = opened
    round_ = RoundState(
        id=round_id,
        key=spec.key,
        turn=turn,
        status="open",
        state=case.state,
        opened_at=now,
        due_at=due_at,
        acts_at=time_acts.acts_at(spec, due_at, told),
        content=bound,
        content_digest=digest,
        explanation=" ".join(incidents),
        seats=(),
    )
    round_ = replace(round_, seats=_seated(work, round_, seats_for))
    written = work.note(
        RoundOpened(
            round=spec.key,
            turn=round_.turn,
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


def _seated(
    work: UnitOfWork, round_: RoundState, seats_for: list[participants.Participant]
) -> tuple[SeatState, ...]:
    """Freeze the seats of a round that opens; answers with how they sit."""
    unique = {(p.spec.role, p.party_id, p.spec.category): p for p in seats_for}
    rows = [
        {
            "round_id": round_.id,
            "case_id": work.case.id,
            "role": p.spec.role,
            "party_id": p.party_id,
            "round_key": round_.key,
            "part": p.spec.part.value,
            "category": p.spec.category,
            "because": p.because,
            "status": "open",
            "opened_at": round_.opened_at,
            "due_at": round_.due_at,
        }
        for p in unique.values()
    ]
    work.transaction.write_rows(_FROZEN, rows)
    (found,) = work.transaction.read((_SEATED, {"of_round": round_.id}))
    return tuple(map(_fresh, found))


def _fresh(row: Any) -> SeatState:
    """A seat that was asked just now."""
    return SeatState(
        id=row.id,
        role=row.role,
        party_id=row.party_id,
        party_key=row.key,
        party_name=row.name,
        part=Part(row.part),
        category=row.category,
        status=row.status,
        sign_off_id=None,
        turn=None,
        person=None,
        verdict=None,
        because=row.because,
        office=row.kind == "office",
        due_at=row.due_at,
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
        work,
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
