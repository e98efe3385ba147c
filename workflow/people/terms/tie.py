"""An appointment that counted wherever its party sits, tied to one body from now on."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import AppointmentTied
from workflow.errors import Invalid, NotFound
from workflow.people.models import Appointment, Party
from workflow.people.register import registered
from workflow.people.sittings import Sitting
from workflow.phrase import phrase


def tie_appointment(
    session: Session, appointment_id: int, on: Sitting, *, by: int | None, now: datetime
) -> None:
    """Let an appointment count on one body alone; refuses one that is tied to a body already."""
    held = session.get(Appointment, appointment_id, with_for_update=True)
    if held is None:
        raise NotFound(phrase("There is no such appointment."))
    if held.body_id is not None:
        said = phrase("This appointment is tied to a body already; end it and make another.")
        raise Invalid(said, {"body": said})
    held.body_id = on.body
    session.flush()
    told = AppointmentTied(
        appointment=held.id,
        holder=held.person_id,
        role=held.role,
        party=session.scalars(select(Party.key).where(Party.id == held.party_id)).one(),
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        body=on.key,
    )
    registered(session, Fact(told, by, now))
