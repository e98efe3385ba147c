"""Removes what signing in leaves behind: ended sessions and failures that no longer count."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow.people.sessions import sweep_sessions
from workflow.people.throttle import sweep_failures


def sweep(session: Session, now: datetime) -> int:
    """Remove sessions that have ended and failures that no longer count; returns how many rows."""
    return sweep_sessions(session, now) + sweep_failures(session, now)
