"""From when to when a country belongs to a grouping, as somebody says it: days, or years alone."""

import re
from dataclasses import dataclass
from datetime import date

from workflow.errors import Invalid
from workflow.phrase import Phrase, phrase, together

DAY, YEAR = re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class MembershipDays:
    """The first and the last day, both included; years stand for their first and last days."""

    since: date | None = None
    until: date | None = None
    to_the_day: bool = True

    @property
    def said_since(self) -> str:
        """The first day or year as people write it; empty where nobody knows it."""
        return self._said(self.since)

    @property
    def said_until(self) -> str:
        """The last day or year as people write it; empty where there is none."""
        return self._said(self.until)

    def _said(self, day: date | None) -> str:
        if day is None:
            return ""
        return day.isoformat() if self.to_the_day else str(day.year)

    def overlaps(self, other: "MembershipDays") -> bool:
        """Whether both hold on one day."""
        first, last = date.min, date.max
        return (self.since or first) <= (other.until or last) and (other.since or first) <= (
            self.until or last
        )


def days_said(since: str, until: str) -> MembershipDays:
    """The days that somebody wrote, such as 1975-05-28 or 1975; empty is unknown, or no end.

    Refuses what is no day and no year, a day beside a year, and an end before the beginning.
    """
    faults: dict[str, Phrase] = {}
    first, last = _read(since.strip(), "since", faults), _read(until.strip(), "until", faults)
    if not faults and first and last and len(since.strip()) != len(until.strip()):
        faults["until"] = phrase(
            "Give two days or two years; where one day is not known, years say it of both."
        )
    elif not faults and first and last and last < first:
        faults["until"] = phrase("It cannot end before it begins.")
    if faults:
        raise Invalid(together(faults.values()), faults)
    years = YEAR.fullmatch(since.strip()) or YEAR.fullmatch(until.strip())
    return MembershipDays(first, last, to_the_day=not years)


def _read(written: str, field: str, faults: dict[str, Phrase]) -> date | None:
    if not written:
        return None
    try:
        if YEAR.fullmatch(written):
            return date(int(written), *((1, 1) if field == "since" else (12, 31)))
        if DAY.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    faults[field] = phrase(
        "%(written)s is no day and no year; write one like 1975-05-28, or 1975.",
        written=f"{written!r:.40}",
    )
    return None
