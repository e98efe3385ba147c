"""Whom the lifecycles of programmes may ask beyond a case's own parties: the Board, pivotal countries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body, BodySeat
from workflow.bodies.seats import BOARD, CHAIR, DEPUTY, PLACES, taken
from workflow.engine.domain import Bench, Found
from workflow.engine.models import CaseArea, CaseParty
from workflow.frameworks.models import FrameworkTerms
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, LeadInterest, Party, PivotalStatus
from workflow.people.pivotal.interests import LEADS
from workflow.people.pivotal.statuses import in_force as pivotal_on
from workflow.phrase import Phrase, counted, phrase
from workflow.programmes.models import Programme
from workflow.reading import asked_once
from workflow.reference import reference

BOARD_MEMBER = "board_member"


def board(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the board that decides on the programme; `chair` in `rest` asks its chair alone.

    That is the board of its framework or fund, or else the one by default. A donor of the programme
    does not decide on its own money. Where no board is entered at all, every party with a member
    decides; where only other frameworks have one, nobody does.
    """
    seated = _seated(session, case_id, BOARD, today)
    if seated is None:
        return [] if _any_board(session) else _in_office(session, today)
    places = (CHAIR, DEPUTY) if rest == CHAIR else PLACES
    return [(party, "seat on the Board") for party, place in seated.seats if place in places]


def board_lacks(session: Session, case_id: int, _rest: str, today: date) -> Phrase | None:
    """Why no board can decide on the programme today: none is named for it, or too few seats are taken."""
    seated = _seated(session, case_id, BOARD, today)
    if seated is not None:
        return seated.lacks()
    if not _any_board(session):
        return None
    return phrase(
        "No board decides on this programme: its framework names none, and none decides where no "
        "other is named. Ask an administrator to name one."
    )


def committee_lacks(session: Session, case_id: int, rest: str, today: date) -> Phrase | None:
    """Why the programme's body of another kind cannot decide today: too few seats are taken."""
    seated = _seated(session, case_id, rest, today)
    return seated.lacks() if seated else None


def committee(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the programme's body of another kind, such as `body:appraisal`."""
    seated = _seated(session, case_id, rest, today)
    seats = seated.seats if seated else ()
    return [(party, f"seat on the {rest} body") for party, _ in seats]


def board_bench(session: Session, case_id: int, _rest: str, today: date) -> Bench | None:
    """The board that decides on the programme; nothing where none is entered, as before they were."""
    return _bench(_seated(session, case_id, BOARD, today))


def committee_bench(session: Session, case_id: int, rest: str, today: date) -> Bench | None:
    """The programme's body of another kind, such as `body:appraisal`."""
    return _bench(_seated(session, case_id, rest, today))


def _bench(seated: "Seated | None") -> Bench | None:
    return Bench(seated.id, seated.key) if seated else None


@dataclass(frozen=True, slots=True)
class Seated:
    """The body that a programme goes to, with the parties on it that may decide, each with its place."""

    id: int
    key: str
    name: str
    quorum: int
    seats: tuple[tuple[int, str], ...]

    def lacks(self) -> Phrase | None:
        """Why it cannot decide, where fewer seats may than its quorum asks for."""
        if len(self.seats) >= self.quorum:
            return None
        return counted(
            "%(body)s cannot decide: one of its seats may, and %(quorum)s must. Ask an administrator.",
            "%(body)s cannot decide: %(num)s of its seats may, and %(quorum)s must. Ask an "
            "administrator.",
            len(self.seats),
            body=self.name,
            quorum=self.quorum,
        )


@asked_once
def _seated(session: Session, case_id: int, kind: str, today: date) -> Seated | None:
    """The body that a programme goes to with who sits there; none where there is no body.

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
        select(BodySeat.party_id, BodySeat.place, Body.id, Body.key, Body.name, Body.quorum)
        .select_from(Body)
        .outerjoin(BodySeat, here)
        .where(Body.id == func.coalesce(named.scalar_subquery(), default.scalar_subquery()))
        .order_by(BodySeat.party_id)
    ).all()
    if not rows:
        return None
    seats = tuple((row.party_id, row.place) for row in rows if row.party_id is not None)
    first = rows[0]
    return Seated(first.id, first.key, first.name, first.quorum, seats)


def _any_board(session: Session) -> bool:
    """Whether any board is entered, be it for other frameworks alone."""
    return session.scalars(select(Body.id).where(Body.kind == BOARD).limit(1)).first() is not None


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
