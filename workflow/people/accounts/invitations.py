"""Links that let somebody choose a password once: made by an administrator, and soon over.

Whoever holds the link acts as the person, so that only a hash of it is kept, and a new one takes
the place of those before it. A link dies as well where access ends, where its owner changes the
password, and where their address changes.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.people import PersonInvited
from workflow.errors import Invalid, NotFound
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.models import Invitation, Person
from workflow.people.passwords import hash_password
from workflow.people.register import registered
from workflow.people.sessions import close_all, forget_links
from workflow.phrase import phrase

GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link lets in, and until when."""

    person_id: int
    name: str
    email: str
    expires_at: datetime


def nobodys_password() -> str:
    """The hash of a password that nobody knows, until somebody chooses one."""
    return hash_password(secrets.token_urlsafe(32))


def invite(session: Session, person_id: int, *, by: int | None, now: datetime) -> str:
    """Make the link by which somebody chooses a password, and return what stands at its end.

    Links made before open nothing any more. Refuses who has no access.
    """
    if by is not None:
        refuse_all_but_administrators(session, by, now)
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    if person.disabled_at is not None:
        said = phrase("%(name)s has no access; restore it first.", name=person.name)
        raise Invalid(said, {"email": said})
    forget_links(session, person_id)
    token, until = secrets.token_urlsafe(32), now + GOOD_FOR
    session.add(
        Invitation(person_id=person_id, token_hash=_hash(token), made_at=now, expires_at=until)
    )
    session.flush()
    registered(session, Fact(PersonInvited(whom=person_id, until=until), by, now))
    return token


def invited(session: Session, token: str, now: datetime) -> Invited:
    """Whom a link lets in; refuses one that was used, is over, or never was."""
    row = session.execute(
        select(Person.id, Person.name, Person.email, Invitation.expires_at)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(
            Invitation.token_hash == _hash(token),
            Invitation.used_at.is_(None),
            Invitation.expires_at > now,
            Person.disabled_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFound(
            phrase("This link opens nothing any more. Ask an administrator for a new one.")
        )
    return Invited(*row)


def accept(session: Session, token: str, password_hash: str, *, now: datetime) -> int:
    """Let whoever holds the link have the password that this is the hash of; returns the person.

    The link is used up with it, and every session that another password opened ends.
    """
    found = invited(session, token, now)
    kept = session.scalars(
        select(Invitation).where(Invitation.token_hash == _hash(token)).with_for_update()
    ).one()
    if kept.used_at is not None:
        raise NotFound(
            phrase("This link opens nothing any more. Ask an administrator for a new one.")
        )
    kept.used_at = now
    person = session.get_one(Person, found.person_id)
    person.password_hash, person.password_temporary = password_hash, False
    session.flush()
    close_all(session, person.id)
    return person.id


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
