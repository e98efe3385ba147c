"""What the house knows of those whom a lifecycle asks: its offices and boards, and who alone holds them."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.permissions.participants import called, parties
from workflow.errors import NotFound
from workflow.forecast.simulation.panels import ANSWERED, AskedParty, Places
from workflow.forecast.simulation.plan import Absent
from workflow.lifecycles.definition import Definition
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Person
from workflow.phrase import phrase
from workflow.reading import unwritten

# No case has this number: what the house asks in every case is found for it as well.
NO_CASE = 0
Leaves = Mapping[str, tuple[tuple[datetime, datetime], ...]]


def places(session: Session, invented: Places, today: date) -> Places:
    """Whom each word of a lifecycle names: the offices of the house, and what was invented besides."""
    found: dict[str, tuple[AskedParty, ...]] = {}
    with unwritten(session):
        for of in invented:
            if not of.startswith(ANSWERED):
                ids = [party for party, _ in parties(session, NO_CASE, of, today)]
                known = called(session, set(ids))
                found[of] = tuple(
                    AskedParty(each, known[each].key, known[each].name) for each in ids
                )
    return {of: found.get(of) or group for of, group in invented.items()}


def absences(
    session: Session, definition: Definition, leaves: Leaves, among: Places, today: date
) -> dict[Absent, tuple[tuple[datetime, datetime], ...]]:
    """The offices that nobody can answer for while these are away: roles, or people by their address.

    Where somebody else holds an office too, it goes on. Refuses an address that nobody has.
    """
    found: dict[Absent, tuple[tuple[datetime, datetime], ...]] = {}
    for who, spans in leaves.items():
        if who in definition.roles:
            found[who, 0] = (*found.get((who, 0), ()), *spans)
            continue
        for role, party in _held_alone(session, who, today):
            seated = _seats_of(definition, role, party, among)
            found[role, seated] = (*found.get((role, seated), ()), *spans)
    return found


def _seats_of(definition: Definition, role: str, party: int, among: Places) -> int:
    """The party whose seat it is in a simulation: one that was invented stands for a case's own."""
    asked = [
        place.party
        for seat in definition.seats()
        if seat.role == role
        for place in among.get(seat.of, ())
    ]
    return party if party in asked or not asked else asked[0]


def _held_alone(session: Session, email: str, today: date) -> list[tuple[str, int]]:
    person = session.scalar(select(Person.id).where(Person.email == email.strip().lower()))
    if person is None:
        raise NotFound(
            phrase("Nobody has the address %(who)s, and no role is called so.", who=email)
        )
    holders = (
        select(Appointment.role, Appointment.party_id)
        .where(in_force(today))
        .group_by(Appointment.role, Appointment.party_id)
        .having(func.count(Appointment.person_id.distinct()) == 1)
        .having(func.min(Appointment.person_id) == person)
    )
    return [(role, party) for role, party in session.execute(holders)]
