"""The financial year of whoever reports: where its periods end, and how long after that a report is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 12


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """A reporting calendar that was kept: for periods that begin `since` a day, and not before.

    Its financial year begins with the first day of the month `begins_in`; a report is due `within` so
    many days after the last day of its period. `kept` is the number that it is kept under.
    """

    since: date
    begins_in: int
    within: int
    kept: int

    def due(self, period_to: date) -> date:
        """The day by which a period that ends on a day is reported."""
        return period_to + timedelta(days=self.within)


def followed(years: Sequence[ReportingYear], period_from: date) -> ReportingYear | None:
    """The calendar that counts for a period that begins on a day; of those in force the last one."""
    return next((each for each in reversed(years) if each.since <= period_from), None)


def next_begins(day: date, months: int, begins_in: int) -> date:
    """When the next period of so many months begins after a day, in a year that begins in a month."""
    elapsed = (day.month - begins_in) % MONTHS
    ahead = day.month - 1 + months - elapsed % months
    return date(day.year + ahead // MONTHS, ahead % MONTHS + 1, 1)
