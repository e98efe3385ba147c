"""On which body an appointment counts, where it is tied to one: a board or a committee."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, column, or_, select, table, true
from sqlalchemy.orm import Session

from workflow.people.models import Appointment

# Bodies belong to a room above this one; of them only the key is told here.
_BODIES = table("body", column("id"), column("key"))


@dataclass(frozen=True, slots=True)
class Sitting:
    """The body on which alone an appointment counts, by its number and its key."""

    body: int
    key: str


def sitting_key(session: Session, body: int | None) -> str | None:
    """The key of the body that an appointment is tied to; none where it is tied to none."""
    if body is None:
        return None
    found: str | None = session.scalar(select(_BODIES.c.key).where(_BODIES.c.id == body))
    return found


def sitting(session: Session, body: int | None) -> Sitting | None:
    """The body that an appointment is tied to; none where it is tied to none."""
    key = sitting_key(session, body)
    return Sitting(body, key) if body is not None and key is not None else None


def on_one_body(body: int | None) -> ColumnElement[bool]:
    """The condition that an appointment counts where another does: on this body, or on any."""
    if body is None:
        return true()
    return or_(Appointment.body_id.is_(None), Appointment.body_id == body)
