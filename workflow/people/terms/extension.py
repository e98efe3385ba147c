"""An appointment that lasts longer than it would have."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import AppointmentExtended
from workflow.errors import Invalid, NotFound
from workflow.people.administrators import kept_apart
from workflow.people.models import Appointment, Party
from workflow.people.register import registered
from workflow.people.sittings import on_one_body, sitting_key
from workflow.phrase import Phrase, phrase, together


def extend_appointment(
    session: Session, appointment_id: int, ends_on: date | None, *, by: int | None, now: datetime
) -> None:
    """Let an appointment end with a later day, or with none.

    Refuses one that has ended already, a day that is no later, and days on which the same person
    holds the same office, or an office that the two of them keep apart.
    """
    held = session.get(Appointment, appointment_id, with_for_update=True)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    fault = _fault(session, held, ends_on, now.date())
    if fault is not None:
        raise Invalid(fault, {"ends_on": fault})
    party = session.scalars(select(Party.key).where(Party.id == held.party_id)).one()
    _refuse_beside(session, held, party, ends_on)
    held.ends_on = ends_on
    session.flush()
    told = AppointmentExtended(
        appointment=held.id,
        holder=held.person_id,
        role=held.role,
        party=party,
        starts_on=held.starts_on,
        ends_on=ends_on,
        body=sitting_key(session, held.body_id),
    )
    registered(session, Fact(told, by, now))


def _refuse_beside(session: Session, held: Appointment, party: str, ends_on: date | None) -> None:
    """Refuse days on which an administrator would hold another office, or its holder administer."""
    longer = Appointment(
        person_id=held.person_id, role=held.role, starts_on=held.starts_on, ends_on=ends_on
    )
    apart = kept_apart(session, longer, party)
    if apart:
        faults = {"ends_on": together(apart.values())}
        raise Invalid(together(faults.values()), faults)


def _fault(session: Session, held: Appointment, ends_on: date | None, today: date) -> Phrase | None:
    if held.ends_on is None:
        return phrase("This appointment has no end; there is nothing to extend.")
    if held.ends_on < today:
        return phrase(
            "This appointment ended on %(ends_on)s; make a new one.", ends_on=held.ends_on
        )
    if ends_on is not None and ends_on <= held.ends_on:
        return phrase(
            "This appointment ends on %(ends_on)s; name a later day, or none.",
            ends_on=held.ends_on,
        )
    if _meets_another(session, held, ends_on):
        return phrase("Another appointment of the same person stands on some of these days.")
    return None


def _meets_another(session: Session, held: Appointment, ends_on: date | None) -> bool:
    """Whether the days that are added are those of another term of the same office."""
    others = select(Appointment.id).where(
        Appointment.person_id == held.person_id,
        Appointment.role == held.role,
        Appointment.party_id == held.party_id,
        Appointment.id != held.id,
        on_one_body(held.body_id),
        or_(Appointment.ends_on.is_(None), Appointment.ends_on > held.ends_on),
    )
    if ends_on is not None:
        others = others.where(Appointment.starts_on <= ends_on)
    return session.scalars(others.limit(1)).first() is not None
