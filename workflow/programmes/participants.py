"""Whom the lifecycles of programmes may ask beyond a case's own parties: the Board, pivotal countries."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.domain import Found
from workflow.engine.models import CaseArea
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, LeadInterest, Party, PivotalStatus
from workflow.people.pivotal import in_force as pivotal_on

BOARD_MEMBER = "board_member"


def board(session: Session, _case: int, _rest: str, today: date) -> Found:
    """Every party with a member of the Board in office."""
    rows = session.execute(
        select(Party.id)
        .join(Appointment, Appointment.party_id == Party.id)
        .where(Appointment.role == BOARD_MEMBER, in_force(today))
        .distinct()
        .order_by(Party.id)
    )
    return [(party, "seat on the Board") for (party,) in rows]


def interested(session: Session, case_id: int, _rest: str, today: date) -> Found:
    """Pivotal countries with a registered interest; all pivotal countries where fewer than two."""
    pivotal = select(PivotalStatus.party_id).where(pivotal_on(today)).distinct()
    rows = session.execute(
        select(LeadInterest.party_id, LeadInterest.area)
        .join(CaseArea, CaseArea.area == LeadInterest.area)
        .where(CaseArea.case_id == case_id, LeadInterest.party_id.in_(pivotal))
        .order_by(LeadInterest.party_id, LeadInterest.area)
    )
    areas: dict[int, list[str]] = {}
    for party, area in rows:
        areas.setdefault(party, []).append(area)
    if len(areas) >= 2:
        return [
            (party, "registered interest: " + ", ".join(names)) for party, names in areas.items()
        ]
    return [(party, "pivotal country") for party in session.scalars(pivotal)]
