"""Working time, added up once: what the calendar counts day by day is looked up here.

An instant is a number of days since 1970 in UTC.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import floor

from workflow.lifecycles.calendar import MONDAY_TO_FRIDAY
from workflow.lifecycles.quantities import WorkingCalendar

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# How far ahead days are added up: a course that takes longer is never looked at.
YEARS = 60


def instant(at: datetime) -> float:
    """An instant as a number of days."""
    return (at - _EPOCH) / _DAY


def moment(at: float) -> datetime:
    """The instant that a number of days stands for."""
    return _EPOCH + timedelta(days=at)


class WorkingTime:
    """The working days of a calendar from a day on, whose instants are those of UTC."""

    def __init__(self, calendar: WorkingCalendar, begins: date) -> None:
        self._first = (begins - _EPOCH.date()).days
        self._before: list[int] = []
        self._worked: list[int] = []
        for number in range(YEARS * 366):
            self._before.append(len(self._worked))
            if calendar.works(begins + timedelta(days=number)):
                self._worked.append(number)
        self._before.append(len(self._worked))

    def passed(self, begun: float, ended: float) -> float:
        """How many working days went by."""
        return self._place(ended) - self._place(begun)

    def after(self, begun: float, days: float) -> float:
        """The instant at which so many working days have gone by; the last one known if it is later."""
        whole = self._place(begun) + days
        number = min(floor(whole), len(self._worked) - 1)
        return max(begun, self._first + self._worked[number] + min(whole - number, 1.0))

    def _place(self, at: float) -> float:
        day = floor(at) - self._first
        if day < 0:
            return 0.0
        if day >= len(self._before) - 1:
            return float(self._before[-1])
        works = self._before[day + 1] - self._before[day]
        return self._before[day] + works * (at - floor(at))


@lru_cache(8)
def usual_week(year: int) -> WorkingTime:
    """From Monday to Friday, from the first day of a year on."""
    return WorkingTime(MONDAY_TO_FRIDAY, date(year, 1, 1))
