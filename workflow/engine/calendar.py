"""The calendar: when a span that began at an instant is over."""

import calendar
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from workflow.engine.definition import Within


def due(within: Within | None, opened: datetime) -> datetime | None:
    """The instant at which `within`, begun at `opened`, is over, at the same time of day in UTC."""
    if within is None:
        return None
    if opened.tzinfo is None:
        raise TypeError("an instant needs a time zone")
    return UNITS[within.unit](opened.astimezone(UTC), within.amount)


def _days(begun: datetime, amount: int) -> datetime:
    return begun + timedelta(days=amount)


def _working_days(begun: datetime, amount: int) -> datetime:
    """Monday to Friday count; a span begun at the weekend starts counting on Monday."""
    weeks, rest = divmod(amount, 5)
    if begun.weekday() > 4 and not rest:
        weeks, rest = weeks - 1, 5
    end = begun + timedelta(weeks=weeks)
    for _ in range(rest):
        end += timedelta(days={4: 3, 5: 2}.get(end.weekday(), 1))
    return end


def _months(begun: datetime, amount: int) -> datetime:
    """The same day of a later month, or the last day of a month that is too short for it."""
    years, month = divmod(begun.month - 1 + amount, 12)
    year, month = begun.year + years, month + 1
    last = calendar.monthrange(year, month)[1]
    return begun.replace(year=year, month=month, day=min(begun.day, last))


UNITS: Mapping[str, Callable[[datetime, int], datetime]] = {
    "days": _days,
    "working days": _working_days,
    "months": _months,
}
