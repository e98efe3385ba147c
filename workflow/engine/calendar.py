"""The calendar: when a span that began at an instant is over."""

import calendar
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from workflow.engine.definition import Within
from workflow.engine.figures import WorkingCalendar

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


def _zone(within: Within) -> tzinfo:
    name = within.zone or _worked(within).zone
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
    "working days": _working_days,
    "months": _months,
}
