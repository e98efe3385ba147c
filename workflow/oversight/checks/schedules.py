"""Schedules that would open nothing in time: rows that say something else than the case comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import UNREADABLE
from workflow.audit.verification.verify import Difference
from workflow.engine.cases.schedules import ScheduleMeant, meant, plan, scheduled, standing_in
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork, lock_case
from workflow.lifecycles.children.progress import first_instant
from workflow.lifecycles.definition import Definition

# The house may have moved to another zone since an instant was written down.
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Miscounted:
    """A schedule that says something else than its lifecycle and the facts of its case come to."""

    ref: str
    kind: str

    @property
    def difference(self) -> Difference:
        """As a check tells it."""
        sentence = f"The schedule {self.kind} would not open its next case when it should."
        return Difference(self.ref, None, sentence)


def miscounted(engine: Engine) -> list[Miscounted]:
    """Every schedule that opens its next case at another time, or none; only who writes past us leaves one.

    None where rows cannot be read: the check of every row tells of those.
    """
    try:
        with engine.reading() as session:
            return list(_found(engine, session))
    except UNREADABLE:
        return []


def count_anew(engine: Engine, found: Sequence[Miscounted]) -> None:
    """Have these schedules say what they should."""
    for ref in dict.fromkeys(each.ref for each in found):
        with engine.transaction() as session:
            case = lock_case(session, ref)
            definition = engine.definition(case.definition_id, session)
            work = UnitOfWork(session, case, definition, None, engine.now())
            plan(work)


def _found(engine: Engine, session: Session) -> Iterator[Miscounted]:
    for definition_id in session.scalars(select(DefinitionVersion.id)).all():
        definition = engine.definition(definition_id, session)
        if not scheduled(definition):
            continue
        cases = select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.state)
        following = cases.where(LifecycleCase.definition_id == definition_id)
        columns = LifecycleCase.footing, LifecycleCase.entered_at
        for row in session.execute(following.add_columns(*columns).order_by(LifecycleCase.id)):
            yield from _of_case(session, definition, row)


def _of_case(session: Session, definition: Definition, case: Any) -> Iterator[Miscounted]:
    rows = session.scalars(select(ChildSchedule).where(ChildSchedule.case_id == case.id))
    kept = {row.kind: row for row in rows}
    state = standing_in(case.state, case.footing)
    for each in meant(session, definition, (case.id, state), case.entered_at.date()):
        if not _says(kept.get(each.kind), each):
            yield Miscounted(case.ref, each.kind)


def _says(row: ChildSchedule | None, each: ScheduleMeant) -> bool:
    """Whether a row says what it should."""
    if row is None or each.opens is None:
        return row is not None and row.opens_at is None
    said = (row.opens_on, row.period_from, row.period_to, row.due_on, row.calendar_id)
    opens = each.opens
    if row.opens_at is None or said != (
        opens.opens_on, opens.period_from, opens.period_to, opens.due_on, opens.calendar,
    ):  # fmt: skip
        return False
    return abs(row.opens_at - first_instant(opens.opens_on, "")) <= DAY
