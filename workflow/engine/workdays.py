"""In whose calendar the working days of a round are counted: the lifecycle's, or of those it asks."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import engine_of
from workflow.lifecycles.calendar import (
    WORKING_DAYS,
)
from workflow.lifecycles.children.progress import day_of
from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import Within
from workflow.people.calendars.kept import KeptCalendar, calendars_on
from workflow.people.models import Party
from workflow.vocabulary import HOUSE

End = Callable[[Within], datetime | None]


def spans(
    session: Session, within: Within, parties: Collection[int], opened_on: date
) -> tuple[Within, ...]:
    """The span as each of these parties counts it, by its calendar on the day the round opened.

    A lifecycle that names a calendar has its own counted and no other. A party without one works
    from Monday to Friday.
    """
    own = within.calendar is None and (within.unit == WORKING_DAYS or within.rolls)
    if not own or not parties:
        return (within,)
    kept = calendars_on(session, parties, opened_on)
    each = (replace(within, calendar=_working(kept.get(party))) for party in sorted(parties))
    return tuple(dict.fromkeys(each))


def last(counted: Collection[Within], end: End) -> datetime | None:
    """The last of the ends that these spans come to: by then everybody asked had all their days."""
    ends = [found for found in map(end, counted) if found is not None]
    return max(ends, default=None)


def today(session: Session) -> date:
    """Which day it is where the house is."""
    now = engine_of(session).now()
    return day_of(now, house_zone(session, now.date()))


def house_zone(session: Session, on: date) -> str:
    """The zone by whose days the house counts on a day; nothing where its calendar says none."""
    number = session.scalar(select(Party.id).where(Party.key == HOUSE))
    kept = calendars_on(session, [number], on) if number is not None else {}
    return next((each.zone for each in kept.values()), "")


def _working(kept: KeptCalendar | None) -> WorkingCalendar | None:
    if kept is None:
        return None
    return WorkingCalendar("", "", kept.zone, kept.weekend, frozenset(kept.closed))
