"""Where whoever is asked goes: to the page of the round, or to the form that they write and sign there."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.database import LARGEST
from workflow.engine.benches import OfficeKey
from workflow.engine.engine import Engine
from workflow.engine.models import Round, Seat
from workflow.engine.moves.papers import own_form
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotFound
from workflow.lifecycles.seat import SeatRef
from workflow.phrase import Term, phrase


@dataclass(frozen=True, slots=True)
class Entrance:
    """The round of a seat; `form` is the document that its reader writes and signs there, if there is one."""

    round_key: str
    turn: int
    form: str


def entrance(engine: Engine, session: Session, ref: str, seat: int, person: int) -> Entrance:
    """Where a person answers a seat; a mandate does not let them write."""
    now = engine.now()
    case = visible_case(session, ref, person, now)
    named = (
        select(Round.key, Round.turn, Seat.role, Seat.party_id, Seat.bench_id, Seat.status)
        .join(Seat, Seat.round_id == Round.id)
        .where(Seat.id == seat, Seat.case_id == case.id)
    )
    row = session.execute(named).first() if seat <= LARGEST else None
    if row is None:
        raise NotFound(phrase("There is no such seat in this %(case)s.", case=Term(case.subject)))
    place = SeatRef(row.role, row.party_id, "", row.status, row.bench_id)
    held: dict[OfficeKey, int] = offices(session, person, now.date())
    form = ""
    if row.status == "open" and any(office.fits(place) for office in held):
        definition = engine.definition(case.definition_id, session)
        form = own_form(definition, definition.rounds[row.key], row.role, case.state)
    return Entrance(row.key, row.turn, form)
