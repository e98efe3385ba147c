"""Removes what signing in leaves behind: ended sessions and failures that no longer count."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow.people.sessions import ended_sessions, sweep_sessions
from workflow.people.throttle import old_failures, sweep_failures


def sweep(session: Session, now: datetime) -> int:
    """Remove sessions that have ended and failures that no longer count; returns how many rows."""
    return sweep_sessions(session, now) + sweep_failures(session, now)


def left_behind(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many such rows there are, and since when the oldest of them should be gone."""
    found = (ended_sessions(session, now), old_failures(session, now))
    ends = [since for _, since in found if since is not None]
    return sum(count for count, _ in found), min(ends, default=None)
