"""When the child cases of a schedule open, about which period, and by when they are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from fractions import Fraction

from workflow.lifecycles.calendar import UNITS
from workflow.lifecycles.children.kinds import Recurrence, YearMeant
from workflow.lifecycles.terms import DayOfYear, Within

DAY = timedelta(days=1)
NEW_YEARS_EVE = DayOfYear(12, 31)
# Far enough ahead for every schedule, and near enough for dates to be counted.
LAST_YEAR = MAXYEAR - 10


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One child case of a schedule: the day it opens on, its period, and the day it is due on, if one is said."""

    opens_on: date
    period_from: date
    period_to: date
    due_on: date | None = None


def occurrences(
    recurrence: Recurrence, begins: date, until: date | None = None
) -> Iterator[Occurrence]:
    """Each occurrence of a schedule in its order; without an end where nothing says `until`.

    The periods follow each other without a gap from `begins` to `until`, both included; the first
    and the last may be a part of one.
    """
    last = min(until or date.max, date(LAST_YEAR, 12, 31))
    if recurrence.at is not None:
        yield from _once(recurrence.at, begins, last)
        return
    if recurrence.by is not None:
        yield from _by_day(recurrence, recurrence.by, begins, last)
        return
    number, period_from = 0, begins
    while recurrence.every is not None and period_from <= last:
        number += 1
        following = _later(begins, Within(number * recurrence.every.months, "months"))
        period_to = min(following - DAY, last)
        over = period_to + DAY
        opens_on = _later(over, recurrence.after) if recurrence.after else over
        yield Occurrence(opens_on, period_from, period_to)
        period_from = following


def _once(share: Fraction, begins: date, last: date) -> Iterator[Occurrence]:
    """The one that opens at a share of the whole, about what is over by then."""
    if begins <= last:
        opens_on = begins + timedelta(days=int(((last - begins).days + 1) * share))
        yield Occurrence(opens_on, begins, max(begins, opens_on - DAY))


def _by_day(
    recurrence: Recurrence, by: DayOfYear, begins: date, last: date
) -> Iterator[Occurrence]:
    ahead = recurrence.about is YearMeant.AHEAD
    first = begins.year + 1 if ahead else begins.year
    for year in range(first, last.year + 1) if begins <= last else ():
        due = date(year - 1 if ahead else year if by == NEW_YEARS_EVE else year + 1, *by)
        opens_on = _earlier(due, recurrence.ahead) if recurrence.ahead else due
        yield Occurrence(
            opens_on=max(opens_on, begins),
            period_from=max(date(year, 1, 1), begins),
            period_to=min(date(year, 12, 31), last),
            due_on=due,
        )


def _later(day: date, span: Within) -> date:
    return UNITS[span.unit](datetime.combine(day, time(), UTC), span).date()


def _earlier(day: date, span: Within) -> date:
    if span.unit == "days":
        return day - timedelta(days=span.amount)
    return _later(day, Within(-span.amount, "months"))
