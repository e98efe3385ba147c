"""Which occurrence of a schedule comes next, whatever became of those before it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from workflow.lifecycles.children.kinds import Recurrence, YearMeant
from workflow.lifecycles.children.reporting import ReportingYear
from workflow.lifecycles.children.schedule import Occurrence, occurrences

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ScheduleProgress:
    """How far a schedule has come: from which day on it counts, up to which days, and what was dealt with.

    `since` is the first day on which the case stood in a state of the kind; nothing opens that would have
    opened before. `begins` is the day from which periods are counted, `until` the last day of the last,
    where there is one; `dealt_with` is the last day of the last period that opened or was passed over. `years` are
    the reporting calendars of whoever reports, in their order.
    """

    since: date
    begins: date
    until: date | None = None
    dealt_with: date | None = None
    years: tuple[ReportingYear, ...] = ()


def coming(recurrence: Recurrence, progress: ScheduleProgress) -> Iterator[Occurrence]:
    """The occurrences that are still to come, in their order, those that are late among them.

    No day is told of twice: where the days from which periods are counted were changed, the first
    one begins after the last that was dealt with. A year ahead that has not begun as the case comes
    there opens then.
    """
    told = progress.dealt_with
    if recurrence.at is not None and told is not None:
        return
    every = occurrences(recurrence, progress.begins, progress.until, progress.years)
    for each in (_not_late(recurrence, found, progress.since) for found in every):
        if each.opens_on < progress.since or (told is not None and each.period_to <= told):
            continue
        begins = each.period_from if told is None else max(each.period_from, told + DAY)
        yield replace(each, period_from=begins)
        told = each.period_to


def _not_late(recurrence: Recurrence, found: Occurrence, since: date) -> Occurrence:
    """An occurrence about a year ahead opens as late as the case comes there, due then if that was before."""
    ahead = recurrence.about is YearMeant.AHEAD and found.period_from > since > found.opens_on
    due = found.due_on and max(found.due_on, since)
    return replace(found, opens_on=since, due_on=due) if ahead else found


def first_instant(day: date, zone: str) -> datetime:
    """When a day begins in a zone, or in UTC where none is said; in UTC."""
    where = ZoneInfo(zone) if zone else UTC
    return datetime.combine(day, time(), where).astimezone(UTC)


def day_of(at: datetime, zone: str) -> date:
    """On which day an instant falls in a zone, or in UTC where none is said."""
    return at.astimezone(ZoneInfo(zone) if zone else UTC).date()
