"""Which histories an auditor exports: those of a filtered portfolio, or one by its name."""

from array import array
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.history import known_case
from workflow.programmes.lists.filters import ProgrammeFilters, narrowed, programmes

AT_A_TIME = 500


def population(
    session: Session, person: int, ref: str, filters: ProgrammeFilters, now: datetime
) -> Sequence[int]:
    """The cases in the order of their opening; refuses a name that the person may not know of."""
    if ref:
        return [known_case(session, ref, person, now).id]
    wanted = narrowed(programmes(select(LifecycleCase.id), person, now), filters, now.date())
    ordered = wanted.order_by(LifecycleCase.id).execution_options(yield_per=AT_A_TIME)
    # In eight bytes each, however many they are.
    return array("q", session.scalars(ordered))


def at_most_events(session: Session, ids: Sequence[int], most: int) -> int:
    """How many events the cases have; counting ends where there are more than `most`."""
    if len(ids) > most:
        return len(ids)
    found = 0
    for start in range(0, len(ids), AT_A_TIME):
        some = LifecycleCase.id.in_(ids[start : start + AT_A_TIME])
        found += session.scalar(select(func.sum(LifecycleCase.head_seq)).where(some)) or 0
        if found > most:
            break
    return found
