"""The results of checks as pages show them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.verification.verify import Difference
from workflow.engine.models import LifecycleCase
from workflow.oversight import models
from workflow.people.models import Person

# A check that has not ended by then died with its process.
GIVEN_UP = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found; `ref` is empty where everything was checked."""

    ref: str
    way: str
    who: str
    asked_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    cases: int
    events: int
    rows: int
    erased: int
    differences: int
    first: Difference | None

    @property
    def sound(self) -> bool:
        """Whether everything was as it had been recorded."""
        return self.ended_at is not None and not self.differences


def last_checks(session: Session, most: int = 5) -> tuple[Check, ...]:
    """The last checks of everything that ended, the newest first."""
    return _checks(session, ended=True, most=most)


def pending_check(session: Session, now: datetime) -> Check | None:
    """The check of everything that is asked for or under way."""
    if pending_id(session, now) is None:
        return None
    return next(iter(_checks(session, ended=False, most=1)), None)


def _checks(session: Session, *, ended: bool, most: int) -> tuple[Check, ...]:
    table = models.Verification
    rows = session.execute(
        select(table, LifecycleCase.ref, Person.name)
        .outerjoin(LifecycleCase, LifecycleCase.id == table.case_id)
        .outerjoin(Person, Person.id == table.person_id)
        .where(
            table.case_id.is_(None),
            table.ended_at.is_not(None) if ended else table.ended_at.is_(None),
        )
        .order_by(table.ended_at.desc(), table.id.desc())
        .limit(most)
    )
    return tuple(_check(row, ref or "", name or "") for row, ref, name in rows)


def _check(row: models.Verification, ref: str, name: str) -> Check:
    first = Difference(row.first_ref, row.first_seq, row.first_sentence)
    return Check(
        ref=ref,
        way=row.way,
        who=name,
        asked_at=row.asked_at,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        cases=row.cases,
        events=row.events,
        rows=row.rows,
        erased=row.erased,
        differences=row.differences,
        first=first if row.differences else None,
    )


def pending_id(session: Session, now: datetime) -> int | None:
    """The check of everything that is asked for or under way, unless its process died long ago."""
    table = models.Verification
    return session.scalar(
        select(table.id)
        .where(table.case_id.is_(None), table.ended_at.is_(None), table.asked_at > now - GIVEN_UP)
        .order_by(table.id)
        .limit(1)
    )
