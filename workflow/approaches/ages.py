"""How long countries that were approached have owed an answer: numbers by age, and the oldest of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.approaches.lines import ApproachLine, lines_of
from workflow.engine.engine import Engine
from workflow.programmes.models import ListedApproach

# Up to how many days each number goes; the last one has all others.
AGES = (14, 30)
OLDEST = 5


@dataclass(frozen=True, slots=True)
class ApproachAges:
    """How many approaches wait up to so many days, how many longer, and the oldest of all."""

    numbers: tuple[int, ...]
    oldest: tuple[ApproachLine, ...]

    @property
    def waiting(self) -> int:
        """How many wait at all."""
        return sum(self.numbers)


def approach_ages(session: Session, engine: Engine, now: datetime) -> ApproachAges:
    """Of the approaches that a country owes an answer to; for officers of the house, who know of all."""
    line = ListedApproach
    counted = (
        session.scalar(
            select(func.count()).where(
                line.waits.is_(True), line.entered_at <= now - timedelta(days=days)
            )
        )
        or 0
        for days in (0, *(days + 1 for days in AGES))
    )
    older = list(counted)
    numbers = (*(a - b for a, b in pairwise(older)), older[-1])
    oldest = select(line.case_id).where(line.waits.is_(True))
    first = session.scalars(oldest.order_by(line.entered_at, line.case_id).limit(OLDEST)).all()
    return ApproachAges(numbers, lines_of(session, engine, first, now))
