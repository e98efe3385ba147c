"""Reading spans of time and the calendars of working days that they count in."""

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflow.lifecycles.loader.names import SITTING, KnownNames
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.quantities import SATURDAY_AND_SUNDAY, WorkingCalendar
from workflow.lifecycles.terms import MONTHS, AtSession, DayOfYear, Within, YearlyWindow
from workflow.phrase import phrase

CUT_OFF = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DAY = re.compile(r"[1-9][0-9]?")
# 29 February is not in it.
NO_LEAP_YEAR = 2001
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_span(entry: TomlTable, units: Collection[str]) -> Within:
    """So many of a unit of time, and nothing else."""
    span = Within(
        amount=entry.number("amount", least=1, most=3650),
        unit=entry.one_of("unit", units, phrase("unit of time")) or "hours",
    )
    entry.done()
    return span


def read_within(entry: TomlTable, units: Collection[str], names: KnownNames) -> Within:
    """A span with the calendar, the zone and the hour by which it is counted."""
    key = entry.one_of("calendar", tuple(names.calendars), phrase("calendar"), optional=True)
    closed = entry.one_of(
        "if_closed", ("next working day",), phrase("word on closed days"), optional=True
    )
    within = Within(
        amount=entry.number("amount", least=1, most=3650),
        unit=entry.one_of("unit", units, phrase("unit of time")),
        calendar=names.calendars.get(key),
        zone=_zone(entry),
        cut_off=_cut_off(entry),
        rolls=bool(closed),
    )
    if within.cut_off and within.unit == "hours":
        entry.note("cut_off", phrase("does not belong to a span of hours"))
    entry.done()
    return within


def read_calendar(key: str, entry: TomlTable) -> WorkingCalendar:
    """The days on which an office works."""
    weekend = entry.many_of("weekend", DAYS, phrase("day of the week"), optional=True)
    holidays = entry.table("holidays")
    calendar = WorkingCalendar(
        key=key,
        label=entry.text("label"),
        zone=_zone(entry),
        weekend=frozenset(map(DAYS.index, weekend)) or SATURDAY_AND_SUNDAY,
        closed=frozenset(filter(None, (_day(holidays, day) for day in holidays))),
    )
    entry.text("source", optional=True)
    if len(calendar.weekend) == len(DAYS):
        entry.note("weekend", phrase("leaves no day to work on"))
    entry.done()
    return calendar


def _cut_off(entry: TomlTable) -> str:
    hour = entry.text("cut_off", optional=True)
    if not hour or CUT_OFF.fullmatch(hour):
        return hour
    entry.note("cut_off", phrase("is '%(hour)s'; an hour such as \"17:00\" is expected", hour=hour))
    return ""


def _zone(entry: TomlTable) -> str:
    zone = entry.text("zone", optional=True)
    try:
        return ZoneInfo(zone).key if zone else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        entry.note(
            "zone",
            phrase("is '%(zone)s', which is no time zone such as \"America/New_York\"", zone=zone),
        )
        return ""


def _day(holidays: TomlTable, day: str) -> date | None:
    holidays.text(day)
    try:
        return date.fromisoformat(day)
    except ValueError:
        holidays.note(day, phrase('is no day such as "2026-12-25"'))
        return None


def read_window(entry: TomlTable) -> YearlyWindow | None:
    """The part of every year in which a round is answered; None where nothing is said."""
    if not entry.has("window"):
        return None
    below = entry.table("window")
    first, last = read_day_of_year(below, "from"), read_day_of_year(below, "until")
    window = YearlyWindow(first, last, _zone(below))
    if first == last:
        below.note("until", phrase("is the day on which it begins"))
    below.done()
    return window


def read_session(entry: TomlTable) -> AtSession | None:
    """The session of a body at which a round ends; None where nothing is said."""
    if not entry.has("session"):
        return None
    below = entry.table("session")
    due = below.one_of("due", ("session", "papers"), phrase("end"), optional=True)
    session = AtSession(
        of=below.one_of("of", SITTING, phrase("body")),
        papers=below.number("papers", least=1, most=365, default=0),
        papers_due=due == "papers",
        zone=_zone(below),
    )
    if session.papers_due and not session.papers:
        below.note(
            "papers", phrase("is missing; say how many days before the session they are due")
        )
    below.done()
    return session


def read_day_of_year(entry: TomlTable, key: str) -> DayOfYear:
    """A day such as "30 April"; one that is not in every year is none."""
    written = entry.text(key)
    day, _, month = written.partition(" ")
    if month in MONTHS and DAY.fullmatch(day):
        number = MONTHS.index(month) + 1
        if 1 <= int(day) <= monthrange(NO_LEAP_YEAR, number)[1]:
            return DayOfYear(number, int(day))
    if written:
        entry.note(key, phrase("is '%(day)s'; a day such as \"30 April\" is expected", day=written))
    return DayOfYear(1, 1)
