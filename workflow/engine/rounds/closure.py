"""What becomes of the open rounds of a case that moves on: closed, stopped, or let go on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update

from workflow.audit.events.rounds import RoundOvertaken
from workflow.database import Base
from workflow.engine import round_state
from workflow.engine.models import OPEN, Round, Seat
from workflow.engine.round_state import PAUSED_BY_QUESTION, PAUSED_BY_STATE, RoundState
from workflow.engine.rounds import due_time, reminders
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.machine import Fate, fate
from workflow.transactions.statements import PreparedStatement

_ROUNDS = Base.metadata.tables[Round.__tablename__]
_SEATS = Base.metadata.tables[Seat.__tablename__]


def leave(
    work: UnitOfWork,
    state: str,
    effective_at: datetime | None,
    running: Sequence[RoundState] | None = None,
) -> bool:
    """Stop, restart or close the rounds that are `running` as the case moves on to `state`.

    They are read where they are not known. Returns whether any of them goes on there where a pause
    had stopped it.
    """
    definition, goes_on = work.definition, False
    if running is None:
        running = round_state.open_rounds(work.session, work.case.id)
    for round_ in running:
        spec = definition.rounds[round_.key]
        waits_since = round_.state if round_.paused_for else ""
        comes = fate(definition, spec, work.case.state, state, waits_since=waits_since)
        if comes is Fate.STOPS:
            if not round_.paused_for:
                due_time.pause(work, spec, round_, PAUSED_BY_STATE, effective_at)
        elif comes is Fate.GOES_ON:
            goes_on = True
            if round_.paused_for == PAUSED_BY_STATE or _unasked(definition, round_, running):
                due_time.resume(work, spec, round_, effective_at)
        else:
            overtake(work, round_)
    return goes_on


def _unasked(definition: Definition, round_: RoundState, running: Sequence[RoundState]) -> bool:
    """Whether a question stopped a clock and was overtaken meanwhile, so that none stops it any more."""
    stops = {key for each in running for key in definition.rounds[each.key].stops}
    return round_.paused_for == PAUSED_BY_QUESTION and round_.key not in stops


def stop_clocks(work: UnitOfWork, spec: RoundSpec) -> None:
    """Stop the running clocks that this round stops, which was opened just now."""
    for round_ in _running(work, spec):
        if not round_.paused_for:
            due_time.pause(work, work.definition.rounds[round_.key], round_, PAUSED_BY_QUESTION)


def let_go_on(work: UnitOfWork, spec: RoundSpec, effective_at: datetime | None) -> None:
    """Let the clocks go on that this round had stopped, unless another question still stops them."""
    still = {
        key
        for each in round_state.open_rounds(work.session, work.case.id)
        if each.key != spec.key
        for key in work.definition.rounds[each.key].stops
    }
    for round_ in _running(work, spec):
        if round_.paused_for == PAUSED_BY_QUESTION and round_.key not in still:
            due_time.resume(work, work.definition.rounds[round_.key], round_, effective_at)


def _running(work: UnitOfWork, spec: RoundSpec) -> list[RoundState]:
    """The open rounds whose clocks a round stops."""
    if not spec.stops:
        return []
    running = round_state.open_rounds(work.session, work.case.id)
    return [each for each in running if each.key in spec.stops]


def overtake(work: UnitOfWork, round_: RoundState) -> None:
    """Close one open round as overtaken."""
    written = work.note(RoundOvertaken(round=round_.key, turn=round_.turn))
    at = written.at
    close(work, round_, status="overtaken", settled_at=at, effective_at=at)
    reminders.drop(work, work.definition.rounds[round_.key], round_.id)


def close(work: UnitOfWork, round_: RoundState, **ended: Any) -> None:
    """Write how a round ended; its seats that nobody answered are overtaken."""
    values = {f"now_{name}": value for name, value in ended.items()}
    work.write(_SETTLED if "outcome" in ended else _OVERTAKEN, of_round=round_.id, **values)
    if any(seat.status == "open" for seat in round_.seats):
        work.write(_UNANSWERED, of_round=round_.id)


def _closing(*fields: str) -> PreparedStatement:
    """What writes these fields of a round that is closed."""
    values = {field: bindparam(f"now_{field}", type_=_ROUNDS.c[field].type) for field in fields}
    closed = update(_ROUNDS).where(_ROUNDS.c.id == bindparam("of_round"))
    return PreparedStatement(closed.values(**values, paused_for="", acts_at=None))


_SETTLED = _closing("status", "settled_at", "effective_at", "outcome", "explanation")
_OVERTAKEN = _closing("status", "settled_at", "effective_at")
_UNANSWERED = PreparedStatement(
    update(_SEATS)
    .where(_SEATS.c.round_id == bindparam("of_round"), _SEATS.c.status == OPEN)
    .values(status="overtaken")
)
