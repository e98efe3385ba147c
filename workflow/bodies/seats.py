"""Who sits on a body on a day, and in which place."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflow.bodies.models import BodySeat

BOARD, CHAIR, DEPUTY, MEMBER = "board", "chair", "deputy", "member"
KINDS = (BOARD, "appraisal", "steering")
PLACES = (CHAIR, DEPUTY, MEMBER)


def taken(on: date) -> ColumnElement[bool]:
    """That a seat is held on a day, the first and the last included."""
    ends = or_(BodySeat.ends_on.is_(None), BodySeat.ends_on >= on)
    return (BodySeat.starts_on <= on) & ends


def sitting(
    session: Session, body_id: int, on: date, places: tuple[str, ...] = PLACES
) -> list[int]:
    """The parties that hold a seat of one of these places on the body on a day."""
    seats = (
        select(BodySeat.party_id)
        .where(BodySeat.body_id == body_id, taken(on), BodySeat.place.in_(places))
        .distinct()
        .order_by(BodySeat.party_id)
    )
    return list(session.scalars(seats))
