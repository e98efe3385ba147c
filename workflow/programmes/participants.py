"""Whom the lifecycles of programmes may ask beyond a case's own parties: the Board, pivotal countries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body, BodySeat
from workflow.bodies.seats import BOARD, CHAIR, DEPUTY, PLACES, taken
from workflow.engine.domain import Found
from workflow.engine.models import CaseArea, CaseParty
from workflow.frameworks.models import FrameworkTerms
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, LeadInterest, Party, PivotalStatus
from workflow.people.pivotal.interests import LEADS
from workflow.people.pivotal.statuses import in_force as pivotal_on
from workflow.programmes.models import Programme
from workflow.reading import asked_once
from workflow.reference import reference

BOARD_MEMBER = "board_member"


def board(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the board that decides on the programme; `chair` in `rest` asks its chair alone.

    That is the board of its framework or fund, or else the one by default. A donor of the programme
    does not decide on its own money. Where no board is entered, every party with a member decides.
    """
    seated = _seated(session, case_id, BOARD, today)
    if seated is None:
        return _in_office(session, today)
    places = (CHAIR, DEPUTY) if rest == CHAIR else PLACES
    return [(party, "seat on the Board") for party, place in seated if place in places]


def committee(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the programme's body of another kind, such as `body:appraisal`."""
    seated = _seated(session, case_id, rest, today) or ()
    return [(party, f"seat on the {rest} body") for party, _ in seated]


@asked_once
def _seated(
    session: Session, case_id: int, kind: str, today: date
) -> tuple[tuple[int, str], ...] | None:
    """The parties on the body that a programme goes to, each with its place; none where there is no body.

    That is the body of its framework, or the one by default. A donor of the programme is left out
    if it is a donor everywhere: a country of the South may share in its own fund.
    """
    named = (
        select(Body.id)
        .join(FrameworkTerms, FrameworkTerms.body_id == Body.id)
        .join(Programme, Programme.framework_id == FrameworkTerms.framework_id)
        .where(Programme.case_id == case_id, Body.kind == kind)
    )
    default = select(Body.id).where(Body.kind == kind, Body.by_default)
    giving = (
        select(CaseParty.party_id)
        .join(Party, Party.id == CaseParty.party_id)
        .where(
            CaseParty.case_id == case_id,
            CaseParty.capacity == "donor",
            or_(Party.gives, Party.iso3.in_(sorted(reference().donors))),
        )
    )
    here = and_(BodySeat.body_id == Body.id, taken(today), BodySeat.party_id.not_in(giving))
    rows: Sequence[Any] = session.execute(
        select(BodySeat.party_id, BodySeat.place)
        .select_from(Body)
        .outerjoin(BodySeat, here)
        .where(Body.id == func.coalesce(named.scalar_subquery(), default.scalar_subquery()))
        .order_by(BodySeat.party_id)
    ).all()
    return tuple((row[0], row[1]) for row in rows if row[0] is not None) if rows else None


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
