"""Of which programmes a person is told the past: those that they may know of today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from workflow.engine.permissions.visibility import audits
from workflow.orders.kinds import Said
from workflow.oversight.events.basis import basis
from workflow.programmes.lists.filters import Rows
from workflow.programmes.lists.models import ListedProgramme
from workflow.programmes.lists.sight import seen, sight


@dataclass(frozen=True, slots=True)
class Listed:
    """A programme and its reference, by which they stand in order."""

    id: int
    ref: str


def stretch(
    session: Session, person: int, now: datetime, most: int, after: str = ""
) -> list[Listed]:
    """So many programmes that the person may know of, by their references, behind one of these."""

    def ending(statement: Rows) -> Rows:
        onward = statement.where(ListedProgramme.ref > after)
        return onward.order_by(ListedProgramme.ref).limit(most)

    lines = _lines(session, person, now, ending)
    rows = session.execute(select(lines).order_by(lines.c.ref).limit(most))
    return [Listed(row.case_id, row.ref) for row in rows]


def known_then(session: Session, person: int, now: datetime, most: int | None = None) -> int:
    """How many programmes the person may know of; no more are counted than `most`."""
    lines = _lines(session, person, now, lambda statement: statement.limit(most))
    some = select(lines).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def rights_then(session: Session, person: int, now: datetime) -> Said:
    """On what rights the person knows of them: as an auditor, or of which private ones."""
    if audits(session, person, now.date()):
        return basis(audited=True, refs=(), at=now)
    private = sight(session, person, now).private
    refs = session.scalars(select(ListedProgramme.ref).where(private))
    return basis(audited=False, refs=refs, at=now)


def _lines(
    session: Session, person: int, now: datetime, ending: Callable[[Rows], Rows]
) -> Subquery:
    columns = (ListedProgramme.case_id, ListedProgramme.ref)
    return seen(sight(session, person, now), columns, ending)
