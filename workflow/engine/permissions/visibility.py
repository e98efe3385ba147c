"""Who may know of a case, alone or in a list: one condition, asked wherever a case is shown.

While a case stands in a private state it is known to the party that proposed it, to whoever was
asked a seat of it, to those who act for one of these, and to auditors; afterwards to everybody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, Integer, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from workflow.engine.domain import domain_of
from workflow.engine.models import CaseParty, LifecycleCase, PrivateState, Seat
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.reach import Day, Someone, reach, reaches_case
from workflow.errors import NotFound
from workflow.people.appointments import AUDITOR, in_force, is_auditor
from workflow.people.models import Appointment
from workflow.phrase import Term, phrase
from workflow.reading import asked_once
from workflow.vocabulary import PROPOSER


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


def visible_case(session: Session, ref: str, person: int, now: datetime) -> CaseRow:
    """The case called `ref`; refuses one that does not exist or that the person may not know of."""
    found = _known(session, ref, person, now.date()) if ref.isprintable() else None
    if found is None:
        case = Term(domain_of(session).subject)
        raise NotFound(phrase("There is no %(case)s called %(name)s.", case=case, name=ref))
    return found


@asked_once
def _known(session: Session, ref: str, person: int, today: date) -> CaseRow | None:
    asked = {"ref": ref, "person": person, "today": today}
    row = session.connection().execute(_KNOWN, asked).mappings().first()
    return None if row is None else CaseRow(**row)


def known_to_all() -> ColumnElement[bool]:
    """The condition that everybody may know of a case, whoever they are."""
    return ~exists().where(
        PrivateState.definition_id == LifecycleCase.definition_id,
        PrivateState.state == LifecycleCase.state,
    )


def known_to(person: Someone, today: Day) -> ColumnElement[bool]:
    """The condition that a person may know of a case."""
    audited = exists().where(
        Appointment.person_id == person, Appointment.role == AUDITOR, in_force(today)
    )
    return or_(known_to_all(), _proposed_by(person, today), _asked(person, today), audited)


def _proposed_by(person: Someone, today: Day) -> ColumnElement[bool]:
    """That an office in the person's reach is of the party that proposed the case."""
    office = reach(person, today).subquery("for_proposer")
    return exists().where(
        CaseParty.case_id == LifecycleCase.id,
        CaseParty.capacity == PROPOSER,
        CaseParty.party_id == office.c.party_id,
        office.c.role != AUDITOR,
        reaches_case(office.c.scope),
    )


def _asked(person: Someone, today: Day) -> ColumnElement[bool]:
    """That an office in the person's reach was asked a seat of the case."""
    office = reach(person, today).subquery("for_seat")
    return exists().where(
        Seat.case_id == LifecycleCase.id,
        Seat.role == office.c.role,
        Seat.party_id == office.c.party_id,
        reaches_case(office.c.scope),
    )


_KNOWN = _CASE.where(
    LifecycleCase.ref == bindparam("ref"),
    LifecycleCase.definition_id.is_not(None),
    known_to(bindparam("person", type_=Integer), bindparam("today", type_=Date)),
)


def audits(session: Session, person: int, today: date) -> bool:
    """Whether the person holds an office of an auditor today."""
    return is_auditor(offices(session, person, today))
