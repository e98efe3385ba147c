"""Cases that a schedule opens under another one: each once, as its time comes or whenever that is noticed."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from workflow.database import Base
from workflow.engine.cases import schedules
from workflow.engine.cases.beginnings import open_children
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.models import Round
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.children.schedule import Occurrence

SCHEDULES = Base.metadata.tables[ChildSchedule.__tablename__]
# Where a schedule should have opened something by now.
DUE = SCHEDULES.c.opens_at <= bindparam("now")
_FIRST = (
    select(*(SCHEDULES.c[name] for name in ("kind", "opens_on", "period_from", "period_to", "due_on", "calendar_id")))
    .where(SCHEDULES.c.case_id == bindparam("case_id"), SCHEDULES.c.opens_at <= bindparam("until"))
    .order_by(SCHEDULES.c.opens_at, SCHEDULES.c.kind)
    .limit(1)
)  # fmt: skip


def open_due(work: UnitOfWork, until: datetime | None = None) -> int:
    """Open what the schedules of a locked case should have opened by now, or `until` an earlier instant.

    What was missed opens in its order, each for its own period, as whatever it is counted by says now.
    Says how many periods were dealt with; the caller closes the unit of work.
    """
    done = 0
    if not _runs(work):
        return done
    if _first(work, until or work.now):
        schedules.plan(work)
    while row := _first(work, until or work.now):
        kind = work.definition.children[row.kind]
        found = Occurrence(
            row.opens_on, row.period_from, row.period_to, row.due_on, row.calendar_id
        )
        open_children(work, kind, found)
        schedules.dealt_with(work, kind, found.period_to)
        done += 1
    return done


def _runs(work: UnitOfWork) -> bool:
    """Whether a schedule of the case runs in the state that it stands in."""
    kinds = schedules.scheduled(work.definition)
    return any(work.case.state in kind.states for kind in kinds)


def open_in_turn(work: UnitOfWork) -> int:
    """The same, as far as time has nothing to do to a round of the case before."""
    acts = select(func.min(Round.acts_at)).where(
        Round.case_id == work.case.id, Round.acts_at <= work.now
    )
    return open_due(work, work.session.scalar(acts))


def _first(work: UnitOfWork, until: datetime) -> Any:
    """The occurrence that should have opened first, if one should have."""
    return work.session.execute(_FIRST, {"case_id": work.case.id, "until": until}).first()
