"""What the frame of every page says of a person, read at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import newest_of
from workflow.engine.queue.query import waiting
from workflow.notices.queries import unread


@dataclass(frozen=True, slots=True)
class Frame:
    """How many seats wait, how many notices are unread, and which lifecycle has the words for roles.

    Neither is counted further than a badge can show; before a lifecycle is published there is none.
    """

    waiting: int
    unread: int
    definition_id: int | None


def frame(session: Session, person: int, key: str, now: datetime, most: int) -> Frame:
    """The frame of this person, with the newest version of the lifecycle called `key`."""
    told = select(waiting(person, now), unread(person, most), newest_of(key))
    return Frame(*session.execute(told).one())
