"""The offices that people hold: one person's, and everybody's who holds one of several."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, Date, bindparam, or_, select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.benches import AskedPlace, OfficeKey, asked
from workflow.engine.permissions.mandates import ActiveMandate, with_delegates
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.people.queries import current_offices
from workflow.reading import asked_once
from workflow.transactions.statements import Asked, PreparedStatement
from workflow.transactions.transaction import Transaction

LOCKED = PreparedStatement(
    select(Appointment.role, Appointment.party_id, Appointment.body_id, Appointment.id)
    .where(Appointment.person_id == bindparam("person"), in_force(bindparam("today")))
    .with_for_update(read=True)
)

_TODAY: BindParameter[date] = bindparam("today", type_=Date)
_WITH_DELEGATES = with_delegates(_TODAY).where(
    tuple_(Appointment.role, Appointment.party_id).in_(bindparam("offices", expanding=True)),
    in_force(_TODAY),
    Person.disabled_at.is_(None),
)

# The word by which a lifecycle names an office of the house.
OFFICE = "office"
PARTY_CALLED = select(Party.id).where(Party.key == bindparam("called"))
_OF_OFFICE = PreparedStatement(PARTY_CALLED)


@dataclass(frozen=True, slots=True)
class OfficeHolder:
    """Somebody who holds an office today, or acts for whoever does under a mandate."""

    person: int
    name: str
    appointment: int
    mandate: ActiveMandate | None = None
    bench: int | None = None


def offices(
    session: Session, person: int, today: date, *, locked: bool = False
) -> dict[OfficeKey, int]:
    """The person's appointments in force, by office.

    Locked, none of them ends before the act that they are read for is recorded.
    """
    if not locked:
        held = current_offices(session, person, today)
        return {
            OfficeKey(each.role, each.party_id, each.body_id): each.appointment_id for each in held
        }
    (rows,) = Transaction.of(session).read((LOCKED, {"person": person, "today": today}))
    return held_in(rows)


def held_in(rows: Iterable[tuple[str, int, int | None, int]]) -> dict[OfficeKey, int]:
    """The appointments that were found, by office."""
    return {OfficeKey(role, party, bench): appointment for role, party, bench, appointment in rows}


def party_asked(of: str) -> Asked | None:
    """What asks for the party that `of` names, where it is an office of the house; else nothing."""
    head, _, key = of.partition(":")
    return (_OF_OFFICE, {"called": key}) if head == OFFICE else None


def holders(
    session: Session, wanted: Collection[AskedPlace], today: date
) -> dict[OfficeKey, tuple[OfficeHolder, ...]]:
    """Who holds each of the offices today, by name; those without access are left out."""
    rows = session.execute(
        select(
            *(Appointment.role, Appointment.party_id, Appointment.body_id),
            *(Person.id, Person.name, Appointment.id),
        )
        .join(Person, Person.id == Appointment.person_id)
        .where(
            tuple_(Appointment.role, Appointment.party_id).in_(_named(wanted)),
            in_force(today),
            Person.disabled_at.is_(None),
        )
        .order_by(Appointment.role, Appointment.party_id, Person.name)
    ).all()
    held = [
        (OfficeKey(role, party, bench), OfficeHolder(person, name, appointment, bench=bench))
        for role, party, bench, person, name, appointment in rows
    ]
    return _fitting(wanted, held)


def holders_of(session: Session, place: AskedPlace, today: date) -> tuple[OfficeHolder, ...]:
    """Who holds the office that one place asks."""
    return holders(session, [place], today).get(asked(place), ())


def holders_and_delegates(
    session: Session, wanted: Collection[AskedPlace], today: date
) -> dict[OfficeKey, tuple[OfficeHolder, ...]]:
    """Who holds each of the offices today, by name, and then who acts for them, the first given first."""
    if not wanted:
        return {}
    values = {"offices": _named(wanted), "today": today}
    rows = session.connection().execute(_WITH_DELEGATES, values).all()
    held: dict[int, tuple[OfficeKey, OfficeHolder]] = {}
    acting: list[tuple[OfficeKey, OfficeHolder]] = []
    for appointment, role, party, person, name, *rest in rows:
        mandate, delegate, scope, granted_at, called, bench = rest
        office = OfficeKey(role, party, bench)
        own = OfficeHolder(person, name, appointment, bench=bench)
        held.setdefault(appointment, (office, own))
        if called is not None:
            given = ActiveMandate(
                mandate, delegate, appointment, role, party, person, name, scope, granted_at, bench
            )
            acting.append((office, OfficeHolder(delegate, called, appointment, given, bench)))
    acting.sort(key=lambda each: each[1].mandate.id if each[1].mandate else 0)
    return _fitting(wanted, [*held.values(), *acting])


def _named(wanted: Collection[AskedPlace]) -> list[tuple[str, int]]:
    """The roles and parties that are asked, whatever the bench."""
    return sorted({(place.role, place.party_id) for place in wanted})


def _fitting(
    wanted: Collection[AskedPlace], held: Sequence[tuple[OfficeKey, OfficeHolder]]
) -> dict[OfficeKey, tuple[OfficeHolder, ...]]:
    """Of each office that is asked and held: those who count there."""
    found = {
        asked(place): tuple(holder for office, holder in held if office.fits(place))
        for place in wanted
    }
    return {office: who for office, who in found.items() if who}


@asked_once
def is_held(session: Session, office: OfficeKey, today: date) -> bool:
    """Whether somebody holds the office today."""
    held = select(Appointment.id).where(
        Appointment.role == office.role, Appointment.party_id == office.party_id, in_force(today)
    )
    if office.bench is not None:
        held = held.where(or_(Appointment.body_id.is_(None), Appointment.body_id == office.bench))
    return session.scalars(held.limit(1)).first() is not None


@asked_once
def party_key(session: Session, party: int) -> str:
    """The key of a party."""
    return session.scalars(select(Party.key).where(Party.id == party)).one()
