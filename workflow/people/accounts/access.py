"""Whether somebody can sign in: access ended and restored, and every browser signed out."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.people import AccessEnded, AccessRestored, SessionsEnded
from workflow.errors import Invalid, NotFound
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.commands import disable_person
from workflow.people.models import Person
from workflow.people.register import claim_register, registered
from workflow.people.sessions import close_all
from workflow.phrase import Phrase, phrase


def end_access(session: Session, person_id: int, reason: str, *, by: int, now: datetime) -> None:
    """End somebody's access and every session at once, with the reason; what they did stands.

    Refuses one's own access, so that one administrator always keeps theirs.
    """
    claim_register(session)
    refuse_all_but_administrators(session, by, now)
    person = _person(session, person_id)
    reason = kept_prose(reason, "reason")
    if not 1 <= len(reason) <= LONGEST_REASON:
        _refuse(phrase("Say why access ends."))
    if person_id == by:
        _refuse(phrase("Nobody ends their own access; another administrator does."))
    if person.disabled_at is not None:
        _refuse(phrase("This person has no access already."))
    disable_person(session, person_id, now=now)
    registered(session, Fact(AccessEnded(whom=person_id, reason=reason), by, now))


def restore_access(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """Let somebody sign in again, with the password and the offices that they have."""
    refuse_all_but_administrators(session, by, now)
    person = _person(session, person_id)
    if person.disabled_at is None:
        _refuse(phrase("This person has access already."))
    person.disabled_at = None
    session.flush()
    registered(session, Fact(AccessRestored(whom=person_id), by, now))


def sign_out_everywhere(session: Session, person_id: int, *, by: int, now: datetime) -> None:
    """End every session of somebody; they can sign in again at once."""
    refuse_all_but_administrators(session, by, now)
    _person(session, person_id)
    close_all(session, person_id)
    registered(session, Fact(SessionsEnded(whom=person_id), by, now))


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    return person


def _refuse(said: Phrase) -> None:
    raise Invalid(said, {"reason": said})
