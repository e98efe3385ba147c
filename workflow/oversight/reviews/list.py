"""The marks of review that were made, and which events they cover."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event, Opening
from workflow.engine.models import LifecycleCase
from workflow.oversight.models import EventFacet, Review
from workflow.oversight.reviews.mark import THROUGH
from workflow.oversight.reviews.progress import PAGE
from workflow.people.models import Person


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One mark; `note` is None where it was erased."""

    id: int
    ref: str
    title: str
    covers: str
    seq: int
    event_seq: int
    sample: str
    who: str
    at: datetime
    note: str | None


def marks(
    session: Session, *, ref: str = "", person: int | None = None, before: int | None = None
) -> tuple[MarkLine, ...]:
    """The marks that were made, the newest first; one more than a page where there are more."""
    wanted = (
        select(Review, LifecycleCase.ref, LifecycleCase.title, Person.name, Opening.value)
        .join(LifecycleCase, LifecycleCase.id == Review.case_id)
        .join(Person, Person.id == Review.person_id)
        .join(Event, and_(Event.case_id == Review.case_id, Event.seq == Review.event_seq))
        .outerjoin(Opening, and_(Opening.event_id == Event.id, Opening.field == "note"))
        .order_by(Review.id.desc())
        .limit(PAGE + 1)
    )
    if ref:
        wanted = wanted.where(LifecycleCase.ref == ref)
    if person is not None:
        wanted = wanted.where(Review.person_id == person)
    if before is not None:
        wanted = wanted.where(Review.id < before)
    return tuple(
        MarkLine(
            mark.id, ref, title, mark.covers, mark.seq, mark.event_seq, mark.sample, name,
            mark.at, note or "",
        )
        for mark, ref, title, name, note in session.execute(wanted)
    )  # fmt: skip


def marked(session: Session, person: int, event_ids: list[int]) -> frozenset[int]:
    """Those of the events that the person reviewed, one by one or with their history."""
    covered = (Review.seq == EventFacet.seq) | (
        (Review.covers == THROUGH) & (Review.seq >= EventFacet.seq)
    )
    return frozenset(
        session.scalars(
            select(EventFacet.event_id)
            .join(Review, and_(Review.case_id == EventFacet.case_id, covered))
            .where(EventFacet.event_id.in_(event_ids), Review.person_id == person)
            .distinct()
        )
    )
