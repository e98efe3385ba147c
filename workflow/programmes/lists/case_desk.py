"""The officers' desk: every open case on which somebody is asked something, what stands longest first."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from workflow.engine.benches import at_bench
from workflow.engine.duty_models import SeatClaim
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round, Seat
from workflow.engine.round_state import PAUSED_BY_STATE
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Party, Person
from workflow.programmes.lists.lookup import Place, keys
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.orders import Order
from workflow.programmes.lists.portfolio import ProgrammeLine, lines_of
from workflow.programmes.lists.sight import sight
from workflow.vocabulary import OFFICER, SYSTEM, Stage

PAGE = 25
MOST = 1000
ASKED = 2
OLDEST = Order((ListedProgramme.entered_at, ListedProgramme.case_id))


@dataclass(frozen=True, slots=True)
class EmptyOffice:
    """An office that is asked something and that nobody holds today."""

    role: str
    party: str


@dataclass(frozen=True, slots=True)
class OfficersSeat:
    """A seat of the officers: in which round it is, and who has taken it."""

    seat: int
    round_key: str
    turn: int
    held: str


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One open case, the empty offices it waits for, and the officers' own seats on it."""

    programme: ProgrammeLine
    empty: tuple[EmptyOffice, ...]
    seats: tuple[OfficersSeat, ...]

    @property
    def due(self) -> datetime | None:
        """When the first of its open rounds is due."""
        return min((move.due for move in self.programme.moves if move.due), default=None)


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """A page of the desk; `late` rounds are counted as far as `MOST`, `next` leads on."""

    lines: tuple[DeskLine, ...]
    late: int
    stage: Stage | None
    next: str


def case_desk(
    session: Session, engine: Engine, person: int, stage: Stage | None, after: str, now: datetime
) -> CaseDesk:
    """The open cases that an officer may know of, of one stage or of all, from behind a place."""
    conditions: list[ColumnElement[bool]] = [ListedProgramme.urgency == ASKED]
    if stage is not None:
        conditions.append(ListedProgramme.stage == stage.value)
    at = Place(PAGE + 1, after=OLDEST.key(after))
    found = keys(session, sight(session, person, now), tuple(conditions), OLDEST, at)
    shown = found[:PAGE]
    ids = [key[-1] for key in shown]
    programmes = {line.ref: line for line in lines_of(session, engine, person, ids, now)}
    refs = _refs(session, ids)
    empty, seats = _empty(session, ids, now.date()), _seats(session, ids)
    lines = (
        DeskLine(programmes[refs[each]], empty.get(each, ()), seats.get(each, ()))
        for each in ids
        if refs.get(each) in programmes
    )
    following = OLDEST.cursor(shown[-1]) if len(found) > PAGE else ""
    return CaseDesk(tuple(lines), _late(session, now), stage, following)


def officers_seats(session: Session, case_id: int) -> tuple[OfficersSeat, ...]:
    """The open seats of one case that officers answer, with who has taken them."""
    return _seats(session, [case_id]).get(case_id, ())


def _refs(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    named = select(LifecycleCase.id, LifecycleCase.ref).where(LifecycleCase.id.in_(ids))
    return dict(session.execute(named).all())


def _late(session: Session, now: datetime) -> int:
    """How many open rounds are overdue, counted as far as one more than `MOST`."""
    late = select(Round.id).where(Round.status == OPEN, Round.due_at < now).limit(MOST + 1)
    return session.scalar(select(func.count()).select_from(late.subquery())) or 0


def _open_seats(columns: tuple[Any, ...], ids: Collection[int]) -> Any:
    """The open seats of these cases whose clock runs."""
    return (
        select(*columns)
        .join(Round, Round.id == Seat.round_id)
        .join(Party, Party.id == Seat.party_id)
        .where(Seat.case_id.in_(ids), Seat.status == OPEN, Round.status == OPEN)
        .where(Round.paused_for != PAUSED_BY_STATE, Seat.role != SYSTEM)
        .order_by(Seat.id)
    )


def _empty(
    session: Session, ids: Collection[int], today: date
) -> Mapping[int, tuple[EmptyOffice, ...]]:
    """Of each case the offices asked that nobody with access holds."""
    held = (
        exists()
        .where(Appointment.role == Seat.role, Appointment.party_id == Seat.party_id, at_bench())
        .where(in_force(today), Person.id == Appointment.person_id, Person.disabled_at.is_(None))
    )
    asked = _open_seats((Seat.case_id, Seat.role, Party.name), ids).where(~held)
    found: dict[int, dict[EmptyOffice, None]] = {}
    for case_id, role, party in session.execute(asked):
        found.setdefault(case_id, {})[EmptyOffice(role, party)] = None
    return {case_id: tuple(offices) for case_id, offices in found.items()}


def _seats(session: Session, ids: Collection[int]) -> Mapping[int, tuple[OfficersSeat, ...]]:
    """Of each case the seats that officers answer, with who has taken them."""
    columns = (Seat.case_id, Seat.id, Round.key, Round.turn, Person.name)
    asked = (
        _open_seats(columns, ids)
        .outerjoin(SeatClaim, (SeatClaim.seat_id == Seat.id) & SeatClaim.ended_at.is_(None))
        .outerjoin(Person, Person.id == SeatClaim.person_id)
        .where(Seat.role == OFFICER)
    )
    found: dict[int, list[OfficersSeat]] = {}
    for case_id, seat, key, turn, name in session.execute(asked):
        found.setdefault(case_id, []).append(OfficersSeat(seat, key, turn, name or ""))
    return {case_id: tuple(seats) for case_id, seats in found.items()}
