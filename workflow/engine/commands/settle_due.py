"""Deadlines settled: what a round's silence or the timer does once its time is up."""

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from workflow.database import Base
from workflow.engine import round_state, unit_of_work
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import undelivered
from workflow.engine.rounds.decision import Decision
from workflow.engine.rounds.one_by_one import OneByOne
from workflow.engine.rounds.signoffs import record_signoff, settle_if_decided
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import RoundSpec

SETTLE = "settle"

_ROUNDS = Base.metadata.tables[Round.__tablename__]
_CASES = Base.metadata.tables[LifecycleCase.__tablename__]
_OVERDUE = (
    select(_ROUNDS.c.case_id, _ROUNDS.c.id)
    .where(_ROUNDS.c.status == "open", _ROUNDS.c.due_at < bindparam("now"))
    .order_by(_ROUNDS.c.due_at)
)
_OVERDUE_OF_ONE = _OVERDUE.join(_CASES, _CASES.c.id == _ROUNDS.c.case_id).where(
    _CASES.c.ref == bindparam("ref")
)


def sweep(engine: Engine) -> int:
    """Settle every round whose time is up, lost mail minded first; returns how many moved.

    Safe to run twice and from many places at once: each is decided again under its case's lock.
    The deadline is the effective time, however late the sweep. Refused while the clock is in doubt.
    A case that cannot be read is left, and its fault raised after all others were settled.
    """
    engine.refuse_doubt()
    each = OneByOne(engine)
    undelivered.sweep(engine, each)
    moved = 0
    while more := sum(each.moves(_settle_one, *overdue) for overdue in _overdue(engine)):
        moved += more
    if engine.timekeeper is not None:
        engine.timekeeper.vouch()
    each.end()
    return moved


def sweep_case(engine: Engine, ref: str) -> None:
    """Settle what is overdue on one case, before anybody acts on it.

    What settles late may restart a clock that has run out since.
    """
    while sum(_settle_one(engine, *overdue) for overdue in _overdue(engine, ref)):
        pass


def _overdue(engine: Engine, ref: str = "") -> Iterator[tuple[int, int]]:
    found = _OVERDUE_OF_ONE if ref else _OVERDUE
    with engine.reading() as session:
        rows = session.execute(found, {"now": engine.now(), "ref": ref}).all()
    yield from ((case_id, round_id) for case_id, round_id in rows)


def _settle_one(engine: Engine, case_id: int, round_id: int) -> bool:
    with engine.transaction() as session:
        case = unit_of_work.lock_case_by_id(session, case_id)
        definition = engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, engine.now())
        round_ = round_state.by_id(session, round_id)
        if round_.status != "open":
            return False
        if not round_.time_is_up(work.now):
            return False
        spec = definition.rounds[round_.key]
        moved = undelivered.react(work, spec, round_) or settle_due(work, spec, round_)
        if moved:
            work.close()
        return moved


def settle_due(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> bool:
    """Do what the passing of a round's time does; returns whether that settled it."""
    if not spec.at_due:
        return False
    if spec.at_due != SETTLE:
        answer = Decision(
            ref=work.case.ref,
            round=spec.key,
            verdict=spec.at_due,
            seen_version=work.case.version,
            key="",
        )
        for seat in round_.seats:
            record_signoff(work, spec, round_, seat, answer, None, effective_at=round_.due_at)
    reading = settle_if_decided(work, spec, round_.id, effective_at=round_.due_at)
    return reading.outcome is not None
