"""What a person has to do this month, in a line for their first page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.queue.tally import CountedWhen, counted_when
from workflow.engine.queue.ways import ways
from workflow.month.months import Month, week_ends
from workflow.month.openings import ComingCase, openings

MOST_OPENINGS = 2
INSTANT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class InShort:
    """How much is late, due by Sunday and later in the month, and what schedules open next in three months."""

    month: Month
    due: CountedWhen
    week_ends: datetime
    opening: tuple[ComingCase, ...]


def in_short(session: Session, engine: Engine, person: int, now: datetime) -> InShort:
    """The present month of a person, as its page has it."""
    month, sunday = Month.of(now), week_ends(now)
    on = ways(session, person, now.date())
    due = counted_when(session, on, now, sunday - INSTANT, max(month.ends, sunday))
    within = now, month.further(3).ends, MOST_OPENINGS
    return InShort(month, due, sunday, openings(session, engine, person, within, now))
