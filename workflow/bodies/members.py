"""The offices of boards, and who holds one that is tied to no board."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.people.appointments import lasting
from workflow.people.models import Appointment
from workflow.vocabulary import BOARD_CHAIR, BOARD_MEMBER


def untied(session: Session, parties: Collection[int], since: date) -> Sequence[int]:
    """The appointments to a board for these parties, lasting until a day or later, that are tied to none."""
    return session.scalars(
        select(Appointment.id)
        .where(Appointment.role.in_((BOARD_MEMBER, BOARD_CHAIR)), Appointment.body_id.is_(None))
        .where(Appointment.party_id.in_(parties), lasting(since))
        .order_by(Appointment.id)
    ).all()
