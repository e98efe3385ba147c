"""The schedules of a case: what each opens next, written down anew whenever that may have changed."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from workflow.engine import workdays
from workflow.engine.cases.reporting_years import years_of
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.documents.facts import dates_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.children.kinds import ChildKind, Recurrence
from workflow.lifecycles.children.progress import (
    ScheduleProgress,
    coming,
    day_of,
    first_instant,
)
from workflow.lifecycles.children.reporting import ReportingYear
from workflow.lifecycles.children.schedule import Occurrence
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.parentage.family_states import states_with_children
from workflow.vocabulary import Footing

NOTHING: Mapping[str, Any] = dict.fromkeys(
    ("opens_at", "opens_on", "period_from", "period_to", "due_on", "calendar_id")
)


class ScheduleStanding(NamedTuple):
    """How a schedule stands: since when it counts, what was dealt with, and the calendars that it follows."""

    since: date
    dealt_with: date | None
    years: tuple[ReportingYear, ...]


class ScheduleMeant(NamedTuple):
    """What a schedule of a case should say: since when it counts, and what it opens next, if anything.

    It is `begun` where that was written down before.
    """

    kind: str
    since: date
    opens: Occurrence | None
    begun: bool


def scheduled(definition: Definition) -> tuple[ChildKind, ...]:
    """The kinds of case that a lifecycle opens by schedule."""
    return tuple(kind for kind in definition.children.values() if kind.recurrence)


def plan(work: UnitOfWork, since: datetime | None = None) -> None:
    """Write down what every schedule of a case opens next, as its lifecycle, state and facts are now.

    A schedule that has not begun begins where the case stands in a state of its kind: on the day on
    which it entered that, or `since` another instant. What was dealt with stays so.
    """
    here = work.case.state in states_with_children(work.definition)
    if not scheduled(work.definition) or not (here or since):
        return
    zone = workdays.house_zone(work.session, work.now.date())
    begins = day_of(since or work.case.entered_at, zone)
    state = standing_in(work.case.state, work.case.footing)
    for each in meant(work.session, work.definition, (work.case.id, state), begins):
        if not each.begun:
            row = {"case_id": work.case.id, "kind": each.kind, "since": each.since}
            work.session.execute(insert(ChildSchedule).values(row))
        written = update(ChildSchedule).where(*_named(work.case.id, each.kind))
        work.session.execute(written.values(**_kept(each.opens, zone)))


def standing_in(state: str, footing: str) -> str:
    """The state in which schedules run for a case; none for what is only on record."""
    return state if footing == Footing.MANAGED else ""


def meant(
    session: Session, definition: Definition, case: tuple[int, str], begins: date
) -> tuple[ScheduleMeant, ...]:
    """What the schedules of a case in this state should say; one that has not begun `begins` on this day."""
    case_id, state = case
    kinds = scheduled(definition)
    columns = ChildSchedule.kind, ChildSchedule.since, ChildSchedule.dealt_with
    rows = session.execute(select(*columns).where(ChildSchedule.case_id == case_id))
    kept = {row.kind: row for row in rows}
    here = [kind for kind in kinds if state in kind.states]
    dates = dates_of(session, case_id, definition, _asked(here))
    years = years_of(session, case_id, here)
    found = []
    for kind in kinds:
        row = kept.get(kind.key)
        if row is not None or kind in here:
            since = row.since if row else begins
            standing = ScheduleStanding(
                since, row.dealt_with if row else None, years.get(kind.key, ())
            )
            comes = _next(kind, standing, dates)
            opens = comes if kind in here else None
            found.append(ScheduleMeant(kind.key, since, opens, begun=row is not None))
    return tuple(found)


def held_up(
    session: Session, definition: Definition, case: tuple[int, str], until: date
) -> tuple[tuple[ChildKind, Occurrence], ...]:
    """What the schedules of a case would have opened by a day, had it stood in a state of theirs.

    It opens when the case is back in one.
    """
    case_id, state = case
    kinds = [kind for kind in scheduled(definition) if state not in kind.states]
    columns = ChildSchedule.kind, ChildSchedule.since, ChildSchedule.dealt_with
    rows = session.execute(select(*columns).where(ChildSchedule.case_id == case_id))
    kept = {row.kind: row for row in rows}
    dates = dates_of(session, case_id, definition, _asked(kinds))
    years = years_of(session, case_id, kinds)
    found = []
    for kind in kinds:
        row, how = kept.get(kind.key), kind.recurrence
        if row is None or how is None:
            continue
        standing = ScheduleStanding(row.since, row.dealt_with, years.get(kind.key, ()))
        if progress := _progress(how, standing, dates):
            due = takewhile(lambda each: each.opens_on <= until, coming(how, progress))
            found += [(kind, each) for each in due]
    return tuple(sorted(found, key=lambda each: each[1].opens_on))


def drop_others(work: UnitOfWork) -> None:
    """Forget the schedules of a case that its lifecycle does not have."""
    keys = [kind.key for kind in scheduled(work.definition)]
    mine = ChildSchedule.case_id == work.case.id
    work.session.execute(delete(ChildSchedule).where(mine, ChildSchedule.kind.not_in(keys)))


def dealt_with(work: UnitOfWork, kind: ChildKind, last: date) -> None:
    """Write down that the period that ends on a day was dealt with, and what comes after it."""
    mine = _named(work.case.id, kind.key)
    work.session.execute(update(ChildSchedule).where(*mine).values(dealt_with=last))
    plan(work)


def _asked(kinds: list[ChildKind]) -> frozenset[str]:
    """The dates of the facts from which these are counted, and up to which."""
    counted = [kind.recurrence for kind in kinds if kind.recurrence]
    return frozenset(key for how in counted for key in (how.begins, how.until) if key)


def _next(
    kind: ChildKind, standing: ScheduleStanding, dates: Mapping[str, date]
) -> Occurrence | None:
    """What a schedule opens next; nothing while a date that it is counted by is missing."""
    how = kind.recurrence
    progress = how and _progress(how, standing, dates)
    return next(coming(how, progress), None) if how and progress else None


def _progress(
    how: Recurrence, standing: ScheduleStanding, dates: Mapping[str, date]
) -> ScheduleProgress | None:
    if not {key for key in (how.begins, how.until) if key} <= dates.keys():
        return None
    begins = dates[how.begins] if how.begins else standing.since
    until = dates[how.until] if how.until else None
    return ScheduleProgress(standing.since, begins, until, standing.dealt_with, standing.years)


def _kept(found: Occurrence | None, zone: str) -> Mapping[str, Any]:
    """What comes next, as a row keeps it."""
    if found is None:
        return NOTHING
    return {
        "opens_at": first_instant(found.opens_on, zone),
        "opens_on": found.opens_on,
        "period_from": found.period_from,
        "period_to": found.period_to,
        "due_on": found.due_on,
        "calendar_id": found.calendar,
    }


def _named(case_id: int, kind: str) -> tuple[Any, ...]:
    return ChildSchedule.case_id == case_id, ChildSchedule.kind == kind
