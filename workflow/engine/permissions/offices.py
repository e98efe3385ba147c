"""The offices that people hold: one person's, and everybody's who holds one of several."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import BindParameter, Date, bindparam, select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.permissions.mandates import ActiveMandate, Office, with_delegates
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.people.queries import current_offices
from workflow.reading import asked_once
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction

LOCKED = PreparedStatement(
    select(Appointment.role, Appointment.party_id, Appointment.id)
    .where(Appointment.person_id == bindparam("person"), in_force(bindparam("today")))
    .with_for_update(read=True)
)

_TODAY: BindParameter[date] = bindparam("today", type_=Date)
_WITH_DELEGATES = with_delegates(_TODAY).where(
    tuple_(Appointment.role, Appointment.party_id).in_(bindparam("offices", expanding=True)),
    in_force(_TODAY),
    Person.disabled_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """Somebody who holds an office today, or acts for whoever does under a mandate."""

    person: int
    name: str
    appointment: int
    mandate: ActiveMandate | None = None


def offices(
    session: Session, person: int, today: date, *, locked: bool = False
) -> dict[Office, int]:
    """The person's appointments in force, as (role, party) to appointment.

    Locked, none of them ends before the act that they are read for is recorded.
    """
    if not locked:
        held = current_offices(session, person, today)
        return {(each.role, each.party_id): each.appointment_id for each in held}
    (rows,) = Transaction.of(session).read((LOCKED, {"person": person, "today": today}))
    return held_in(rows)


def held_in(rows: Iterable[tuple[str, int, int]]) -> dict[Office, int]:
    """The appointments that were found, by role and party."""
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


def holders_and_delegates(
    session: Session, wanted: Collection[Office], today: date
) -> dict[Office, tuple[OfficeHolder, ...]]:
    """Who holds each of the offices today, by name, and then who acts for them, the first given first."""
    if not wanted:
        return {}
    values = {"offices": sorted(wanted), "today": today}
    rows = session.connection().execute(_WITH_DELEGATES, values).all()
    held: dict[Office, dict[int, OfficeHolder]] = {}
    acting: dict[Office, list[OfficeHolder]] = {}
    for appointment, role, party, person, name, *rest in rows:
        own = OfficeHolder(person, name, appointment)
        held.setdefault((role, party), {}).setdefault(appointment, own)
        mandate, delegate, scope, granted_at, called = rest
        if called is not None:
            given = ActiveMandate(
                mandate, delegate, appointment, role, party, person, name, scope, granted_at
            )
            acting.setdefault((role, party), []).append(
                OfficeHolder(delegate, called, appointment, given)
            )
    for group in acting.values():
        group.sort(key=lambda each: each.mandate.id if each.mandate else 0)
    return {office: (*own.values(), *acting.get(office, ())) for office, own in held.items()}


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
