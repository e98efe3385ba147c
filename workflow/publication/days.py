"""The days of the house: when one begins where the house is."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.people.calendars.kept import calendars_on
from workflow.people.models import Party
from workflow.vocabulary import HOUSE


def house_zone(session: Session, now: datetime) -> ZoneInfo:
    """The time zone of the house, by its calendar; UTC where it keeps none."""
    house = session.scalars(select(Party.id).where(Party.key == HOUSE)).one_or_none()
    kept = calendars_on(session, () if house is None else (house,), now.date())
    found = next((each.zone for each in kept.values()), "")
    return ZoneInfo(found or "UTC")


def today(session: Session, now: datetime) -> date:
    """The day that it is where the house is."""
    return now.astimezone(house_zone(session, now)).date()


def begins(session: Session, day: date, now: datetime) -> datetime:
    """The instant at which a day begins where the house is, or `now` on a day that has begun."""
    midnight = datetime.combine(day, time.min, house_zone(session, now)).astimezone(UTC)
    return max(midnight, now)
