"""How long unsent texts are kept, and what goes before that time."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, or_, update
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.people.models import Person
from workflow.working_copies.copies import ERASED
from workflow.working_copies.models import WorkingCopy

KEPT = timedelta(days=30)
# Whoever typed while a case moved on may still copy what they typed.
GRACE = timedelta(days=1)


def sweep(session: Session, now: datetime, kept: timedelta = KEPT) -> int:
    """Remove unsent texts that nobody came back for in `kept`; returns how many.

    A day after its case has gone to another state, or after the access of its writer has ended, a text
    goes as well.
    """
    late = now - GRACE
    moved_on = exists().where(
        LifecycleCase.id == WorkingCopy.case_id,
        LifecycleCase.entered_at > WorkingCopy.saved_at,
        LifecycleCase.entered_at <= late,
    )
    left = exists().where(Person.id == WorkingCopy.person_id, Person.disabled_at <= late)
    finished = and_(WorkingCopy.fields == b"", WorkingCopy.saved_at <= late)
    gone = or_(WorkingCopy.saved_at <= now - kept, finished, moved_on, left)
    return session.connection().execute(delete(WorkingCopy).where(gone)).rowcount


def forget_of(session: Session, case: int | None) -> None:
    """Forget every unsent text of a case, or of what belongs to none: one may repeat what is erased.

    Whose it was finds where it stood and when, and that it is gone.
    """
    of = WorkingCopy.case_id.is_(None) if case is None else WorkingCopy.case_id == case
    session.execute(delete(WorkingCopy).where(of, WorkingCopy.fields == b""))
    session.execute(update(WorkingCopy).where(of).values(fields=ERASED, key=""))
