"""Whose account takes two administrators, and who may be the second."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import read_event, what_in
from workflow.audit.events.register import AppointmentEnded, AppointmentMade
from workflow.audit.models import Event
from workflow.people.appointments import lasting
from workflow.people.four_eyes.second import administrators_today
from workflow.people.models import Appointment
from workflow.vocabulary import ADMINISTRATOR

RECENT = timedelta(days=30)
NEW = timedelta(days=7)


def holds_office(session: Session, person_id: int, now: datetime) -> bool:
    """Whether somebody holds an office, is to hold one, or held one within 30 days.

    An end that was entered for a day long past counts from the day on which it was entered, or an
    administrator could end an appointment, act as its holder, and appoint them again.
    """
    since = now.date() - RECENT
    held = select(Appointment.id).where(Appointment.person_id == person_id, lasting(since))
    if session.scalars(held.limit(1)).first() is not None:
        return True
    ended = select(Event.body).where(
        Event.type == AppointmentEnded.event_type.value, Event.at >= now - RECENT
    )
    bodies = session.scalars(ended)
    return any(what_in(body, AppointmentEnded).holder == person_id for body in bodies)


def second_administrators(
    session: Session, now: datetime, *, but: Collection[int]
) -> frozenset[int]:
    """Who may confirm what an administrator asked for: the others who have access today.

    Whom somebody else made an administrator within a week is not among them, or one alone could
    make their second; whom nobody made was there when the house was set up.
    """
    able = administrators_today(session, now.date()) - frozenset(but)
    return able - _new_administrators(session, now)


def _new_administrators(session: Session, now: datetime) -> frozenset[int]:
    """Whom an administrator appointed one within a week, by when it was recorded."""
    made = select(Event.body).where(
        Event.type == AppointmentMade.event_type.value, Event.at > now - NEW
    )
    events = [read_event(body) for body in session.scalars(made)]
    return frozenset(
        each.what.holder
        for each in events
        if isinstance(each.what, AppointmentMade)
        and each.what.role == ADMINISTRATOR
        and each.person is not None
    )
