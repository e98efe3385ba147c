"""The numbers on the badges of a page, asked for alone."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.queue.query import waiting
from workflow.notices.queries import unread


def queue_count(session: Session, person: int, now: datetime) -> int:
    """How many open seats wait for the person, counted no further than a badge can show."""
    return session.scalar(select(waiting(person, now))) or 0


def unread_count(session: Session, person: int, most: int = 100) -> int:
    """How many notices a person has not read; counting stops at `most`."""
    return session.scalar(select(unread(person, most))) or 0
