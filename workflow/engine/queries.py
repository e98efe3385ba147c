"""What every page asks of the engine: how much waits for a person."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.records import Seat
from workflow.engine.waiting import OPEN, mine

MOST_COUNTED = 100


def queue_count(session: Session, person_id: int, now: datetime) -> int:
    """How many open seats wait for the person, counted no further than a badge can show."""
    waiting = mine(select(Seat.id), person_id, now).where(OPEN).limit(MOST_COUNTED)
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0
