"""The Board as appointments alone tell it, entered as the body that decides by default."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.bodies.commands import Charter, SeatGiven, describe_body, found_body, seat_party
from workflow.bodies.members import untied
from workflow.bodies.models import Body
from workflow.bodies.seats import BOARD, CHAIR, MEMBER, may_sit
from workflow.errors import Invalid
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party
from workflow.people.sittings import Sitting
from workflow.people.terms.tie import tie_appointment
from workflow.phrase import phrase
from workflow.vocabulary import BOARD_CHAIR, BOARD_MEMBER


def enter_board(session: Session, name: str, *, by: int | None, now: datetime) -> int:
    """Enter the Board with a seat for each party whose member is in office, and return its id.

    Who is appointed to it today or from a later day counts on this board alone from now on. Who may not sit there gets none. Refuses where a board is entered already, where nobody is a member, and where
    no member's party has the chair.
    """
    if session.scalar(select(Body.id).where(Body.kind == BOARD)):
        raise Invalid(phrase("A board is entered already; give its seats one by one."))
    seats = _members(session, now.date())
    chair = next(iter(_holding(session, BOARD_CHAIR, now.date()).keys() & seats.keys()), None)
    if not seats or chair is None:
        raise Invalid(
            phrase("Nobody is appointed member and chair of the Board yet; appoint them first.")
        )
    made = found_body(session, BOARD, Charter(kind=BOARD, name=name), by=by, now=now)
    for party, since in seats.items():
        place = CHAIR if party == chair else MEMBER
        given = SeatGiven(party_id=party, starts_on=since, place=place)
        seat_party(session, made, given, by=by, now=now)
    charter = Charter(kind=BOARD, name=name, by_default=True)
    describe_body(session, made, charter, by=by, now=now)
    for appointment in untied(session, seats, now.date()):
        tie_appointment(session, appointment, Sitting(made, BOARD), by=by, now=now)
    return made


def _members(session: Session, on: date) -> dict[int, date]:
    """The parties with a member in office that may sit on a board, and since when."""
    return {
        party: since
        for party, since in _holding(session, BOARD_MEMBER, on).items()
        if _may_sit(session.get_one(Party, party))
    }


def _may_sit(party: Party) -> bool:
    return may_sit(BOARD, party.kind, party.iso3, gives=party.gives)


def _holding(session: Session, role: str, on: date) -> dict[int, date]:
    """The parties that hold a role on a day, with the first day of whoever has held it longest."""
    held = (
        select(Appointment.party_id, Appointment.starts_on)
        .where(Appointment.role == role, in_force(on))
        .order_by(Appointment.party_id, Appointment.starts_on.desc())
    )
    return dict(session.execute(held).all())
