"""The mandates that somebody gave and received, as a page lists them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from workflow.people.models import Appointment, Mandate, Party, Person
from workflow.people.queries import Office

PRINCIPAL, DELEGATE = aliased(Person), aliased(Person)


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One mandate: who lets whom answer for which office, from when until when, how far and why."""

    id: int
    principal: str
    delegate: str
    office: Office
    starts_on: date
    ends_on: date
    scope: str
    reason: str
    revoked_at: datetime | None

    def ended(self, on: date) -> bool:
        """Whether it is over on a day."""
        return self.revoked_at is not None or self.ends_on < on


@dataclass(frozen=True, slots=True)
class MandatePage:
    """What a person gave and received, the newest first; `people` are those who can be asked."""

    given: tuple[MandateLine, ...]
    received: tuple[MandateLine, ...]
    people: tuple[tuple[int, str], ...]


def mandate_page(session: Session, person: int) -> MandatePage:
    """The mandates of `person`."""
    others = (
        select(Person.id, Person.name)
        .where(Person.id != person, Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return MandatePage(
        given=_lines(session, Appointment.person_id == person),
        received=_lines(session, Mandate.person_id == person),
        people=tuple((row.id, row.name) for row in session.execute(others)),
    )


def _lines(session: Session, whose: ColumnElement[bool]) -> tuple[MandateLine, ...]:
    rows = session.execute(
        select(Mandate, PRINCIPAL.name, DELEGATE.name, Appointment, Party)
        .join(Appointment, Appointment.id == Mandate.appointment_id)
        .join(PRINCIPAL, PRINCIPAL.id == Appointment.person_id)
        .join(DELEGATE, DELEGATE.id == Mandate.person_id)
        .join(Party, Party.id == Appointment.party_id)
        .where(whose)
        .order_by(Mandate.id.desc())
    )
    return tuple(
        MandateLine(
            id=mandate.id,
            principal=principal,
            delegate=delegate,
            office=Office(held.id, held.role, party.id, party.key, party.name),
            starts_on=mandate.starts_on,
            ends_on=mandate.ends_on,
            scope=mandate.scope,
            reason=mandate.reason,
            revoked_at=mandate.revoked_at,
        )
        for mandate, principal, delegate, held, party in rows
    )
