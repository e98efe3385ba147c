"""The mandates in force: for whom somebody may answer, in which office and how far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Date, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from workflow.engine.benches import OfficeKey
from workflow.people.appointments import in_force, mandate_in_force
from workflow.people.mandates import ALL
from workflow.people.models import Appointment, Mandate, Person
from workflow.reading import asked_once

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
    bench: int | None = None

    @property
    def office(self) -> OfficeKey:
        """The office that it is about."""
        return OfficeKey(self.role, self.party_id, self.bench)

    def reaches(self, ref: str) -> bool:
        """Whether it reaches any round of this case."""
        return not self.scope.startswith("case:") or self.scope == f"case:{ref}"

    def covers(self, ref: str, round_key: str) -> bool:
        """Whether it reaches as far as this round of this case."""
        return self.scope in {ALL, f"round:{round_key}", f"case:{ref}"}


@asked_once
def received(
    session: Session, person: int, today: date, *, locked: bool = False
) -> tuple[ActiveMandate, ...]:
    """The mandates that `person` may use today, the oldest first.

    Locked, a revocation, or an end of the office behind one, that comes at the same time waits until
    the act is recorded.
    """
    asked = _LOCKED if locked else _RECEIVED
    rows: Sequence[Any] = (
        session.connection().execute(asked, {"person": person, "today": today}).all()
    )
    return tuple(ActiveMandate(*row) for row in rows)


def with_delegates(today: date | BindParameter[date]) -> Select[*tuple[Any, ...]]:
    """Appointments with whose they are, each with the mandates under which others act for them now.

    By office and then by name; where nobody acts, the name of who does is empty.
    """
    has_access = DELEGATE.disabled_at.is_(None)
    return (
        select(
            Appointment.id, Appointment.role, Appointment.party_id, Person.id, Person.name,
            Mandate.id, Mandate.person_id, Mandate.scope, Mandate.granted_at, DELEGATE.name,
            Appointment.body_id,
        )
        .join(Person, Person.id == Appointment.person_id)
        .outerjoin(Mandate, and_(Mandate.appointment_id == Appointment.id, mandate_in_force(today)))
        .outerjoin(DELEGATE, and_(DELEGATE.id == Mandate.person_id, has_access))
        .order_by(Appointment.role, Appointment.party_id, Person.name, Appointment.id)
    )  # fmt: skip


_TODAY: BindParameter[date] = bindparam("today", type_=Date)
# Mandates in force, of appointments in force, of people who still have access.
_RECEIVED = (
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
        Appointment.body_id,
    )
    .join(Appointment, Appointment.id == Mandate.appointment_id)
    .join(Person, Person.id == Appointment.person_id)
    .where(in_force(_TODAY), Person.disabled_at.is_(None), mandate_in_force(_TODAY))
    .where(Mandate.person_id == bindparam("person"))
    .order_by(Mandate.id)
)
_LOCKED = _RECEIVED.with_for_update(read=True, of=(Mandate, Appointment))
