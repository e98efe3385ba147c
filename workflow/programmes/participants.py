"""Whom the lifecycles of programmes may ask beyond a case's own parties: the Board, pivotal countries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from workflow.bodies.models import Body, BodySeat
from workflow.bodies.quorum import fewer_than_quorum
from workflow.bodies.seats import BOARD, CHAIR, DEPUTY, MEMBER, PLACES, taken
from workflow.engine.domain import Bench, Found
from workflow.engine.models import CaseArea, CaseParty
from workflow.frameworks.models import FrameworkTerms
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, LeadInterest, Party, PivotalStatus
from workflow.people.pivotal.interests import SUPPORTS, holds_on
from workflow.people.pivotal.statuses import in_force as pivotal_on
from workflow.phrase import Phrase, phrase
from workflow.programmes.models import Programme
from workflow.reading import asked_once
from workflow.reference import reference
from workflow.vocabulary import BOARD_MEMBER

# What is asked of no programme in particular.
NO_CASE = 0
_CASE: BindParameter[int] = bindparam("case")
_TODAY: BindParameter[date] = bindparam("today", type_=Date)
# Whom a word asks of a body: all, those who have the chair, or those who do not.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "": PLACES,
    CHAIR: (CHAIR, DEPUTY),
    "members": (DEPUTY, MEMBER),
}


def board(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the board that decides on the programme; `chair` in `rest` asks its chair alone.

    That is the board of its framework or fund, or else the one by default. A donor of the programme
    does not decide on its own money. Where no board is entered at all, every party with a member
    decides; where only other frameworks have one, nobody does.
    """
    seated = _seated(session, case_id, BOARD, today)
    if seated is None:
        return [] if _any_board(session) else _in_office(session, today)
    places = _PLACES[rest]
    return [(seat.party, "seat on the Board") for seat in seated.seats if seat.place in places]


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
    seated = _seated(session, case_id, _kind(rest), today)
    return seated.lacks() if seated else None


def committee(session: Session, case_id: int, rest: str, today: date) -> Found:
    """The seats of the programme's body of another kind, such as `body:appraisal`.

    `body:appraisal:chair` asks its chair and deputies alone, `body:appraisal:members` all but its chair.
    """
    kind, _, whom = rest.partition(":")
    seated, places = _seated(session, case_id, kind, today), _PLACES[whom]
    seats = seated.seats if seated else ()
    return [(seat.party, f"seat on the {kind} body") for seat in seats if seat.place in places]


def board_categories(session: Session, case_id: int, _rest: str, today: date) -> Mapping[int, str]:
    """Under which category each party sits on the board that decides on the programme."""
    return _categories(_seated(session, case_id, BOARD, today))


def committee_categories(
    session: Session, case_id: int, rest: str, today: date
) -> Mapping[int, str]:
    """Under which category each party sits on the programme's body of another kind."""
    return _categories(_seated(session, case_id, _kind(rest), today))


def _categories(seated: "Seated | None") -> Mapping[int, str]:
    return {seat.party: seat.category for seat in seated.seats} if seated else {}


def _kind(rest: str) -> str:
    return rest.partition(":")[0]


def board_bench(session: Session, case_id: int, _rest: str, today: date) -> Bench | None:
    """The board that decides on the programme; nothing where none is entered, as before they were."""
    return _bench(_seated(session, case_id, BOARD, today))


def committee_bench(session: Session, case_id: int, rest: str, today: date) -> Bench | None:
    """The programme's body of another kind, such as `body:appraisal`."""
    return _bench(_seated(session, case_id, _kind(rest), today))


def _bench(seated: "Seated | None") -> Bench | None:
    return Bench(seated.id, seated.key) if seated else None


@dataclass(frozen=True, slots=True)
class Placed:
    """A party on a body that may decide, with its place and under which category it sits there."""

    party: int
    place: str
    category: str


@dataclass(frozen=True, slots=True)
class Seated:
    """The body that a programme goes to, with who may decide there."""

    id: int
    key: str
    name: str
    quorum: int
    seats: tuple[Placed, ...]

    def lacks(self) -> Phrase | None:
        """Why it cannot decide, where fewer seats may than its quorum asks for."""
        return fewer_than_quorum(self.name, len(self.seats), self.quorum)


def _seated(session: Session, case_id: int, kind: str, today: date) -> Seated | None:
    """The body of a kind that a programme goes to with who sits there; none where there is no body."""
    return _bodies(session, case_id, today).get(kind)


@asked_once
def _bodies(session: Session, case_id: int, today: date) -> Mapping[str, Seated]:
    """The bodies that a programme goes to, by kind, each with who sits there.

    That is the body of its framework, or the one of its kind by default. A donor of the programme is
    left out if it is a donor everywhere: a country of the South may share in its own fund.
    """
    asked = {"case": case_id, "today": today}
    return _by_kind(session.connection().execute(_seats_of_bodies(), asked).all())


