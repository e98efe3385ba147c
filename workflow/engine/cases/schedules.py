"""The schedules of a case: what each opens next, written down anew whenever that may have changed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from workflow.engine import workdays
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.documents.facts import dates_of
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.children.kinds import ChildKind, Recurrence
from workflow.lifecycles.children.progress import ScheduleProgress, coming, day_of, first_instant
from workflow.lifecycles.children.schedule import Occurrence
from workflow.lifecycles.definition import Definition

NOTHING: Mapping[str, Any] = dict.fromkeys(
    ("opens_at", "opens_on", "period_from", "period_to", "due_on")
)


def scheduled(definition: Definition) -> tuple[ChildKind, ...]:
    """The kinds of case that a lifecycle opens by schedule."""
    return tuple(kind for kind in definition.children.values() if kind.recurrence)


def plan(work: UnitOfWork, since: datetime | None = None) -> None:
    """Write down what every schedule of a case opens next, as its lifecycle, state and facts are now.

    A schedule that has not begun begins where the case stands in a state of its kind: on the day on
    which it entered that, or `since` another instant. What was dealt with stays so.
    """
    kinds = scheduled(work.definition)
    if not kinds:
        return
    kept = {row.kind: row for row in _rows(work)}
    dates = _dates(work, kinds)
    zone = workdays.house_zone(work.session, work.now.date())
    for kind in kinds:
        row = kept.get(kind.key)
        if row is None and work.case.state in kind.states:
            day = day_of(since or work.case.entered_at, zone)
            _begin(work, kind, day)
            _write(work, kind, _next(work, kind, day, None, dates), zone)
        elif row is not None:
            _write(work, kind, _next(work, kind, row.since, row.dealt_with, dates), zone)


def drop_others(work: UnitOfWork) -> None:
    """Forget the schedules of a case that its lifecycle does not have."""
    keys = [kind.key for kind in scheduled(work.definition)]
    mine = ChildSchedule.case_id == work.case.id
    work.session.execute(delete(ChildSchedule).where(mine, ChildSchedule.kind.not_in(keys)))


def dealt_with(work: UnitOfWork, kind: ChildKind, last: date) -> None:
    """Write down that the period that ends on a day was dealt with, and what comes after it."""
    mine = _mine(work, kind)
    work.session.execute(update(ChildSchedule).where(*mine).values(dealt_with=last))
    plan(work)


def _rows(work: UnitOfWork) -> Any:
    columns = ChildSchedule.kind, ChildSchedule.since, ChildSchedule.dealt_with
    found = select(*columns).where(ChildSchedule.case_id == work.case.id)
    return work.session.execute(found).all()


def _dates(work: UnitOfWork, kinds: tuple[ChildKind, ...]) -> Mapping[str, date]:
    """The dates of the facts from which these are counted, and up to which."""
    asked = [
        key
        for kind in kinds
        if kind.recurrence and work.case.state in kind.states
        for key in (kind.recurrence.begins, kind.recurrence.until)
        if key
    ]
    return dates_of(work.session, work.case.id, work.definition, frozenset(asked))


def _next(
    work: UnitOfWork,
    kind: ChildKind,
    since: date,
    told: date | None,
    dates: Mapping[str, date],
) -> Occurrence | None:
    """What a schedule opens next where the case stands; nothing elsewhere, or while a date is missing."""
    how = kind.recurrence
    if how is None or work.case.state not in kind.states:
        return None
    standing = standing_of(how, since, told, dates)
    return next(coming(how, standing), None) if standing else None


def standing_of(
    how: Recurrence, since: date, told: date | None, dates: Mapping[str, date]
) -> ScheduleProgress | None:
    """How far a schedule has come; nothing while a date that it is counted by is missing."""
    if not {key for key in (how.begins, how.until) if key} <= dates.keys():
        return None
    begins = dates[how.begins] if how.begins else since
    return ScheduleProgress(since, begins, dates[how.until] if how.until else None, told)


def _begin(work: UnitOfWork, kind: ChildKind, since: date) -> None:
    row = {"case_id": work.case.id, "kind": kind.key, "since": since}
    work.session.execute(insert(ChildSchedule).values(row))


def _write(work: UnitOfWork, kind: ChildKind, found: Occurrence | None, zone: str) -> None:
    values = NOTHING
    if found is not None:
        values = {
            "opens_at": first_instant(found.opens_on, zone),
            "opens_on": found.opens_on,
            "period_from": found.period_from,
            "period_to": found.period_to,
            "due_on": found.due_on,
        }
    work.session.execute(update(ChildSchedule).where(*_mine(work, kind)).values(**values))


def _mine(work: UnitOfWork, kind: ChildKind) -> tuple[Any, ...]:
    return ChildSchedule.case_id == work.case.id, ChildSchedule.kind == kind.key
