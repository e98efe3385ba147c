"""Whom the lifecycles of programmes may ask beyond a case's own parties: the Board, pivotal countries."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body
from workflow.bodies.seats import BOARD, CHAIR, DEPUTY, PLACES, default_body, sitting
from workflow.engine.domain import Found
from workflow.engine.models import CaseArea, CaseParty
from workflow.frameworks.models import FrameworkTerms
from workflow.people.appointments import in_force
from workflow.people.directory.descriptions import is_donor
from workflow.people.models import Appointment, LeadInterest, Party, PivotalStatus
from workflow.people.pivotal.interests import LEADS
from workflow.people.pivotal.statuses import in_force as pivotal_on
from workflow.programmes.models import Programme

BOARD_MEMBER = "board_member"


def board(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the board that decides on the programme; `chair` in `rest` asks its chair alone.

    That is the board of its framework or fund, or else the one by default. A donor of the programme
    does not decide on its own money. Where no board is entered, every party with a member decides.
    """
    body = deciding(session, case_id, BOARD)
    if body is None:
        return _in_office(session, today)
    places = (CHAIR, DEPUTY) if rest == CHAIR else PLACES
    giving = _donors(session, case_id)
    seated = sitting(session, body, today, places)
    return [(party, "seat on the Board") for party in seated if party not in giving]


def committee(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the programme's body of another kind, such as `body:appraisal`."""
    body = deciding(session, case_id, rest)
    seated = sitting(session, body, today) if body is not None else []
    giving = _donors(session, case_id)
    return [(party, f"seat on the {rest} body") for party in seated if party not in giving]


def deciding(session: Session, case_id: int, kind: str) -> int | None:
    """The body of a kind that a programme goes to: that of its framework, or the one by default."""
    named = (
        select(Body.id)
        .join(FrameworkTerms, FrameworkTerms.body_id == Body.id)
        .join(Programme, Programme.framework_id == FrameworkTerms.framework_id)
        .where(Programme.case_id == case_id, Body.kind == kind)
    )
    found = session.scalar(named)
    return default_body(session, kind) if found is None else found


def _donors(session: Session, case_id: int) -> set[int]:
    """The donors of a programme that are donors everywhere: a country of the South may share in its own fund."""
    rows = session.execute(
        select(Party.id, Party.kind, Party.iso3, Party.gives)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == "donor")
    )
    return {party for party, kind, iso3, gives in rows if is_donor(kind, iso3, gives=gives)}


def _in_office(session: Session, today: date) -> Found:
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
        .where(
            CaseArea.case_id == case_id,
            LeadInterest.party_id.in_(pivotal),
            LeadInterest.answer == LEADS,
        )
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