def _by_kind(rows: Sequence[Any]) -> Mapping[str, Seated]:
    seats: dict[str, tuple[Placed, ...]] = {row.kind: () for row in rows}
    for row in rows:
        if row.party_id is not None:
            seats[row.kind] = (*seats[row.kind], Placed(*row[:3]))
    return {
        row.kind: Seated(row.id, row.key, row.name, row.quorum, seats[row.kind]) for row in rows
    }


@asked_once
def bodies_under(session: Session, framework: int | None, today: date) -> Mapping[str, Seated]:
    """The bodies that a programme without donors would go to under a framework, or under none, by kind."""
    asked = {"case": NO_CASE, "framework": framework or 0, "today": today}
    return _by_kind(session.connection().execute(_seats_under(), asked).all())


def places_of(of: str, seated: Mapping[str, Seated]) -> list[tuple[int, str]]:
    """The parties that a word names on one of these bodies, each with its category there."""
    kind, whom = _kind_and_whom(of)
    found = seated.get(kind)
    return [(s.party, s.category) for s in found.seats if s.place in _PLACES[whom]] if found else []


def body_of(of: str, seated: Mapping[str, Seated]) -> Seated | None:
    """The one of these bodies on which those sit whom a word names; none where it names no body's."""
    return seated.get(_kind_and_whom(of)[0])


def _kind_and_whom(of: str) -> tuple[str, str]:
    head, _, rest = of.partition(":")
    kind, _, whom = rest.partition(":")
    return (BOARD, rest) if head == BOARD else (kind, whom) if head == "body" else ("", "")


@cache
def _seats_of_bodies() -> Select[int, str, str, str, int, str, int, str]:
    """The bodies that a programme goes to, each with the seats that are held today but those of its donors."""
    its_framework = (
        Programme.case_id == _CASE,
        FrameworkTerms.framework_id == Programme.framework_id,
    )
    return _seats(_is_asked(*its_framework))


@cache
def _seats_under() -> Select[int, str, str, str, int, str, int, str]:
    """The bodies that a programme under a framework would go to, each with the seats that are held today."""
    return _seats(_is_asked(FrameworkTerms.framework_id == bindparam("framework")))


def _seats(asked: ColumnElement[bool]) -> Select[int, str, str, str, int, str, int, str]:
    giving = (
        select(CaseParty.party_id)
        .join(Party, Party.id == CaseParty.party_id)
        .where(
            CaseParty.case_id == _CASE,
            CaseParty.capacity == "donor",
            or_(Party.gives, Party.iso3.in_(sorted(reference().donors))),
        )
    )
    here = and_(BodySeat.body_id == Body.id, taken(_TODAY), BodySeat.party_id.not_in(giving))
    return (
        select(
            *(BodySeat.party_id, BodySeat.place, BodySeat.category),
            *(Body.kind, Body.id, Body.key, Body.name, Body.quorum),
        )
        .select_from(Body)
        .outerjoin(BodySeat, here)
        .where(asked)
        .order_by(Body.id, BodySeat.party_id)
    )


def _is_asked(*its_framework: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a programme goes to a body: its framework's own, or else the one by default."""
    other = aliased(Body)
    terms = FrameworkTerms.body_id, FrameworkTerms.appraisal_id, FrameworkTerms.steering_id
    own = exists().where(*its_framework, Body.id.in_(terms))
    has_own = exists().where(*its_framework, other.id.in_(terms), other.kind == Body.kind)
    return or_(own, and_(Body.by_default, ~has_own))


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
    """Pivotal countries that lead or support in its areas today; all pivotal countries where fewer than two."""
    pivotal = select(PivotalStatus.party_id).where(pivotal_on(today)).distinct()
    rows = session.execute(
        select(LeadInterest.party_id, LeadInterest.area, LeadInterest.answer)
        .join(CaseArea, CaseArea.area == LeadInterest.area)
        .where(
            CaseArea.case_id == case_id,
            LeadInterest.party_id.in_(pivotal),
            holds_on(today),
        )
        .order_by(LeadInterest.party_id, LeadInterest.area)
    )
    leading: dict[int, list[str]] = {}
    supporting: dict[int, list[str]] = {}
    for party, area, answer in rows:
        (supporting if answer == SUPPORTS else leading).setdefault(party, []).append(area)
    reasons = {party: "registered support: " + ", ".join(on) for party, on in supporting.items()}
    reasons |= {party: "registered interest: " + ", ".join(on) for party, on in leading.items()}
    if len(reasons) >= 2:
        return sorted(reasons.items())
    return [(party, "pivotal country") for party in session.scalars(pivotal)]
