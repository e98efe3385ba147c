"""By which clocks the demo's people read, and in which calendars its parties work."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.capitals import capital
from workflow.people.appointments import in_force
from workflow.people.calendars.commands import set_calendar
from workflow.people.calendars.page import calendar_page, proposed
from workflow.people.models import Appointment, Party, Person
from workflow.vocabulary import ADMINISTRATOR

# Each works in the week of its capital and rests on the holidays of its country.
WITH_CALENDARS = ("bra", "ind", "mar", "moz", "mys", "tha", "wsm", "zaf")


def set_clocks(session: Session, now: datetime) -> None:
    """Have people read by the clocks of the capital for which they hold their first office."""
    held = (
        select(Person, Party.iso3)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Party, Party.id == Appointment.party_id)
        .where(Party.iso3.is_not(None), in_force(now.date()))
        .order_by(Appointment.id.desc())
    )
    for person, iso3 in session.execute(held):
        there = capital(iso3)
        if there is not None:
            person.time_zone = there.zone
    session.flush()


def set_calendars(session: Session, now: datetime) -> None:
    """Give parties their calendars, by an administrator, in force from tomorrow on."""
    by = session.scalars(
        select(Appointment.person_id)
        .where(Appointment.role == ADMINISTRATOR)
        .order_by(Appointment.id)
        .limit(1)
    ).one()
    for key in WITH_CALENDARS:
        page = calendar_page(session, key, now.date())
        set_calendar(session, page.party.id, proposed(page, now.date()), by=by, now=now)
