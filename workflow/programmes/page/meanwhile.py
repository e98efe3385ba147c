"""What falls due while a case stands still: rounds whose clocks are stopped, and what its schedules owe when it goes on."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.cases.schedules import held_up
from workflow.engine.children.models import ChildCase
from workflow.engine.engine import Engine
from workflow.engine.models import OPEN, LifecycleCase, Round
from workflow.engine.permissions.visibility import known_to
from workflow.engine.round_state import PAUSED_BY_STATE
from workflow.lifecycles.definition import Definition
from workflow.vocabulary import Footing, Stage


@dataclass(frozen=True, slots=True)
class StoppedRound:
    """A round whose clock stands still: what it is called, and when it was due as that was stopped."""

    label: str
    was_due: datetime


@dataclass(frozen=True, slots=True)
class CaseHeldUp:
    """A case that a schedule would have opened by now: its kind, when that was, its period and its due day."""

    label: str
    opens_on: date
    period_from: date
    period_to: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class CaseRunning:
    """A case that is open under one that stands still, and goes on: its kind, and when it is due next."""

    ref: str
    label: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What waits until the case goes on, and what under it is `running` meanwhile."""

    rounds: tuple[StoppedRound, ...]
    cases: tuple[CaseHeldUp, ...]
    running: tuple[CaseRunning, ...] = ()


def meanwhile_of(session: Session, engine: Engine, ref: str) -> Meanwhile | None:
    """The same of the case called `ref`, whoever asks; nothing where there is none."""
    asked = select(LifecycleCase).where(LifecycleCase.ref == ref)
    case = session.scalars(asked.where(LifecycleCase.definition_id.is_not(None))).one_or_none()
    if case is None:
        return None
    definition = engine.definition(case.definition_id or 0, session)
    stands = case.id, case.state, Footing(case.footing)
    return meanwhile(session, definition, stands, None, engine.now().date())


def meanwhile(
    session: Session,
    definition: Definition,
    case: tuple[int, str, Footing],
    person: int | None,
    today: date,
) -> Meanwhile | None:
    """What waits while the case stands in a state in which clocks are stopped; nothing in any other state.

    Of what goes on under it the person is told of what they may know of, nobody in particular of all.
    """
    case_id, state, footing = case
    if footing is not Footing.MANAGED or not definition.states[state].pauses:
        return None
    stopped = (
        select(Round.key, Round.paused_due)
        .where(Round.case_id == case_id, Round.status == OPEN)
        .where(Round.paused_for == PAUSED_BY_STATE, Round.paused_due.is_not(None))
        .order_by(Round.paused_due, Round.id)
    )
    rows = session.execute(stopped).all()
    owed = held_up(session, definition, (case_id, state), today) if definition.children else ()
    return Meanwhile(
        rounds=tuple(StoppedRound(definition.rounds[key].label, due) for key, due in rows if due),
        cases=tuple(
            CaseHeldUp(kind.label, each.opens_on, each.period_from, each.period_to, each.due_on)
            for kind, each in owed
        ),
        running=_running(session, definition, case_id, person, today)
        if definition.children
        else (),
    )


def _running(
    session: Session, definition: Definition, case_id: int, person: int | None, today: date
) -> tuple[CaseRunning, ...]:
    due = (
        select(func.min(Round.due_at))
        .where(Round.case_id == LifecycleCase.id, Round.status == OPEN)
        .scalar_subquery()
    )
    asked = (
        select(LifecycleCase.ref, ChildCase.kind, due.label("due_at"))
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .where(ChildCase.parent_id == case_id, LifecycleCase.stage != Stage.END.value)
        .order_by(due.is_(None), due, ChildCase.number)
    )
    known = asked if person is None else asked.where(known_to(person, today))
    kinds = definition.children
    return tuple(
        CaseRunning(row.ref, kinds[row.kind].label if row.kind in kinds else "", row.due_at)
        for row in session.execute(known)
    )
