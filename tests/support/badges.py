"""The numbers on the badges of a page, asked for alone."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.page_frame import frame
from workflow.notices.queries import unread


def queue_count(session: Session, person: int, now: datetime) -> int:
    """How many open seats wait for the person, counted no further than a badge can show."""
    return frame(session, person, now).waiting


def unread_count(session: Session, person: int, most: int = 100) -> int:
    """How many notices a person has not read; counting stops at `most`."""
    return session.scalar(select(unread(person, most))) or 0
