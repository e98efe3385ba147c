"""The mandates in force: for whom somebody may answer, in which office and how far."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session, aliased

from workflow.people.appointments import in_force
from workflow.people.mandates import ALL
from workflow.people.models import Appointment, Mandate, Person
from workflow.reading import asked_once

Office = tuple[str, int]
DELEGATE = aliased(Person)


@dataclass(frozen=True, slots=True)
class ActiveMandate:
    """Somebody acts for `principal`, under the appointment of theirs that the mandate names."""

    id: int
    person: int
    appointment: int
    role: str
    party_id: int
    principal: int
    name: str
    scope: str
    granted_at: datetime

    @property
    def office(self) -> Office:
        """The office that it is about."""
        return self.role, self.party_id

    def covers(self, ref: str, round_key: str) -> bool:
        """Whether it reaches as far as this round of this case."""
        return self.scope in {ALL, f"round:{round_key}", f"case:{ref}"}


@asked_once
def received(
    session: Session, person: int, today: date, *, locked: bool = False
) -> tuple[ActiveMandate, ...]:
    """The mandates that `person` may use today, the oldest first.

    Locked, a revocation that comes at the same time waits until the act is recorded.
    """
    statement = _standing(today).where(Mandate.person_id == person)
    if locked:
        statement = statement.with_for_update(read=True, of=Mandate)
    return tuple(ActiveMandate(*row) for row in session.execute(statement))


def given_for(
    session: Session, offices: Collection[Office], today: date
) -> tuple[tuple[ActiveMandate, str], ...]:
    """The mandates for these offices that may be used today, each with who holds it."""
    if not offices:
        return ()
    rows = session.execute(
        _standing(today)
        .add_columns(DELEGATE.name)
        .join(DELEGATE, DELEGATE.id == Mandate.person_id)
        .where(
            tuple_(Appointment.role, Appointment.party_id).in_(sorted(offices)),
            DELEGATE.disabled_at.is_(None),
        )
    )
    return tuple((ActiveMandate(*mandate), name) for *mandate, name in rows)


def _standing(today: date) -> Select[*tuple[Any, ...]]:
    """Mandates in force, of appointments in force, of people who still have access."""
    return (
        select(
            Mandate.id,
            Mandate.person_id,
            Appointment.id,
            Appointment.role,
            Appointment.party_id,
            Person.id,
            Person.name,
            Mandate.scope,
            Mandate.granted_at,
        )
        .join(Appointment, Appointment.id == Mandate.appointment_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            in_force(today),
            Person.disabled_at.is_(None),
            Mandate.revoked_at.is_(None),
            Mandate.starts_on <= today,
            Mandate.ends_on >= today,
        )
        .order_by(Mandate.id)
    )
