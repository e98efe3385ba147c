"""What was reviewed and what was not: per history and per auditor, with what is new since."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.oversight.events.filters import READINGS
from workflow.oversight.models import EventFacet, Review
from workflow.oversight.reviews.mark import THROUGH
from workflow.people.models import Person

PAGE = 25
NEW, NEVER, DONE = "new", "never", "done"
STANDINGS = (NEW, NEVER, DONE)
ORDER = {standing: place for place, standing in enumerate(STANDINGS)}


@dataclass(frozen=True, slots=True)
class Reviewed:
    """How far a history was reviewed, and how much happened since; readings do not count."""

    case_id: int
    ref: str
    title: str
    events: int
    through: int
    at: datetime | None
    new: int
    singles: int
    last: datetime

    @property
    def standing(self) -> str:
        """Whether it was never reviewed, something is new since, or all of it was."""
        return NEVER if not self.through else NEW if self.new else DONE


@dataclass(frozen=True, slots=True)
class Auditor:
    """What one auditor marked."""

    person: int
    name: str
    histories: int
    singles: int
    last: datetime


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    """One page of histories under a standing; `person` is whose marks count, None for anybody's."""

    lines: tuple[Reviewed, ...]
    counts: Mapping[str, int]
    standing: str
    person: int | None
    auditors: tuple[Auditor, ...]
    found: int
    page: int
    pages: int


def reviews_page(
    session: Session, *, person: int | None, standing: str = "", page: int = 1
) -> ReviewsPage:
    """Every history with how far it was reviewed; what has news since comes first."""
    standing = standing if standing in STANDINGS else ""
    rows = session.execute(_histories(person)).all()
    every = [_reviewed(row) for row in rows]
    tallied = Counter(each.standing for each in every)
    shown = [each for each in every if not standing or each.standing == standing]
    shown.sort(key=lambda each: (ORDER[each.standing], -each.last.timestamp(), -each.case_id))
    return ReviewsPage(
        lines=tuple(shown[(page - 1) * PAGE : page * PAGE]),
        counts={key: tallied[key] for key in STANDINGS},
        standing=standing,
        person=person,
        auditors=auditors(session),
        found=len(shown),
        page=page,
        pages=-(-len(shown) // PAGE),
    )


def reviewed(session: Session, case_id: int, person: int | None) -> Reviewed | None:
    """How far one history was reviewed by the person, or by anybody."""
    one = _histories(person).where(LifecycleCase.id == case_id)
    row = session.execute(one).one_or_none()
    return None if row is None else _reviewed(row)


def auditors(session: Session) -> tuple[Auditor, ...]:
    """Everybody who marked anything."""
    histories = func.count(case((Review.covers == THROUGH, Review.case_id)).distinct())
    singles = func.count(case((Review.covers != THROUGH, Review.id)))
    rows = session.execute(
        select(Person.id, Person.name, histories, singles, func.max(Review.at))
        .join(Review, Review.person_id == Person.id)
        .group_by(Person.id, Person.name)
        .order_by(Person.name, Person.id)
    )
    return tuple(Auditor(*row) for row in rows)


def _histories(person: int | None) -> Select[Any]:
    """Every history that has events, with how far it was reviewed and what is new since."""
    own = () if person is None else (Review.person_id == person,)
    looked = (
        select(
            Review.case_id,
            func.max(case((Review.covers == THROUGH, Review.seq))).label("through"),
            func.max(case((Review.covers == THROUGH, Review.at))).label("at"),
            func.count(case((Review.covers != THROUGH, Review.id))).label("singles"),
        )
        .where(*own)
        .group_by(Review.case_id)
        .subquery()
    )
    through = func.coalesce(looked.c.through, 0)
    news = and_(EventFacet.seq > through, EventFacet.type.not_in(READINGS))
    return (
        select(
            LifecycleCase.id.label("case_id"),
            LifecycleCase.ref,
            LifecycleCase.title,
            LifecycleCase.head_seq,
            through.label("through"),
            looked.c.at,
            func.coalesce(looked.c.singles, 0).label("singles"),
            func.count(case((news, EventFacet.event_id))).label("new"),
            func.max(EventFacet.at).label("last"),
        )
        .outerjoin(looked, looked.c.case_id == LifecycleCase.id)
        .join(EventFacet, EventFacet.case_id == LifecycleCase.id)
        .group_by(
            LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.head_seq,
            looked.c.through, looked.c.at, looked.c.singles,
        )
    )  # fmt: skip


def _reviewed(row: Any) -> Reviewed:
    return Reviewed(
        case_id=row.case_id,
        ref=row.ref,
        title=row.title,
        events=row.head_seq,
        through=row.through,
        at=row.at,
        new=row.new,
        singles=row.singles,
        last=row.last,
    )
