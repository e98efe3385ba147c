"""In whose calendar the working days of a round are counted: the lifecycle's, or of those it asks."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow.engine.domain import domain_of
from workflow.lifecycles.calendar import WORKING_DAYS, session_ends, session_from, window_closes
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import Within
from workflow.people.calendars.kept import KeptCalendar, calendars_on

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


def _working(kept: KeptCalendar | None) -> WorkingCalendar | None:
    if kept is None:
        return None
    return WorkingCalendar("", "", kept.zone, kept.weekend, frozenset(kept.closed))
