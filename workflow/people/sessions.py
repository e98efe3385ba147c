"""Sessions of signed-in browsers: rows that die at sign-out, when idle, and after half a day."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.people.models import Appointment, Invitation, Party, Person, WebSession
from workflow.people.queries import TERM, bring_offices

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
PASSWORD = "password"  # noqa: S105  # the name of a method
DEMONSTRATION = "demonstration"
_OPEN = insert(Base.metadata.tables[WebSession.__tablename__])


@dataclass(frozen=True, slots=True)
class Authentication:
    """When the person behind a session last proved who they are, and by what."""

    at: datetime
    method: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Who is behind a session; `unnoted` says that its use is to be noted.

    `temporary` says that the password was given by somebody else and must be changed first; `zone` is
    the time zone of their clocks.
    """

    person_id: int
    name: str
    email: str
    language: str
    unnoted: bool
    temporary: bool = False
    zone: str = "UTC"


def open_session(session: Session, person_id: int, now: datetime, method: str = PASSWORD) -> str:
    """Open a session and return its token, of which only a hash is kept."""
    token = secrets.token_urlsafe(32)
    opened = {
        "token_hash": _hash(token),
        "person_id": person_id,
        "created_at": now,
        "seen_at": now,
        "expires_at": now + LONGEST,
        "authenticated_at": now,
        "authenticated_by": method,
    }
    session.connection().execute(_OPEN, opened)
    return token


def opened_by(session: Session, token: str, now: datetime) -> OpenSession | None:
    """The session that `token` opens, or nothing; brings along the offices of whose it is."""
    asked = {"token": _hash(token), "now": now, "idle_since": now - IDLE}
    rows = session.connection().execute(_LIVING, asked).all()
    if not rows:
        return None
    first = rows[0]
    held = [row[7:] for row in rows if row.starts_on is not None]
    bring_offices(session, first.person_id, now.date(), held)
    unnoted = now - first.seen_at >= NOTED_EVERY
    return OpenSession(
        first.person_id, first.name, first.email, first.language, unnoted,
        first.password_temporary, first.time_zone,
    )  # fmt: skip


def note_use(session: Session, token: str, now: datetime) -> None:
    """Note that the session is in use, which keeps it from ending as idle."""
    mine = WebSession.token_hash == _hash(token)
    session.execute(update(WebSession).where(mine, WebSession.seen_at < now).values(seen_at=now))


def authentication(session: Session, token: str) -> Authentication | None:
    """The last proof given in this session, or nothing if the token opens none."""
    mine = WebSession.token_hash == _hash(token)
    row = session.execute(
        select(WebSession.authenticated_at, WebSession.authenticated_by).where(mine)
    ).first()
    return None if row is None else Authentication(row[0], row[1])


def note_authentication(session: Session, token: str, now: datetime) -> None:
    """Note that the person gave the password again in this session, and in no other of theirs."""
    mine = WebSession.token_hash == _hash(token)
    session.execute(
        update(WebSession).where(mine).values(authenticated_at=now, authenticated_by=PASSWORD)
    )


def close_session(session: Session, token: str) -> None:
    """End one session; a copy of its token opens nothing any more."""
    session.execute(delete(WebSession).where(WebSession.token_hash == _hash(token)))


def close_all(session: Session, person_id: int) -> None:
    """End every session of a person."""
    session.execute(delete(WebSession).where(WebSession.person_id == person_id))


def forget_links(session: Session, person_id: int) -> None:
    """Let no link to a password of somebody's open anything any more."""
    unused = Invitation.used_at.is_(None)
    session.execute(delete(Invitation).where(Invitation.person_id == person_id, unused))


def ended_sessions(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many sessions have ended by themselves, and when the first of them did."""
    ended = or_(WebSession.expires_at <= now, WebSession.seen_at <= now - IDLE)
    asked = select(func.count(), func.min(WebSession.expires_at), func.min(WebSession.seen_at))
    count, expired, seen = session.execute(asked.where(ended)).one()
    return count, min(expired, seen + IDLE) if count else None


def sweep_sessions(session: Session, now: datetime) -> int:
    """Remove the rows of sessions that have ended by themselves; returns how many there were."""
    ended = or_(WebSession.expires_at <= now, WebSession.seen_at <= now - IDLE)
    return session.connection().execute(delete(WebSession).where(ended)).rowcount


_LIVING = (
    select(
        WebSession.person_id,
        Person.name,
        Person.email,
        Person.language,
        WebSession.seen_at,
        Person.password_temporary,
        Person.time_zone,
        *TERM,
    )
    .join(Person, Person.id == WebSession.person_id)
    .outerjoin(Appointment, Appointment.person_id == Person.id)
    .outerjoin(Party, Party.id == Appointment.party_id)
    .order_by(Appointment.starts_on, Appointment.id)
    .where(
        WebSession.token_hash == bindparam("token"),
        WebSession.expires_at > bindparam("now"),
        WebSession.seen_at > bindparam("idle_since"),
        or_(Person.disabled_at.is_(None), Person.disabled_at > bindparam("now")),
    )
)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
