"""Who may certify what others recorded: holders of an office for it, and who acts for them, as rows to be told."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    bindparam,
    case,
    exists,
    or_,
    select,
)

from workflow.ledger.duties import CERTIFIES, FINANCE
from workflow.notices.outbox import holders, recipient
from workflow.notices.vocabulary import Because
from workflow.people.appointments import mandate_in_force
from workflow.people.mandates import ALL
from workflow.people.models import Appointment, Mandate, Party, Person
from workflow.vocabulary import HEAD, HOUSE

# What the offices are called in letters, as lifecycles call them.
CALLED = {FINANCE: "Finance officer", HEAD: "Director"}
TODAY = bindparam("today", type_=Date)
_HOUSE = select(Party.id).where(Party.key == HOUSE).scalar_subquery()
_ROLE = case(CALLED, value=Appointment.role, else_=Appointment.role)


def own_certifiers() -> Select[Any]:
    """Everybody who holds an office that certifies, with `recorder` to be told apart from."""
    told = recipient(Appointment.person_id, Because.HOLDER, role=_ROLE, party=Appointment.party_id)
    return select(*told).where(_certifying())


def acting_certifiers() -> Select[Any]:
    """Everybody who acts for one of them in all of it or in the case `to_case`, but for who acts for `recorder`."""
    told = recipient(Mandate.person_id, Because.DELEGATE, role=_ROLE, party=Appointment.party_id)
    has_access = exists().where(Person.id == Mandate.person_id, Person.disabled_at.is_(None))
    return (
        select(*told)
        .join_from(Appointment, Mandate, Mandate.appointment_id == Appointment.id)
        .where(_certifying(), has_access, mandate_in_force(TODAY))
        .where(or_(Mandate.scope == ALL, Mandate.scope == bindparam("to_case", type_=String)))
        .where(Appointment.person_id != bindparam("recorder", type_=Integer))
    )


def heads() -> Select[Any]:
    """Whoever is told that money waits too long: the head of the house."""
    told = recipient(Appointment.person_id, Because.WATCHES, role=_ROLE, party=Appointment.party_id)
    return select(*told).where(_certifying(), Appointment.role == HEAD)


def _certifying() -> ColumnElement[bool]:
    """The condition that an appointment gives an office of the house that certifies."""
    return (
        or_(*(Appointment.role == each for each in CERTIFIES))
        & (Appointment.party_id == _HOUSE)
        & holders(Appointment.role, Appointment.party_id, TODAY)
    )
