"""The offices that people hold: one person's, and everybody's who holds one of several."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.permissions.mandates import ActiveMandate, Office
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.reading import asked_once

_OFFICES = select(Appointment.role, Appointment.party_id, Appointment.id).where(
    Appointment.person_id == bindparam("person"), in_force(bindparam("today"))
)
_OFFICES_LOCKED = _OFFICES.with_for_update(read=True)


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """Somebody who holds an office today, or acts for whoever does under a mandate."""

    person: int
    name: str
    appointment: int
    mandate: ActiveMandate | None = None


@asked_once
def offices(
    session: Session, person: int, today: date, *, locked: bool = False
) -> dict[Office, int]:
    """The person's appointments in force, as (role, party) to appointment.

    Locked, none of them ends before the act that they are read for is recorded.
    """
    held = _OFFICES_LOCKED if locked else _OFFICES
    rows = session.connection().execute(held, {"person": person, "today": today})
    return {(role, party): appointment for role, party, appointment in rows}


def holders(
    session: Session, wanted: Collection[Office], today: date
) -> dict[Office, tuple[OfficeHolder, ...]]:
    """Who holds each of the offices today, by name; those without access are left out."""
    rows = session.execute(
        select(Appointment.role, Appointment.party_id, Person.id, Person.name, Appointment.id)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            tuple_(Appointment.role, Appointment.party_id).in_(sorted(wanted)),
            in_force(today),
            Person.disabled_at.is_(None),
        )
        .order_by(Appointment.role, Appointment.party_id, Person.name)
    ).all()
    return {
        office: tuple(OfficeHolder(*row[2:]) for row in group)
        for office, group in groupby(rows, key=lambda row: (row[0], row[1]))
    }


@asked_once
def is_held(session: Session, role: str, party: int, today: date) -> bool:
    """Whether somebody holds the role for the party today."""
    held = select(Appointment.id).where(
        Appointment.role == role, Appointment.party_id == party, in_force(today)
    )
    return session.scalars(held.limit(1)).first() is not None


@asked_once
def party_key(session: Session, party: int) -> str:
    """The key of a party."""
    return session.scalars(select(Party.key).where(Party.id == party)).one()
