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

from workflow.audit.envelope import Fact, read_event, what_in
from workflow.audit.events.people import PasswordSet, PersonInvited
from workflow.audit.models import Event
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
    language: str = "en"


def nobodys_password() -> str:
    """The hash of a password that nobody knows, until somebody chooses one."""
    return hash_password(secrets.token_urlsafe(32))


def invite(
    session: Session, person_id: int, *, by: int | None, now: datetime, shown: bool = False
) -> str:
    """Make the link by which somebody chooses a password, and return what stands at its end.

    Links made before open nothing any more. Refuses who has no access. Whether one administrator
    may have it made is for `links` to say.
    """
    if by is not None:
        refuse_all_but_administrators(session, by, now)
    refuse_without_access(session, person_id)
    forget_links(session, person_id)
    token, until = secrets.token_urlsafe(32), now + GOOD_FOR
    session.add(
        Invitation(
            person_id=person_id,
            token_hash=_hash(token),
            made_at=now,
            expires_at=until,
            made_by=by,
            shown=shown,
        )
    )
    session.flush()
    told = PersonInvited(whom=person_id, until=until, shown=shown)
    registered(session, Fact(told, by, now))
    return token


def refuse_without_access(session: Session, person_id: int) -> None:
    """Refuse a link for who is not there or has no access; locks the person."""
    person = session.get(Person, person_id, with_for_update=True)
    if person is None:
        raise NotFound(phrase("There is no such person."))
    if person.disabled_at is not None:
        said = phrase("%(name)s has no access; restore it first.", name=person.name)
        raise Invalid(said, {"email": said})


def invited(session: Session, token: str, now: datetime) -> Invited:
    """Whom a link lets in; refuses one that was used, is over, or never was."""
    row = session.execute(
        select(Person.id, Person.name, Person.email, Invitation.expires_at, Person.language)
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
    told = PasswordSet(whom=person.id, made_by=kept.made_by, made_at=kept.made_at, shown=kept.shown)
    registered(session, Fact(told, person.id, now))
    return person.id


@dataclass(frozen=True, slots=True)
class LinkUsed:
    """The last time that a link set somebody's password: when, and who had made it, when."""

    at: datetime
    made_by: str
    made_at: datetime
    shown: bool


def link_used(session: Session, person_id: int) -> LinkUsed | None:
    """The last link by which somebody's password was set, as the register tells it."""
    told = select(Event.body).where(
        Event.type == PasswordSet.event_type.value, Event.person_id == person_id
    )
    body = session.scalars(told.order_by(Event.at.desc(), Event.id.desc()).limit(1)).first()
    if body is None:
        return None
    event, what = read_event(body), what_in(body, PasswordSet)
    maker = session.get(Person, what.made_by) if what.made_by else None
    return LinkUsed(event.at, maker.name if maker else "", what.made_at, what.shown)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
