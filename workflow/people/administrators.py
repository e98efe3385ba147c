"""Administrators: they appoint and maintain, and hold nothing else while they do."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflow.errors import NotAuthorised
from workflow.people.appointments import in_force, meets
from workflow.people.models import Appointment, Person
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import ADMINISTRATOR, HOUSE


def kept_apart(session: Session, made: Appointment, party: str) -> dict[str, Phrase]:
    """Why an appointment cannot stand beside what its holder has, at the field that is wrong."""
    if made.role == ADMINISTRATOR and party != HOUSE:
        return {"party": phrase("Administrators are appointed to the office of the house alone.")}
    others = (
        Appointment.role != ADMINISTRATOR
        if made.role == ADMINISTRATOR
        else Appointment.role == ADMINISTRATOR
    )
    if not _holds(session, made.person_id, others, made.starts_on, made.ends_on):
        return {}
    if made.role == ADMINISTRATOR:
        said = phrase("Who holds an office on some of these days cannot be an administrator.")
    else:
        said = phrase("An administrator can hold no other office on some of these days.")
    return {"role": said}


def administers(session: Session, person: int, starts_on: date, ends_on: date | None) -> bool:
    """Whether somebody is an administrator on any of these days."""
    own = Appointment.role == ADMINISTRATOR
    return _holds(session, person, own, starts_on, ends_on)


def refuse_all_but_administrators(session: Session, by: int, now: datetime) -> None:
    """Refuse whoever is no administrator today, or has no access any more."""
    able = Person.id == by, Person.disabled_at.is_(None)
    access = session.scalars(select(Person.id).where(*able)).first() is not None
    if not access or not administers(session, by, now.date(), now.date()):
        raise NotAuthorised(phrase("Only an administrator keeps offices."))


def others_administer(session: Session, but: int, on: date) -> bool:
    """Whether somebody else who has access is an administrator on a day."""
    able = (
        select(Appointment.id)
        .join(Person, Person.id == Appointment.person_id)
        .where(
            Appointment.role == ADMINISTRATOR,
            in_force(on),
            Person.id != but,
            Person.disabled_at.is_(None),
        )
    )
    return session.scalars(able.limit(1)).first() is not None


def two_administer(session: Session, on: date) -> bool:
    """Whether two people who have access are administrators on a day."""
    able = (
        select(Appointment.person_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == ADMINISTRATOR, in_force(on), Person.disabled_at.is_(None))
        .distinct()
    )
    return len(session.scalars(able.limit(2)).all()) == 2


def lone(session: Session, by: int | None, on: date) -> bool:
    """Whether somebody is the only administrator with access on a day."""
    if by is None or not administers(session, by, on, on):
        return False
    return not others_administer(session, by, on)


def _holds(
    session: Session,
    person: int,
    which: ColumnElement[bool],
    starts_on: date,
    ends_on: date | None,
) -> bool:
    """Whether somebody holds one of these appointments on any day from one to another."""
    own = Appointment.person_id == person
    held = select(Appointment.id).where(own, which, meets(starts_on, ends_on))
    return session.scalars(held.limit(1)).first() is not None
