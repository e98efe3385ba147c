"""What the permission check has to know: a person's offices and past, and what a round waits for."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import Document, Round, Seat, SignOff
from workflow.engine.permissions import participants
from workflow.engine.permissions.check import PermissionContext, Principal, PriorActs
from workflow.engine.permissions.claims import SeatStatus, seat_status
from workflow.engine.permissions.mandates import ActiveMandate
from workflow.engine.round_state import SUPERSEDED, RoundState, SeatState, latest
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import rules
from workflow.lifecycles.definition import Definition, Part, RoundSpec, RuleKind
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party
from workflow.reading import asked_once

SEAT_BARS = ("party:", "office:")

_OFFICES = select(Appointment.role, Appointment.party_id, Appointment.id).where(
    Appointment.person_id == bindparam("person"),
    in_force(bindparam("today")),
)
_OFFICES_LOCKED = _OFFICES.with_for_update(read=True)
_PAST: CompoundSelect[Any] = union_all(
    select(
        bindparam("signed", "signed", literal_execute=True).label("how"), Round.key.label("what")
    )
    .join(SignOff, SignOff.round_id == Round.id)
    .where(SignOff.case_id == bindparam("case_id"), SignOff.person_id == bindparam("person")),
    select(bindparam("signed_through", "signed", literal_execute=True), Round.key)
    .join(SignOff, SignOff.round_id == Round.id)
    .join(Appointment, Appointment.id == SignOff.appointment_id)
    .where(
        SignOff.case_id == bindparam("case_id"),
        SignOff.mandate_id.is_not(None),
        Appointment.person_id == bindparam("person"),
    ),
    select(bindparam("wrote", "wrote", literal_execute=True).label("how"), Document.kind).where(
        Document.case_id == bindparam("case_id"), Document.person_id == bindparam("person")
    ),
)


def openers(session: Session, case_id: int, spec: RoundSpec, today: date) -> tuple[SeatState, ...]:
    """The offices that may open an initiative for others to answer, where somebody holds them."""
    asked = [
        (of, party)
        for of in spec.opened_by
        for party, _ in participants.parties(session, case_id, of.of, today)
        if participants.is_held(session, of.role, party, today)
    ]
    keyed = select(Party.id, Party.key, Party.name).where(Party.id.in_({p for _, p in asked}))
    named = {row.id: row for row in session.execute(keyed)}
    return tuple(
        SeatState(
            id=-number,
            role=of.role,
            party_id=party,
            party_key=named[party].key,
            party_name=named[party].name,
            part=Part.DECIDES,
            category="",
            status="open",
            sign_off_id=None,
            turn=None,
            person=None,
            verdict=None,
        )
        for number, (of, party) in enumerate(asked, 1)
    )


@asked_once
def offices(
    session: Session, person: int, today: date, *, locked: bool = False
) -> dict[tuple[str, int], int]:
    """The person's appointments in force, as (role, party) to appointment.

    Locked, none of them ends before the act that they are read for is recorded.
    """
    held = _OFFICES_LOCKED if locked else _OFFICES
    rows = session.connection().execute(held, {"person": person, "today": today})
    return {(role, party): appointment for role, party, appointment in rows}


@asked_once
def prior_acts(session: Session, case_id: int, person: int) -> PriorActs:
    """What the person did in this case: rounds answered and texts written, ever."""
    rows = session.connection().execute(_PAST, {"case_id": case_id, "person": person}).all()
    return PriorActs(
        signed=frozenset(what for how, what in rows if how == "signed"),
        wrote=frozenset(what for how, what in rows if how == "wrote"),
    )


# What the check has to know is this much, and each is said by name.
def permission_context(  # noqa: PLR0913
    session: Session,
    definition: Definition,
    spec: RoundSpec,
    round_: RoundState | None,
    *,
    case_id: int,
    state: str,
    person: int,
    seat: int | None,
    now: datetime,
    mandate: ActiveMandate | None = None,
) -> PermissionContext:
    """Everything the permission check has to know about this person at this seat now."""
    at_seat = _holding(session, spec, round_, seat, person, now.date())
    seat_state = round_.seat(seat) if round_ and seat is not None else None
    return PermissionContext(
        offices={mandate.office: mandate.appointment}
        if mandate
        else offices(session, person, now.date()),
        past=prior_acts(session, case_id, person),
        round_open=round_ is None or round_.status == "open",
        in_state=state in spec.states,
        answered_here=_answered_here(round_, person, seat),
        waits_for=_waits_for(session, definition, spec, case_id, now),
        comes_after=turns(spec, round_).get(seat or 0, ""),
        decided_last=round_ is None and _decided_last(session, spec, case_id),
        heard=heard(session, spec, case_id),
        person=person,
        held=at_seat.held.get(seat or 0),
        interest=at_seat.interest(seat, person),
        undeclared=seat_state is not None and at_seat.owes(spec, seat_state.role, seat, person),
        lifted=at_seat.bars(seat, person),
        principal=Principal(
            name=mandate.name,
            past=prior_acts(session, case_id, mandate.principal),
            answered_here=_answered_here(round_, mandate.principal, seat),
            interest=at_seat.interest(seat, mandate.principal),
        )
        if mandate
        else None,
    )


def of_seat(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState | None,
    seat: SeatState,
    person: int,
    *,
    relieved: bool = False,
) -> PermissionContext:
    """What the check has to know of somebody at a seat who has not come to read its papers yet.

    `relieved` says that whoever has taken the seat is about to let go of it.
    """
    seen = permission_context(
        work.session,
        work.definition,
        spec,
        round_,
        case_id=work.case.id,
        state=work.case.state,
        person=person,
        seat=seat.id,
        now=work.now,
    )
    return replace(seen, undeclared=False, held=None if relieved else seen.held)


def _holding(
    session: Session,
    spec: RoundSpec,
    round_: RoundState | None,
    seat: int | None,
    person: int,
    today: date,
) -> SeatStatus:
    """What stands at one seat; who took it is asked only where it was somebody else."""
    seat_state = round_.seat(seat) if round_ and seat is not None else None
    seats = {seat_state.id} if seat_state else set[int]()
    taken = seats if seat_state and seat_state.claimant not in {None, person} else set[int]()
    return seat_status(session, spec, seats, taken, today)


def heard(session: Session, spec: RoundSpec, case_id: int) -> frozenset[tuple[str, str, int]]:
    """Which offices ever answered a round that bars parties or offices from this one."""
    rounds = {bar.split(":")[-1] for bar in spec.rule.never if bar.startswith(SEAT_BARS)}
    if not rounds:
        return frozenset()
    rows = session.execute(
        select(Round.key, Seat.role, Seat.party_id)
        .join(Seat, Seat.round_id == Round.id)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .where(Round.case_id == case_id, Round.key.in_(rounds))
        .distinct()
    )
    return frozenset((key, role, party) for key, role, party in rows)


def _answered_here(round_: RoundState | None, person: int, seat: int | None) -> bool:
    """Whether an answer of the person stands on another seat of the round."""
    seats = round_.seats if round_ else ()
    return any(c.id != seat and c.answered_by(person) for c in seats)


def turns(spec: RoundSpec, round_: RoundState | None) -> dict[int, str]:
    """Of each seat that is asked after others: who has to be for it first."""
    if round_ is None or spec.rule.kind is not RuleKind.SEQUENTIAL:
        return {}
    places, answers = round_.places(), round_.answers()
    before = {c.id: rules.comes_after(spec.rule, places, answers, c.id) for c in round_.seats}
    return {seat: ", ".join(p.name for p in first) for seat, first in before.items() if first}


def _decided_last(session: Session, spec: RoundSpec, case_id: int) -> bool:
    """Whether a round that may not run twice running is what settled here last.

    A window that a changed text closed has decided nothing.
    """
    if spec.rule.silence is None or not spec.rule.silence.not_twice_running:
        return False
    settled = select(Round.key).where(
        Round.case_id == case_id,
        Round.status == "settled",
        Round.state.in_(spec.states),
        Round.outcome != SUPERSEDED,
    )
    last = settled.order_by(Round.settled_at.desc(), Round.id.desc()).limit(1)
    return session.scalar(last) == spec.key


def _waits_for(
    session: Session, definition: Definition, spec: RoundSpec, case_id: int, now: datetime
) -> str:
    """The label of the round that has to be heard first and has not been, or nothing."""
    if not spec.after_round:
        return ""
    first = latest(session, case_id, spec.after_round)
    if first is None or first.status != "open":
        return ""
    heard = all(seat.status in ("answered", "recused") for seat in first.seats)
    return "" if heard or first.time_is_up(now) else definition.rounds[spec.after_round].label
