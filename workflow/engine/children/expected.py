"""What the schedules of a case open next, for whoever reads of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.children.schedule_models import ChildSchedule
from workflow.reading import asked_once

# A lifecycle has few schedules.
MOST = 50


@dataclass(frozen=True, slots=True)
class ExpectedCase:
    """The case that a schedule opens next: of which kind, on which day, about which period, due by when.

    The day is one of the house's calendar; no due day is known beforehand where none is said. `calendar` is the number of
    the reporting calendar that it follows, if it follows one.
    """

    kind: str
    opens_on: date
    period_from: date
    period_to: date
    due_on: date | None
    calendar: int | None


@asked_once
def expected(session: Session, case_id: int) -> tuple[ExpectedCase, ...]:
    """What every schedule of a case opens next, the first one first; nothing where none runs."""
    columns = (
        ChildSchedule.kind, ChildSchedule.opens_on, ChildSchedule.period_from,
        ChildSchedule.period_to, ChildSchedule.due_on, ChildSchedule.calendar_id,
    )  # fmt: skip
    running = ChildSchedule.case_id == case_id, ChildSchedule.opens_at.is_not(None)
    found = select(*columns).where(*running).order_by(ChildSchedule.opens_at, ChildSchedule.kind)
    rows: list[Any] = list(session.execute(found.limit(MOST)))
    return tuple(ExpectedCase(*row) for row in rows)
