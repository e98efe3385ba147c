"""Deadlines: what time does to rounds by itself, by a sweep or before somebody acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Subquery,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)  # fmt: skip
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.engine import round_state, unit_of_work
from workflow.engine.cases import by_schedule, ends
from workflow.engine.cases.by_schedule import SCHEDULES
from workflow.engine.children.models import ChildCase
from workflow.engine.children.waits import awaited
from workflow.engine.engine import Engine
from workflow.engine.locked_rounds import open_of
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import due_time, reminders, time_acts, undelivered
from workflow.engine.rounds.answer import reading_of
from workflow.engine.rounds.decision import Decision
from workflow.engine.rounds.one_by_one import OneByOne
from workflow.engine.rounds.signoffs import record_signoff, settle_if_decided
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.parentage.family_states import states_with_children

SETTLE = "settle"

BATCH = 500
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

_ROUNDS = Base.metadata.tables[Round.__tablename__]
_CASES = Base.metadata.tables[LifecycleCase.__tablename__]
_CHILDREN = Base.metadata.tables[ChildCase.__tablename__]
_ACTS = _ROUNDS.c.acts_at <= bindparam("now")
_PLACE: tuple[BindParameter[Any], ...] = (bindparam("at"), bindparam("id"))
# What is no round has no number, and is done at its instant before every round.
_NO_ROUND: ColumnElement[int] = literal_column("0").label("id")


def _next(
    at: ColumnElement[Any], number: ColumnElement[Any], case: ColumnElement[Any], due: Any
) -> Subquery:
    """What is due beyond a place, as its instant, the number of its round, and its case."""
    return (
        select(at, number, case)
        .where(due, tuple_(at, number) > tuple_(*_PLACE))
        .order_by(at, number)
        .limit(BATCH)
        .subquery()
    )


_NEXT_ROUNDS = _next(_ROUNDS.c.acts_at, _ROUNDS.c.id, _ROUNDS.c.case_id, _ACTS)
# Where a case has ended that another one is to hear of, and where a schedule should have opened something.
_NEXT_ENDS = _next(_CHILDREN.c.ended_at, _NO_ROUND, _CHILDREN.c.parent_id, ends.OWED)
_NEXT_OPENINGS = _next(SCHEDULES.c.opens_at, _NO_ROUND, SCHEDULES.c.case_id, by_schedule.DUE)
_EVERY = select(_NEXT_ROUNDS), select(_NEXT_ENDS), select(_NEXT_OPENINGS)
_NEXT = union_all(*_EVERY).order_by("acts_at", "id").limit(BATCH)
_CASE_OF = (
    select(_CASES.c.id)
    .join(_ROUNDS, _ROUNDS.c.case_id == _CASES.c.id)
    .where(_ROUNDS.c.id == bindparam("round_id"), _ACTS)
)
_OWING = select(_CASES.c.id).where(
    _CASES.c.id == bindparam("case_id"),
    or_(
        exists().where(_CHILDREN.c.parent_id == _CASES.c.id, ends.OWED),
        exists().where(SCHEDULES.c.case_id == _CASES.c.id, by_schedule.DUE),
    ),
)
_HEARS = _OWING.with_for_update(of=_CASES, skip_locked=True)
_FREE = _CASE_OF.with_for_update(of=_CASES, skip_locked=True)


@dataclass(frozen=True, slots=True)
class Swept:
    """What time did: how many rounds it settled, and of how many deadlines it told people.

    `heard` is how many cases had ended, of which it was made known on the case that had opened them,
    `opened` how many periods of schedules were dealt with.
    """

    settled: int = 0
    told: int = 0
    heard: int = 0
    opened: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        """Both taken together."""
        return Swept(
            self.settled + other.settled,
            self.told + other.told,
            self.heard + other.heard,
            self.opened + other.opened,
        )

    def __bool__(self) -> bool:
        """Whether anything was settled or told."""
        return self != Swept()


def sweep(engine: Engine) -> Swept:
    """Do what time does by now to every round on which it acts, and to every schedule; says what that was.

    Safe to run twice and from many places at once: each round is looked at again under its case's
    lock, and a case that somebody else holds is left to them. The deadline is the effective time,
    however late the sweep. Refused while the clock is in doubt.
    A case that cannot be read is left, and its fault raised after all others were settled.
    """
    engine.refuse_doubt()
    each, done = OneByOne(engine), Swept()
    while found := sum((each.done(_act, *due) or Swept() for due in _waiting(engine)), Swept()):
        done += found
    if engine.timekeeper is not None:
        engine.timekeeper.vouch(settled=bool(done))
    each.end()
    return done


def catch_up(work: UnitOfWork, rounds: Sequence[Any]) -> bool:
    """Do what time does by now to a locked case, before anybody acts on it; whether there was any.

    `rounds` are its open ones as they were found. What has ended under it is made known before. What
    settles late may restart a clock that has run out since.
    """
    opens = work.case.state in states_with_children(work.definition)
    heard = opens and ends.hear(work.of_nobody()) > 0
    due = heard
    for each in rounds:
        if each.acts_at and each.acts_at <= work.now:
            due = True
    if not due:
        return opens and by_schedule.open_due(work.of_nobody()) > 0
    nobody = work.of_nobody()
    if heard:
        _settle_freed(nobody)
    while _settles_one(nobody):
        pass
    by_schedule.open_due(nobody)
    return True


def _settles_one(work: UnitOfWork) -> bool:
    """Do what time does by now, round by round, until one of them is settled; whether one was."""
    due = (each for each in open_of(work.transaction, work.case.ref) if each.acts_by(work.now))
    in_turn = sorted(due, key=lambda each: (each.acts_at or work.now, each.id))
    return any(act(work, work.definition.rounds[each.key], each).settled for each in in_turn)


def _waiting(engine: Engine) -> Iterator[tuple[int, int]]:
    """Case and round wherever time acts by now, those that wait longest first."""
    now, after = engine.now(), (BEGINNING, 0)
    while True:
        with engine.reading() as session:
            rows = session.execute(_NEXT, {"now": now, "at": after[0], "id": after[1]}).all()
        for at, round_id, case_id in rows:
            yield case_id, round_id
            after = at, round_id
        if len(rows) < BATCH:
            return


def _act(engine: Engine, case_id: int, round_id: int) -> Swept:
    """Do what time does to a round, if its case is free and time still acts on it.

    Where it is none, what has ended under the case is made known on it, and what its schedules owe opens.
    """
    with engine.transaction() as session:
        now = engine.now()
        if not round_id:
            return _below(engine, session, case_id)
        if session.scalar(_FREE, {"round_id": round_id, "now": now}) is None:
            return Swept()
        case = unit_of_work.lock_case_by_id(session, case_id)
        definition = engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, now)
        round_ = round_state.by_id(session, round_id)
        if not round_.acts_by(work.now):
            return Swept()
        before = case.head.seq
        done = act(work, definition.rounds[round_.key], round_)
        if case.head.seq != before:
            work.close()
        return done


def _below(engine: Engine, session: Session, case_id: int) -> Swept:
    """Make known on a case what has ended under it and open what its schedules owe, if it is free."""
    if session.scalar(_HEARS, {"case_id": case_id, "now": engine.now()}) is None:
        return Swept()
    case = unit_of_work.lock_case_by_id(session, case_id)
    definition, before = engine.definition(case.definition_id, session), case.head.seq
    work = UnitOfWork(session, case, definition, None, engine.now())
    heard = ends.hear(work)
    settled = _settle_freed(work) if heard else 0
    done = Swept(settled, heard=heard, opened=by_schedule.open_in_turn(work))
    if case.head.seq != before:
        work.close()
    return done


def _settle_freed(work: UnitOfWork) -> int:
    """Settle what was decided while it waited for the cases under its own; says how many rounds that was."""
    waited = (
        each
        for each in round_state.open_rounds(work.session, work.case.id)
        if work.definition.rounds[each.key].waits_for and not each.paused_for
    )
    return sum(_settles_now(work, each.id) for each in tuple(waited))


def _settles_now(work: UnitOfWork, round_id: int) -> bool:
    round_ = round_state.by_id(work.session, round_id)
    if round_.status != "open" or round_.paused_for:
        return False
    spec = work.definition.rounds[round_.key]
    came = settle_if_decided(work, spec, round_, reading_of(spec, round_, work.now))
    return came.outcome is not None


def act(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> Swept:
    """Do what time does to a running round: mind lost mail, settle it or tell people; says when next.

    What a schedule should have opened before that is opened first.
    """
    told = None
    opened = by_schedule.open_due(work, round_.acts_at)
    if spec.session and round_.due_at is None and due_time.give_end(work, spec, round_):
        round_ = round_state.by_id(work.session, round_.id)
    if time_acts.waits_for_next_window(spec) and round_.time_is_up(work.now):
        due_time.to_next_window(work, spec, round_)
        return Swept(told=1)
    if undelivered.react(work, spec, round_):
        round_ = round_state.by_id(work.session, round_.id)
    elif round_.time_is_up(work.now) and settle_due(work, spec, round_):
        return Swept(settled=1, opened=opened)
    else:
        told = reminders.tell(work, spec, round_)
    time_acts.keep_as(work, spec, round_, acted=work.now, told=told)
    return Swept(told=told.number if told else 0, opened=opened)


def settle_due(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> bool:
    """Do what the passing of a round's time does; returns whether that settled it."""
    if not spec.at_due or awaited(work.session, [(work.case.id, work.definition, spec)]):
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
            record_signoff(work, round_, seat, answer, None, effective_at=round_.due_at)
            round_ = round_.answered(seat, spec.at_due, None)
    reading = reading_of(spec, round_, work.now)
    came = settle_if_decided(work, spec, round_, reading, effective_at=round_.due_at)
    return came.outcome is not None
