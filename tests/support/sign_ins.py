"""What signing in leaves in the database: sessions, and failures that slow down guessing."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.people.models import SignInFailure, WebSession
from workflow.people.passwords import freshen, whose
from workflow.people.sessions import note_use, open_session, opened_by
from workflow.people.throttle import of_browser, of_session, reserve


def leave_sign_ins(session: Session, person: int, at: datetime) -> None:
    """One session of `person` begun at this instant, and two failures."""
    open_session(session, person, at)
    reserve(session, of_browser("ada@example.org", "a browser"), at)
    reserve(session, of_session("a session"), at)


def sign_ins(session: Session) -> tuple[int, int]:
    """How many rows of sessions and of failures there are."""
    sessions = session.scalar(select(func.count()).select_from(WebSession)) or 0
    failures = session.scalar(select(func.count()).select_from(SignInFailure)) or 0
    return sessions, failures


def session_person(session: Session, token: str, now: datetime) -> int | None:
    """The person whose session `token` opens, or nobody; notes its use as the pages do."""
    found = opened_by(session, token, now)
    if found is None:
        return None
    if found.unnoted:
        note_use(session, token, now)
    return found.person_id


def verify_password(session: Session, email: str, password: str, *, now: datetime) -> int | None:
    """The person whose e-mail and password these are, or nobody; the hash kept fresh as at sign-in."""
    person = whose(session, email, password, now=now)
    if person is not None:
        freshen(session, person, password)
    return person
