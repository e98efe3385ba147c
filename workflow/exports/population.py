"""Which histories an auditor exports: those of a filtered portfolio, or one by its name."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.history import known_case
from workflow.programmes.lists.filters import ProgrammeFilters, narrowed, programmes


def population(
    session: Session, person: int, ref: str, filters: ProgrammeFilters, now: datetime
) -> list[int]:
    """The cases in the order of their opening; refuses a name that the person may not know of."""
    if ref:
        return [known_case(session, ref, person, now).id]
    wanted = narrowed(programmes(select(LifecycleCase.id), person, now), filters)
    return list(session.scalars(wanted.order_by(LifecycleCase.id)))
