"""Who may know of a case, alone or in a list: its proposer and auditors a draft, everybody the rest."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions import context
from workflow.engine.permissions.mandates import received
from workflow.engine.permissions.participants import in_force
from workflow.errors import NotFound
from workflow.people.models import Appointment
from workflow.phrase import phrase
from workflow.reading import asked_once

AUDITOR = "auditor"
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as its row tells it, read without a lock."""

    id: int
    ref: str
    title: str
    definition_id: int
    state: str
    stage: str
    version: int
    entered_at: datetime
    opened_at: datetime


_CASE = select(
    LifecycleCase.id,
    LifecycleCase.ref,
    LifecycleCase.title,
    LifecycleCase.definition_id,
    LifecycleCase.state,
    LifecycleCase.stage,
    LifecycleCase.version,
    LifecycleCase.entered_at,
    LifecycleCase.opened_at,
)


@asked_once
def visible_case(session: Session, ref: str, person: int, now: datetime) -> CaseRow:
    """The case called `ref`; refuses one that does not exist or that the person may not know of."""
    known = _CASE.where(LifecycleCase.ref == ref)
    row = session.execute(known).mappings().first() if ref.isprintable() else None
    offices = {*context.offices(session, person, now.date())}
    offices |= {each.office for each in received(session, person, now.date()) if each.reaches(ref)}
    if (
        row is None
        or row["definition_id"] is None
        or not may_see(session, row["id"], row["state"], offices)
    ):
        raise NotFound(phrase("There is no programme called %(ref)s.", ref=ref))
    return CaseRow(**row)


def may_see(
    session: Session, case_id: int, state: str, offices: Collection[tuple[str, int]]
) -> bool:
    """Whether the holder of these offices may know of the case."""
    if state != DRAFT or is_auditor(offices):
        return True
    proposers = session.scalars(
        select(CaseParty.party_id).where(
            CaseParty.case_id == case_id, CaseParty.capacity == "proposer"
        )
    )
    return bool({party for _, party in offices} & set(proposers))


def is_auditor(offices: Collection[tuple[str, int]]) -> bool:
    """Whether one of these offices is an auditor's."""
    return any(role == AUDITOR for role, _ in offices)


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
    audited = exists().where(Appointment.role == AUDITOR, *held)
    return or_(LifecycleCase.state != DRAFT, proposes.exists(), audited)


def audits(session: Session, person: int, today: date) -> bool:
    """Whether the person holds an office of an auditor today."""
    return is_auditor(context.offices(session, person, today))
