"""Cases that a schedule opens under another one: each once, as its time comes or whenever that is noticed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select

from workflow.engine.cases import schedules
from workflow.engine.cases.beginnings import open_children
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.unit_of_work import UnitOfWork, lock_case_by_id
from workflow.lifecycles.children.schedule import Occurrence

BATCH = 500


def open_due(work: UnitOfWork, until: datetime | None = None) -> int:
    """Open what the schedules of a locked case should have opened by now, or `until` an earlier instant.

    Says how many occurrences were dealt with; the caller closes the unit of work.
    """
    done = 0
    if not schedules.scheduled(work.definition):
        return done
    while row := _first(work, until or work.now):
        kind = work.definition.children[row.kind]
        found = Occurrence(row.opens_on, row.period_from, row.period_to, row.due_on)
        open_children(work, kind, found)
        schedules.dealt_with(work, kind, found.period_to)
        done += 1
    return done


def _first(work: UnitOfWork, until: datetime) -> Any:
    """The occurrence that should have opened first, if one should have."""
    due = ChildSchedule.case_id == work.case.id, ChildSchedule.opens_at <= until
    columns = (
        ChildSchedule.kind, ChildSchedule.opens_on, ChildSchedule.period_from,
        ChildSchedule.period_to, ChildSchedule.due_on,
    )  # fmt: skip
    found = select(*columns).where(*due).order_by(ChildSchedule.opens_at, ChildSchedule.kind)
    return work.session.execute(found.limit(1)).first()


def waiting(engine: Engine) -> Iterator[int]:
    """The cases of which a schedule should have opened something, by their ids."""
    now, after = engine.now(), 0
    while True:
        due = select(ChildSchedule.case_id).where(
            ChildSchedule.opens_at <= now, ChildSchedule.case_id > after
        )
        with engine.reading() as session:
            rows = session.scalars(
                due.distinct().order_by(ChildSchedule.case_id).limit(BATCH)
            ).all()
        yield from rows
        if len(rows) < BATCH:
            return
        after = rows[-1]


def open_for(engine: Engine, case_id: int, _round: int) -> int:
    """Open what is due on one case; says how many occurrences were dealt with.

    Safe to call twice and from many places at once: a case that somebody else holds is left to them. What
    was missed opens in its order, each for its own period; what time does to a round before comes first.
    """
    with engine.transaction() as session:
        due = exists().where(
            ChildSchedule.case_id == case_id, ChildSchedule.opens_at <= engine.now()
        )
        free = select(LifecycleCase.id).where(LifecycleCase.id == case_id, due)
        if session.scalar(free.with_for_update(skip_locked=True)) is None:
            return 0
        case = lock_case_by_id(session, case_id)
        work = UnitOfWork(
            session, case, engine.definition(case.definition_id, session), None, engine.now()
        )
        before = case.head.seq
        done = open_due(work, _acts_first(work))
        if case.head.seq != before:
            work.close()
        return done


def _acts_first(work: UnitOfWork) -> datetime | None:
    """When time acts next on a round of the case, where it should have by now."""
    acts = select(func.min(Round.acts_at)).where(
        Round.case_id == work.case.id, Round.acts_at <= work.now
    )
    return work.session.scalar(acts)
