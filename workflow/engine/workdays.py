"""In whose calendar the working days of a round are counted: the lifecycle's, or of those it asks."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.domain import domain_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.calendar import (
    WORKING_DAYS,
    due,
    session_ends,
    session_from,
    window_closes,
)
from workflow.lifecycles.children.progress import first_instant
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import Within
from workflow.people.calendars.kept import KeptCalendar, calendars_on
from workflow.people.models import Party
from workflow.vocabulary import HOUSE, PROPOSER

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


def end_of_year_or_session(
    session: Session, case_id: int, spec: RoundSpec, now: datetime
) -> datetime | None:
    """When the window of a round closes, or the next session of its body ends; none while none is planned."""
    if spec.window is not None:
        return window_closes(spec.window, now)
    if spec.session is None:
        return None
    first_day = session_from(spec.session, now)
    days = domain_of(session).next_session(session, case_id, spec.session.of, first_day)
    return session_ends(spec.session, *days) if days else None


def last(counted: Collection[Within], end: End) -> datetime | None:
    """The last of the ends that these spans come to: by then everybody asked had all their days."""
    ends = [found for found in map(end, counted) if found is not None]
    return max(ends, default=None)


def end_of(work: UnitOfWork, spec: RoundSpec, parties: Collection[int]) -> datetime | None:
    """When a round that opens now is over, by which time each of these parties had the days that it gives.

    What a case under another one owes by a day is over with that day.
    """
    if owed := owed_until(work, spec):
        return owed
    if spec.within is None:
        return end_of_year_or_session(work.session, work.case.id, spec, work.now)
    counted = spans(work.session, spec.within, parties, work.now.date())
    return last(counted, lambda span: due(span, work.now))


def owed_until(work: UnitOfWork, spec: RoundSpec) -> datetime | None:
    """When the day is over by which a case under another one is due, in the round that asks its proposer first.

    Nothing where no day is said for the case, or where it is another round.
    """
    begins = work.definition.initial in spec.states and spec.opens is Opens.ON_ENTRY
    if work.case.parent_id is None or not begins:
        return None
    if PROPOSER not in {seat.of for seat in spec.rule.seats}:
        return None
    kept = select(ChildCase.due_on).where(ChildCase.case_id == work.case.id)
    day = work.session.scalar(kept)
    zone = house_zone(work.session, work.now.date())
    return first_instant(day + timedelta(days=1), zone) if day else None


def house_zone(session: Session, on: date) -> str:
    """The zone by whose days the house counts on a day; nothing where its calendar says none."""
    number = session.scalar(select(Party.id).where(Party.key == HOUSE))
    kept = calendars_on(session, [number], on) if number is not None else {}
    return next((each.zone for each in kept.values()), "")


def _working(kept: KeptCalendar | None) -> WorkingCalendar | None:
    if kept is None:
        return None
    return WorkingCalendar("", "", kept.zone, kept.weekend, frozenset(kept.closed))
