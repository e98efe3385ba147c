"""Which cases a list may show: a draft only to offices of its proposer and to auditors."""

from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from workflow.engine.records import CaseParty, LifecycleCase
from workflow.engine.seating import in_force
from workflow.people.records import Appointment

AUDITOR = "auditor"
DRAFT = "draft"


def known_to(person: int, today: date) -> ColumnElement[bool]:
    """The condition that a person may know of a case."""
    held = (Appointment.person_id == person, *in_force(today))
    proposes = (
        select(CaseParty.id)
        .join(Appointment, Appointment.party_id == CaseParty.party_id)
        .where(
            CaseParty.case_id == LifecycleCase.id, CaseParty.capacity == "proposer", *held
        )
    )  # fmt: skip
    audits = exists().where(Appointment.role == AUDITOR, *held)
    return or_(LifecycleCase.state != DRAFT, proposes.exists(), audits)


def is_auditor(session: Session, person: int, today: date) -> bool:
    """Whether the person holds an office of an auditor today."""
    held = select(Appointment.id).where(
        Appointment.person_id == person, Appointment.role == AUDITOR, *in_force(today)
    )
    return session.scalars(held.limit(1)).first() is not None
