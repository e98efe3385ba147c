"""The calendars as whoever keeps them sees them: of all parties on a day, and of one over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflow.capitals import capital
from workflow.people.calendars import public_holidays
from workflow.people.calendars.commands import CalendarWish
from workflow.people.calendars.kept import WEEK, KeptCalendar, calendars_of, calendars_on
from workflow.people.directory.page import ENGINE, PartyEntry, party_entry
from workflow.people.models import Party

_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A party with the calendar in force, if it has one."""

    id: int
    key: str
    name: str
    calendar: KeptCalendar | None


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """A party with every calendar kept for it, the latest first, and what its days are called."""

    party: PartyEntry
    calendars: tuple[KeptCalendar, ...]
    in_force: KeptCalendar | None
    names: Mapping[date, str]


def calendar_lines(
    session: Session, on: date, *, after: tuple[str, int] = ("", 0), limit: int = 100
) -> tuple[CalendarLine, ...]:
    """Parties by name with their calendars of a day, from behind the (name, id) that a list ended with."""
    listed = (
        select(Party.id, Party.key, Party.name)
        .where(tuple_(Party.name, Party.id) > after, Party.key != ENGINE)
        .order_by(Party.name, Party.id)
        .limit(limit)
    )
    rows = session.execute(listed).all()
    kept = calendars_on(session, [row.id for row in rows], on)
    return tuple(CalendarLine(row.id, row.key, row.name, kept.get(row.id)) for row in rows)


def calendar_page(session: Session, key: str, on: date) -> CalendarPage:
    """The calendars of the party called `key`; refuses one that is not entered."""
    entry = party_entry(session, key)
    kept = calendars_of(session, entry.id)
    latest = kept[0] if kept else None
    return CalendarPage(
        entry,
        kept,
        calendars_on(session, [entry.id], on).get(entry.id),
        public_holidays.named(latest.source, latest.closed) if latest and latest.source else {},
    )


def proposed(page: CalendarPage, today: date) -> CalendarWish:
    """What a new calendar begins with: the latest one, or else the week and holidays of the country."""
    since = today + timedelta(days=1)
    if page.calendars:
        last = page.calendars[0]
        return CalendarWish(since=since, weekend=last.rests, zone=last.zone, source=last.source)
    there, iso3 = capital(page.party.iso3), page.party.iso3 or ""
    rests = sorted(there.weekend if there else _WEEKEND)
    return CalendarWish(
        since=since,
        weekend=tuple(WEEK[day] for day in rests),
        zone=there.zone if there else "UTC",
        source=iso3 if iso3 in public_holidays.countries() else "",
    )
