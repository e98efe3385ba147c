"""Where an open case stands, as a simulation goes on from there: who has answered, and never what they said.

Whoever may read that a seat has answered may not always read its answer, so no forecast of a case
may tell it: what those who have answered said is drawn as if nobody knew.
"""

from dataclasses import dataclass
from datetime import date, datetime
from math import inf
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.models import Round
from workflow.engine.permissions import participants
from workflow.engine.round_state import PAUSED_BY_STATE, RoundState
from workflow.forecast.simulation.assumptions import Assumptions
from workflow.forecast.simulation.course import RoundAtStart, Start
from workflow.forecast.simulation.panels import ANSWERED, AskedParty, Places, Seating, invented
from workflow.forecast.simulation.working_time import instant
from workflow.lifecycles import rules
from workflow.lifecycles.calendar import passed, put_off
from workflow.lifecycles.definition import Definition, RoundSpec


@dataclass(frozen=True, slots=True)
class PresentCase:
    """A case as it stands: where runs begin, whom its lifecycle names in it, and its open rounds."""

    start: Start
    places: Places
    rounds: tuple[RoundState, ...]


def present_case(
    session: Session, definition: Definition, case: Any, assumed: Assumptions, now: datetime
) -> PresentCase:
    """How a case stands; `case` is a row with its id, its state and since when it is there."""
    rounds = tuple(round_state.open_rounds(session, case.id))
    turns = select(Round.key, func.max(Round.turn)).where(Round.case_id == case.id)
    start = Start(
        state=case.state,
        at=instant(now),
        rounds=tuple(_at_start(definition, each, now) for each in rounds),
        turns=dict(session.execute(turns.group_by(Round.key)).all()),
        taking=_heard(session, definition, case.id, now.date()),
        entered=instant(case.entered_at),
    )
    return PresentCase(start, _places(session, definition, case.id, assumed, now.date()), rounds)


def _at_start(definition: Definition, round_: RoundState, now: datetime) -> RoundAtStart:
    stopped = round_.paused_for == PAUSED_BY_STATE
    due = round_.paused_due if stopped else _end(definition.rounds[round_.key], round_, now)
    return RoundAtStart(
        key=round_.key,
        turn=round_.turn,
        state=round_.state,
        opened=instant(round_.opened_at),
        due=instant(due) if due else inf,
        seating=Seating(
            rule=definition.rounds[round_.key].rule,
            seats=tuple(
                rules.PanelSeat(
                    number,
                    seat.party_name,
                    seat.category,
                    seat.part,
                    seat.status == "recused",
                    seat.party_key,
                )
                for number, seat in enumerate(round_.seats)
            ),
            roles=tuple(seat.role for seat in round_.seats),
            parties=tuple(seat.party_id for seat in round_.seats),
        ),
        answered=frozenset(
            number for number, seat in enumerate(round_.seats) if seat.status == "answered"
        ),
        stopped=instant(round_.paused_at) if stopped and round_.paused_at else inf,
    )


def _end(spec: RoundSpec, round_: RoundState, now: datetime) -> datetime | None:
    """When time is up; where a question or lost mail stops the clock, as if it went on now: people may answer."""
    ended, since = round_.paused_due, round_.paused_at
    if ended is None or since is None or spec.within is None:
        return ended or round_.due_at
    return put_off(spec.within, ended, passed(spec.within, since, now))


def _places(
    session: Session, definition: Definition, case_id: int, assumed: Assumptions, today: date
) -> Places:
    """Whom each word names in this case; invented where somebody is asked whom nobody is yet."""
    found = {of: _named(session, case_id, of, today) for of in invented(definition, assumed)}
    bodies = {seat.of for seat in definition.seats() if seat.of.startswith("body:")}
    found |= {of: _named(session, case_id, of, today) for of in bodies}
    optional = {seat.of for seat in definition.seats() if seat.if_any}
    return {
        **{of: known for of, known in invented(definition, assumed).items() if of not in optional},
        **{of: known for of, known in found.items() if known or of in optional},
    }


def _heard(
    session: Session, definition: Definition, case_id: int, today: date
) -> dict[str, tuple[AskedParty, ...]]:
    """Those whom a word names by what they answered before."""
    words = {seat.of for seat in definition.seats() if seat.of.startswith(ANSWERED)}
    return {of: _named(session, case_id, of, today) for of in words}


def _named(session: Session, case_id: int, of: str, today: date) -> tuple[AskedParty, ...]:
    ids = [party for party, _ in participants.parties(session, case_id, of, today)]
    if not ids:
        return ()
    known = participants.called(session, set(ids))
    sorts = participants.categories_of(session, case_id, of, today)
    bench = participants.bench_of(session, case_id, of, today)
    return tuple(
        AskedParty(
            each, known[each].key, known[each].name, sorts.get(each, ""), bench.id if bench else 0
        )
        for each in ids
    )
