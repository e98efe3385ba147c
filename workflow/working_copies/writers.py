"""Who else is writing in a form just now: their names and the place, never their words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Person
from workflow.working_copies.models import WorkingCopy

# Whoever has typed nothing for so long is not writing.
JUST_NOW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who is writing at `place`, and when they typed last."""

    person: int
    name: str
    place: str
    at: datetime


def writers(
    session: Session, case: int, under: str, roles: Collection[str], but: int, now: datetime
) -> tuple[Writer, ...]:
    """Who of the holders of these roles types in a form of the case whose address begins so, save `but`."""
    held = exists().where(
        Appointment.person_id == WorkingCopy.person_id,
        Appointment.role.in_(tuple(roles)),
        in_force(now.date()),
    )
    rows = session.execute(
        select(Person.id, Person.name, WorkingCopy.place, WorkingCopy.saved_at)
        .join(Person, Person.id == WorkingCopy.person_id)
        .where(
            WorkingCopy.case_id == case,
            WorkingCopy.place.startswith(under, autoescape=True),
            WorkingCopy.sent == "",
            WorkingCopy.fields != b"",
            WorkingCopy.saved_at > now - JUST_NOW,
            WorkingCopy.person_id != but,
            held,
        )
        .order_by(Person.name, WorkingCopy.place)
    )
    return tuple(Writer(*row) for row in rows)
