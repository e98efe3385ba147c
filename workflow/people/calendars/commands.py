"""Setting a party's working calendar: from tomorrow on at the earliest, so that no end moves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import available_timezones

from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import CalendarSet
from workflow.errors import Invalid, NotFound
from workflow.people.calendars import public_holidays
from workflow.people.calendars.kept import WEEK
from workflow.people.models import Party, PartyCalendar
from workflow.people.register import registered
from workflow.phrase import Phrase, phrase, together

# Holidays are read for so many years after that in which a calendar comes into force.
AHEAD = 5
MOST_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarWish:
    """A calendar as somebody sets it: whose holidays it takes, and which days are otherwise.

    `closed` are days of rest beside the holidays, `worked` are holidays that are worked.
    """

    since: date
    weekend: tuple[str, ...]
    zone: str
    source: str = ""
    closed: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    @property
    def through(self) -> date | None:
        """The last day up to which holidays are read; none where none are taken."""
        if not self.source:
            return None
        wanted = date(self.since.year + AHEAD, 12, 31)
        return min(wanted, public_holidays.listed_until(self.source))

    def days(self) -> tuple[date, ...]:
        """The days of rest from the first day of the calendar on, in order."""
        years = tuple(range(self.since.year, self.since.year + AHEAD + 1))
        listed = public_holidays.holidays_of(self.source, years) if self.source else {}
        found = ({*listed} | self.closed) - self.worked
        return tuple(sorted(each for each in found if each >= self.since))


def set_calendar(
    session: Session, party_id: int, wish: CalendarWish, *, by: int | None, now: datetime
) -> int:
    """Set the calendar of a party from a day on, and return its number; earlier ones stay on record.

    The days of rest are written down as they are listed today. Refuses a day that has begun, a week
    without a day to work on, a zone that is none, and a country whose holidays are not listed.
    """
    party = session.get(Party, party_id)
    if party is None:
        raise NotFound(phrase("There is no such party."))
    faults = _faults(wish, now.date())
    if faults:
        raise Invalid(together(faults.values()), faults)
    weekend = tuple(name for name in WEEK if name in wish.weekend)
    days = wish.days()
    kept = PartyCalendar(
        party_id=party_id,
        since=wish.since,
        weekend=" ".join(weekend),
        zone=wish.zone,
        source=wish.source,
        edition=public_holidays.edition() if wish.source else "",
        through=wish.through,
        closed=" ".join(each.isoformat() for each in days),
    )
    session.add(kept)
    session.flush()
    registered(session, Fact(_told(party, kept, weekend, days), by, now))
    return kept.id


def _told(
    party: Party, kept: PartyCalendar, weekend: tuple[str, ...], days: tuple[date, ...]
) -> CalendarSet:
    """The calendar as the register tells it."""
    return CalendarSet(
        party=party.key,
        calendar=kept.id,
        since=kept.since,
        weekend=weekend,
        zone=kept.zone,
        source=kept.source,
        edition=kept.edition,
        through=kept.through,
        closed=days,
    )


def _faults(wish: CalendarWish, today: date) -> dict[str, Phrase]:
    """What is wrong with a calendar, by its fields."""
    faults: dict[str, Phrase] = {}
    if wish.since <= today:
        faults["since"] = phrase(
            "A calendar is in force from %(first)s at the earliest, so that no end that stands moves.",
            first=today + timedelta(days=1),
        )
    elif wish.since.year > today.year + AHEAD:
        faults["since"] = phrase("A calendar comes into force within %(years)s years.", years=AHEAD)
    if not set(wish.weekend) <= set(WEEK):
        faults["weekend"] = phrase("The days of the week are %(days)s.", days=", ".join(WEEK))
    elif set(wish.weekend) == set(WEEK):
        faults["weekend"] = phrase("A week needs a day to work on.")
    if wish.zone not in available_timezones():
        faults["zone"] = phrase(
            "%(zone)s is not a time zone; one is written like Africa/Maputo.",
            zone=f"{wish.zone!r:.60}",
        )
    return faults | _source_faults(wish.source) | _day_faults(wish)


def _source_faults(source: str) -> dict[str, Phrase]:
    """Whose holidays are wanted that are not listed: those of a country, or of a region of it."""
    country, _, region = source.partition(public_holidays.DASH)
    if not source or public_holidays.is_listed(source):
        return {}
    if country not in public_holidays.countries():
        return {"source": phrase("The holidays of this country are not listed; enter its days.")}
    known = sorted({*public_holidays.regions(country).values()})
    if not known:
        return {"region": phrase("No region of this country has holidays of its own on the list.")}
    return {
        "region": phrase(
            "%(region)s is no region on its list; these are: %(known)s.",
            region=f"{region!r:.40}", known=", ".join(known),
        )
    }  # fmt: skip


def _day_faults(wish: CalendarWish) -> dict[str, Phrase]:
    if len(wish.closed) > MOST_DAYS:
        return {"closed": phrase("At most %(most)s days can be entered.", most=MOST_DAYS)}
    both = sorted(wish.closed & wish.worked)
    if both:
        return {"worked": phrase("%(day)s cannot be a day of rest and of work.", day=both[0])}
    return {}
