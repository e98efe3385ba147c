"""A month of the calendar by UTC, as an address names it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from workflow.errors import NotFound
from workflow.phrase import phrase

NAMED = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year."""

    year: int
    number: int

    @classmethod
    def of(cls, at: date | datetime) -> "Month":
        """The month in which a day or an instant by UTC lies."""
        return cls(at.year, at.month)

    @classmethod
    def named(cls, text: str) -> "Month":
        """The month that is named so, as 2026-11; refuses what is none, and years of which nothing is kept."""
        found = NAMED.fullmatch(text)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise NotFound(
                phrase("There is no month %(text)s. Name it by year and month: 2026-11.", text=text)
            )
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def begins(self) -> datetime:
        """Its first instant."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first instant of the month after it."""
        return self.further(1).begins

    def further(self, months: int) -> "Month":
        """The month so many months later, or earlier where they are less than none."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def week_ends(at: datetime) -> datetime:
    """The first instant after the Sunday of the week of an instant."""
    monday = at.date() + timedelta(days=7 - at.weekday())
    return datetime.combine(monday, time(), UTC)


def ends_near(at: datetime) -> tuple[datetime, datetime]:
    """When the week of an instant ends, and when its month does; the later of both where that is the week."""
    week = week_ends(at)
    return week, max(Month.of(at).ends, week)
