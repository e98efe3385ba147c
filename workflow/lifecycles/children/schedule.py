"""When the child cases of a schedule open, about which period, and by when they are due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from workflow.lifecycles.calendar import UNITS
from workflow.lifecycles.children.kinds import Recurrence, YearMeant
from workflow.lifecycles.children.reporting import ReportingYear, followed, next_begins
from workflow.lifecycles.terms import DayOfYear, Within

DAY = timedelta(days=1)
NEW_YEARS_EVE = DayOfYear(12, 31)
# Far enough ahead for every schedule, and near enough for dates to be counted.
LAST_YEAR = MAXYEAR - 10


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One child case of a schedule: the day it opens on, its period, and the day it is due on, if one is said.

    `calendar` is the number of the reporting calendar that it follows, if it follows one.
    """

    opens_on: date
    period_from: date
    period_to: date
    due_on: date | None = None
    calendar: int | None = None


class _Period(NamedTuple):
    """From a day up to the day on which the `following` one begins, by a calendar, if one counts."""

    begins: date
    following: date
    year: ReportingYear | None


def occurrences(
    recurrence: Recurrence,
    begins: date,
    until: date | None = None,
    years: Sequence[ReportingYear] = (),
) -> Iterator[Occurrence]:
    """Each occurrence of a schedule in its order; without an end where nothing says `until`.

    The periods follow each other without a gap from `begins` to `until`, both included; the first
    and the last may be a part of one. From the first period on that begins while one of `years`, the
    reporting calendars in their order, is in force, periods end with those of the financial year.
    """
    last = min(until or date.max, date(LAST_YEAR, 12, 31))
    if recurrence.at is not None:
        yield from _once(recurrence.at, begins, last)
    elif recurrence.by is not None:
        periods = _periods(recurrence, begins, last, years)
        yield from _by_day(recurrence, recurrence.by, periods, (begins, last))
    else:
        for begun, following, year in _periods(recurrence, begins, last, years):
            period_to = min(following - DAY, last)
            over = period_to + DAY
            yield Occurrence(
                opens_on=_later(over, recurrence.after) if recurrence.after else over,
                period_from=begun,
                period_to=period_to,
                due_on=year.due(period_to) if year else None,
                calendar=year.kept if year else None,
            )


def _periods(
    recurrence: Recurrence, begins: date, last: date, years: Sequence[ReportingYear]
) -> Iterator[_Period]:
    """The periods of a schedule: of calendar years where it is due by a day, else counted from its beginning."""
    if recurrence.every is None:
        return
    months, number, begun = recurrence.every.months, 0, begins
    while begun <= last:
        number += 1
        year = followed(years, begun)
        if year is not None or recurrence.by is not None:
            following = next_begins(begun, months, year.begins_in if year else 1)
        else:
            following = _later(begins, Within(number * months, "months"))
        yield _Period(begun, following, year)
        begun = following


def _once(share: Fraction, begins: date, last: date) -> Iterator[Occurrence]:
    """The one that opens at a share of the whole, about what is over by then."""
    if begins <= last:
        opens_on = begins + timedelta(days=int(((last - begins).days + 1) * share))
        yield Occurrence(opens_on, begins, max(begins, opens_on - DAY))


def _by_day(
    recurrence: Recurrence, by: DayOfYear, periods: Iterator[_Period], whole: tuple[date, date]
) -> Iterator[Occurrence]:
    """What is due by a day of each year, or of the financial year that is followed."""
    ahead = recurrence.about is YearMeant.AHEAD
    for begun, following, year in islice(periods, 1 if ahead else 0, None):
        due = _due_ahead(by, begun) if ahead else _due_after(by, following - DAY, year)
        opens_on = _earlier(due, recurrence.ahead) if recurrence.ahead else due
        earliest = following if year and not ahead else whole[0]
        yield Occurrence(
            opens_on=max(opens_on, earliest),
            period_from=begun,
            period_to=min(following - DAY, whole[1]),
            due_on=due,
            calendar=year.kept if year else None,
        )


def _due_ahead(by: DayOfYear, begun: date) -> date:
    """As many days before a year as `by` lies before the new calendar year."""
    return begun - (date(begun.year, 1, 1) - date(begun.year - 1, *by))


def _due_after(by: DayOfYear, last_day: date, year: ReportingYear | None) -> date:
    if year is not None:
        return year.due(last_day)
    return date(last_day.year if by == NEW_YEARS_EVE else last_day.year + 1, *by)


def _later(day: date, span: Within) -> date:
    return UNITS[span.unit](datetime.combine(day, time(), UTC), span).date()


def _earlier(day: date, span: Within) -> date:
    if span.unit == "days":
        return day - timedelta(days=span.amount)
    return _later(day, Within(-span.amount, "months"))
