"""Whether somebody can sign in: access ended and restored, and every browser signed out."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.people import AccessEnded, AccessRestored, SessionsEnded
from workflow.errors import Invalid, NotFound
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.people.appointments import in_force
from workflow.people.commands import disable_person
from workflow.people.models import Appointment, Person
from workflow.people.register import registered
from workflow.people.sessions import close_all
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import ADMINISTRATOR


def end_access(session: Session, person_id: int, reason: str, *, by: int, now: datetime) -> None:
    """End somebody's access and every session at once, with the reason; what they did stands.

    Refuses one's own access, and that of the last administrator who has any.
    """
    person = _person(session, person_id)
    reason = kept_prose(reason, "reason")
    if not 1 <= len(reason) <= LONGEST_REASON:
        _refuse(phrase("Say why access ends."))
    if person_id == by:
        _refuse(phrase("Nobody ends their own access; another administrator does."))
    if _is_last(session, person_id, now):
        _refuse(phrase("This is the last administrator with access; appoint another one first."))
    if person.disabled_at is not None:
        _refuse(phrase("This person has no access already."))
    disable_person(session, person_id, now=now)
    registered(session, Fact(AccessEnded(whom=person_id, reason=reason), by, now))


def restore_access(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """Let somebody sign in again, with the password and the offices that they have."""
    person = _person(session, person_id)
    if person.disabled_at is None:
        _refuse(phrase("This person has access already."))
    person.disabled_at = None
    session.flush()
    registered(session, Fact(AccessRestored(whom=person_id), by, now))


def sign_out_everywhere(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """End every session of somebody; they can sign in again at once."""
    _person(session, person_id)
    close_all(session, person_id)
    registered(session, Fact(SessionsEnded(whom=person_id), by, now))


def _is_last(session: Session, person_id: int, now: datetime) -> bool:
    """Whether this is an administrator today and nobody else with access is one."""
    able = (
        select(Appointment.person_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.role == ADMINISTRATOR, in_force(now.date()))
        .where(or_(Person.disabled_at.is_(None), Person.id == person_id))
    ).subquery()
    mine = select(func.count()).where(able.c.person_id == person_id)
    others = select(func.count()).where(able.c.person_id != person_id)
    return bool(session.scalar(mine)) and not session.scalar(others)


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    return person


def _refuse(said: Phrase) -> None:
    raise Invalid(said, {"reason": said})
