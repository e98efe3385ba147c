"""What an appointment leaves open when it ends: seats that its holder took, and mandates under it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.duty_models import SeatClaim
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round, Seat
from workflow.engine.permissions.offices import OfficeHolder, holders_of
from workflow.engine.permissions.visibility import known_to
from workflow.errors import NotFound
from workflow.people.models import Appointment, Mandate, Person
from workflow.phrase import phrase

MOST = 500


@dataclass(frozen=True, slots=True)
class TakenSeat:
    """A seat taken under an appointment and still open; the case is unnamed to who may not know of it."""

    case_id: int
    seat: int
    round_key: str
    round: str
    ref: str
    title: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class LapsingMandate:
    """A mandate given under an appointment, which ends with it."""

    delegate: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What an appointment leaves open, and who holds the same office today beside its holder.

    `waiting` counts the seats that are asked of the office; they wait for whoever holds it.
    """

    taken: tuple[TakenSeat, ...]
    waiting: int
    mandates: tuple[LapsingMandate, ...]
    successors: tuple[OfficeHolder, ...]

    def __bool__(self) -> bool:
        return bool(self.taken or self.mandates)


def left_open(session: Session, engine: Engine, number: int, viewer: int, today: date) -> LeftOpen:
    """What the appointment with this number leaves open; `viewer` is whom cases may be named to."""
    held = session.get(Appointment, number)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    others = holders_of(session, OfficeKey(held.role, held.party_id, held.body_id), today)
    waiting = select(func.count(Seat.id)).where(
        Seat.role == held.role, Seat.party_id == held.party_id, Seat.status == OPEN
    )
    if held.body_id is not None:
        waiting = waiting.where(or_(Seat.bench_id.is_(None), Seat.bench_id == held.body_id))
    return LeftOpen(
        taken=_taken(session, engine, number, viewer, today),
        waiting=session.scalar(waiting) or 0,
        mandates=_mandates(session, number, today),
        successors=tuple(each for each in others if each.person != held.person_id),
    )


def still_taken(number: int) -> Select[int, int, str]:
    """The seats taken under an appointment that are still open, as (case, seat, round)."""
    return (
        select(Seat.case_id, Seat.id, Round.key)
        .join(SeatClaim, SeatClaim.seat_id == Seat.id)
        .join(Round, Round.id == Seat.round_id)
        .where(
            SeatClaim.appointment_id == number,
            SeatClaim.ended_at.is_(None),
            Seat.status == OPEN,
            Round.status == OPEN,
        )
        .order_by(Seat.case_id, Seat.id)
        .limit(MOST)
    )


def _taken(
    session: Session, engine: Engine, number: int, viewer: int, today: date
) -> tuple[TakenSeat, ...]:
    rows = session.execute(
        still_taken(number)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .add_columns(
            LifecycleCase.definition_id, LifecycleCase.ref, LifecycleCase.title, Seat.due_at
        )
    ).all()
    may_know = known_to(viewer, today)
    asked = select(LifecycleCase.id).where(LifecycleCase.id.in_([row[0] for row in rows]), may_know)
    known = set(session.scalars(asked)) if rows else set()
    return tuple(
        TakenSeat(
            case,
            seat,
            key,
            engine.definition(definition or 0, session).rounds[key].label,
            ref if case in known else "",
            title if case in known else "",
            due,
        )
        for case, seat, key, definition, ref, title, due in rows
    )


def _mandates(session: Session, number: int, today: date) -> tuple[LapsingMandate, ...]:
    rows = session.execute(
        select(Person.name, Mandate.ends_on)
        .join(Person, Person.id == Mandate.person_id)
        .where(
            Mandate.appointment_id == number,
            Mandate.revoked_at.is_(None),
            Mandate.ends_on >= today,
        )
        .order_by(Mandate.ends_on, Mandate.id)
    )
    return tuple(LapsingMandate(*row) for row in rows)
