"""What is known of a case beside its forecast: the days by which texts say that something is due."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import OPEN, LifecycleCase, Round
from workflow.lifecycles.definition import Definition


class KnownDay(NamedTuple):
    """A round that is open and due on a day that a text says: its key, what it is called, and when its time is up."""

    round: str
    label: str
    due: datetime


def known_days(session: Session, definition: Definition, ref: str) -> tuple[KnownDay, ...]:
    """The open rounds of the case called `ref` that are due on days of texts, the first one first."""
    by_text = {key: spec.label for key, spec in definition.rounds.items() if spec.due_on}
    if not by_text:
        return ()
    asked = (
        select(Round.key, Round.due_at)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == ref, Round.status == OPEN)
        .where(Round.key.in_(by_text), Round.due_at.is_not(None))
        .order_by(Round.due_at, Round.key)
    )
    return tuple(
        KnownDay(key, by_text[key], due) for key, due in session.execute(asked) if due is not None
    )
