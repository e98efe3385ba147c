"""The calendar: when a span that began at an instant is over."""

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.terms import AtSession, DayOfYear, Within, YearlyWindow

WORKING_DAYS = "working days"
MONDAY_TO_FRIDAY = WorkingCalendar("", "Monday to Friday", "")


def due(within: Within | None, opened: datetime) -> datetime | None:
    """The instant at which `within`, begun at `opened`, is over, in UTC."""
    if within is None:
        return None
    if opened.tzinfo is None:
        raise TypeError("an instant needs a time zone")
    begun = opened.astimezone(_zone(within))
    end = UNITS[within.unit](begun, within)
    if within.cut_off:
        end = datetime.combine(end.date(), time.fromisoformat(within.cut_off), end.tzinfo)
    while within.rolls and not _worked(within).works(end.date()):
        end += timedelta(days=1)
    return end.astimezone(UTC)


def shortest(within: Within) -> timedelta:
    """What a span lasts at least, whenever it begins.

    A cut-off can take nearly a day from it, and a change of the clocks an hour.
    """
    if within.unit == "hours":
        return timedelta(hours=within.amount)
    days = timedelta(days=within.amount * (28 if within.unit == "months" else 1))
    if within.cut_off:
        ends = time.fromisoformat(within.cut_off)
        days -= timedelta(days=1) - timedelta(hours=ends.hour, minutes=ends.minute)
    return days if _zone(within) is UTC else days - timedelta(hours=1)


def passed(within: Within, begun: datetime, ended: datetime) -> timedelta:
    """How much of the time that `within` counts went by: all of it, or what fell on working days.

    What is counted backwards, from a later instant to an earlier one, is less than nothing.
    """
    if ended < begun:
        return -passed(within, ended, begun)
    if within.unit != WORKING_DAYS:
        return ended - begun
    counted = timedelta()
    for day in _days_from(begun, within):
        if day.ends > begun and day.works:
            counted += max(timedelta(), min(day.ends, ended) - max(day.begins, begun))
        if day.ends >= ended:
            return counted
    return counted


def put_off(within: Within, end: datetime, by: timedelta) -> datetime:
    """The instant at which so much more of the time that `within` counts has gone by since `end`.

    An end at a cut-off stays at one, and one that rolls stays on a working day: then it may come
    later than that, and never sooner.
    """
    if by <= timedelta():
        return end
    later = _after(within, end, by).astimezone(_zone(within))
    if within.cut_off:
        hour = time.fromisoformat(within.cut_off)
        if later.time() > hour:
            later += timedelta(days=1)
        later = datetime.combine(later.date(), hour, later.tzinfo)
    while (within.rolls or within.unit == WORKING_DAYS) and not _ends_at_work(within, later):
        later += timedelta(days=1)
    return later.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar as instants, and whether it is worked."""

    begins: datetime
    ends: datetime
    works: bool


def _days_from(begun: datetime, within: Within) -> Iterator[Day]:
    """The days of the calendar, from that in which an instant falls, without an end."""
    zone, worked = _zone(within), _worked(within)
    midnight = datetime.combine(begun.astimezone(zone).date(), time(), zone)
    while True:
        following = midnight + timedelta(days=1)
        yield Day(
            midnight.astimezone(UTC), following.astimezone(UTC), worked.works(midnight.date())
        )
        midnight = following


def _after(within: Within, end: datetime, by: timedelta) -> datetime:
    if within.unit != WORKING_DAYS:
        return end + by
    left, days = by, _days_from(end, within)
    day = next(days)
    while not day.works or max(day.begins, end) + left > day.ends:
        if day.works:
            left -= day.ends - max(day.begins, end)
        day = next(days)
    return max(day.begins, end) + left


def _ends_at_work(within: Within, end: datetime) -> bool:
    """Whether an end falls on a working day; midnight still belongs to the day before it."""
    return _worked(within).works((end - timedelta(microseconds=1)).date())


def _zone(within: Within) -> tzinfo:
    return _of_zone(within.zone or _worked(within).zone)


def _of_zone(name: str) -> tzinfo:
    return ZoneInfo(name) if name else UTC


def _worked(within: Within) -> WorkingCalendar:
    return within.calendar or MONDAY_TO_FRIDAY


def _hours(begun: datetime, within: Within) -> datetime:
    """Hours go on through a change of the clocks."""
    passed = begun.astimezone(UTC) + timedelta(hours=within.amount)
    return passed.astimezone(begun.tzinfo)


def _days(begun: datetime, within: Within) -> datetime:
    return begun + timedelta(days=within.amount)


def _working_days(begun: datetime, within: Within) -> datetime:
    """A span begun on a day on which nobody works starts counting on the next one."""
    works, end, left = _worked(within).works, begun, within.amount
    while left:
        end += timedelta(days=1)
        left -= works(end.date())
    return end


def _months(begun: datetime, within: Within) -> datetime:
    """The same day of a later month, or the last day of a month that is too short for it."""
    years, month = divmod(begun.month - 1 + within.amount, 12)
    year, month = begun.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return begun.replace(year=year, month=month, day=min(begun.day, last))


UNITS: Mapping[str, Callable[[datetime, Within], datetime]] = {
    "hours": _hours,
    "days": _days,
    WORKING_DAYS: _working_days,
    "months": _months,
}


def in_window(window: YearlyWindow, at: datetime) -> bool:
    """Whether an instant falls on a day of the window."""
    today = _of_year(at.astimezone(_of_zone(window.zone)).date())
    if window.first <= window.last:
        return window.first <= today <= window.last
    return today >= window.first or today <= window.last


def window_opens(window: YearlyWindow, at: datetime) -> date:
    """The first day of the window that comes next."""
    today = at.astimezone(_of_zone(window.zone)).date()
    this = date(today.year, *window.first)
    return this if this > today else date(today.year + 1, *window.first)


def shut_until(window: YearlyWindow | None, at: datetime) -> date | None:
    """The day on which a window opens that is shut at this instant; nothing where it is open, or there is none."""
    shut = window is not None and not in_window(window, at)
    return window_opens(window, at) if window and shut else None


def window_closes(window: YearlyWindow, at: datetime) -> datetime:
    """The end of the window in which an instant falls, or else of the one that comes next, in UTC."""
    zone = _of_zone(window.zone)
    today = at.astimezone(zone).date()
    last = date(today.year, *window.last)
    if last < today or not in_window(window, at):
        first = today if in_window(window, at) else window_opens(window, at)
        last = date(first.year, *window.last)
        last = last if last >= first else date(first.year + 1, *window.last)
    return datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)


def _of_year(day: date) -> DayOfYear:
    return DayOfYear(day.month, day.day)


def session_from(session: AtSession, now: datetime) -> date:
    """The earliest first day of a session for which papers that are asked for now are in time."""
    return _today(session, now) + timedelta(days=session.papers)


def session_ends(session: AtSession, first: date, last: date) -> datetime:
    """The end of a round at a session of these days: of its last day, or of the day of its papers, in UTC."""
    day = first - timedelta(days=session.papers) if session.papers_due else last
    zone = _of_zone(session.zone)
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def next_day(session: AtSession, now: datetime) -> datetime:
    """When the next day begins where the session is held, in UTC."""
    morning = _today(session, now) + timedelta(days=1)
    return datetime.combine(morning, time(), _of_zone(session.zone)).astimezone(UTC)


def _today(session: AtSession, now: datetime) -> date:
    return now.astimezone(_of_zone(session.zone)).date()
