"""Who sits on a body on a day, and in which place."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflow.bodies.models import BodySeat
from workflow.people.directory.descriptions import is_donor
from workflow.people.parties import COUNTRY
from workflow.reference import reference

BOARD, CHAIR, DEPUTY, MEMBER = "board", "chair", "deputy", "member"
KINDS = (BOARD, "appraisal", "steering")
PLACES = (CHAIR, DEPUTY, MEMBER)


def may_sit(body: str, kind: str, iso3: str | None, *, gives: bool) -> bool:
    """Whether a party of this kind can have a seat on a body of that kind: no donor, and no office on a board.

    Of countries only developing ones sit: the programmes are theirs.
    """
    if is_donor(kind, iso3, gives=gives):
        return False
    if kind == COUNTRY:
        return reference().is_developing(iso3)
    return kind != "office" or body != BOARD


def taken(on: date | ColumnElement[Any]) -> ColumnElement[bool]:
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
