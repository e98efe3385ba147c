"""What was reviewed and what was not: per history and per auditor, with what is new since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.oversight.models import READINGS, EventFacet, HistoryNews, HistoryTally, Review
from workflow.oversight.reviews.mark import THROUGH
from workflow.people.models import Person

PAGE = 25
NEW, NEVER, DONE = "new", "never", "done"
STANDINGS = (NEW, NEVER, DONE)
# Where a page goes on: in which standing, after which history, told last at this time.
Cursor = tuple[str, datetime, int]


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
    """One page of histories under a standing; `person` is whose marks count, None for anybody's.

    `older` is where the next page begins.
    """

    lines: tuple[Reviewed, ...]
    counts: Mapping[str, int]
    standing: str
    person: int | None
    auditors: tuple[Auditor, ...]
    older: Cursor | None


def reviews_page(
    session: Session, *, person: int | None, standing: str = "", after: Cursor | None = None
) -> ReviewsPage:
    """Every history with how far it was reviewed; what has news since comes first."""
    standing = standing if standing in STANDINGS else ""
    wanted = (standing,) if standing else STANDINGS
    found = _found(session, person, wanted, after)
    shown = found[:PAGE]
    lines = _lines(session, [case_id for _, _, case_id in shown], person)
    return ReviewsPage(
        lines=tuple(lines[case_id] for _, _, case_id in shown),
        counts=_counts(session, person),
        standing=standing,
        person=person,
        auditors=auditors(session),
        older=shown[-1] if len(found) > PAGE else None,
    )


def reviewed(session: Session, case_id: int, person: int | None) -> Reviewed | None:
    """How far one history was reviewed by the person, or by anybody."""
    return _lines(session, [case_id], person).get(case_id)


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


def _found(
    session: Session, person: int | None, wanted: Collection[str], after: Cursor | None
) -> list[Cursor]:
    """The histories of a page and one more, in the order of their standings and then the newest."""
    found: list[Cursor] = []
    for standing in wanted:
        if after is not None and STANDINGS.index(standing) < STANDINGS.index(after[0]):
            continue
        here = _standing(person, standing)
        if after is not None and standing == after[0]:
            here = here.where(_beyond(after))
        rows = session.execute(here.limit(PAGE + 1 - len(found)))
        found += [(standing, row.last_at, row.case_id) for row in rows]
        if len(found) > PAGE:
            break
    return found


def _standing(person: int | None, standing: str) -> Select[int, datetime]:
    """The histories in this standing, those told last on top."""
    columns = select(HistoryNews.case_id, HistoryNews.last_at).order_by(
        HistoryNews.last_at.desc(), HistoryNews.case_id.desc()
    )
    if standing == NEVER:
        looked = exists().where(Review.case_id == HistoryNews.case_id, *_through(person))
        return columns.where(~looked)
    looked_at = _looked(person)
    return columns.join(looked_at, looked_at.c.case_id == HistoryNews.case_id).where(
        HistoryNews.seq > looked_at.c.through
        if standing == NEW
        else HistoryNews.seq <= looked_at.c.through
    )


def _beyond(after: Cursor) -> Any:
    _, at, case_id = after
    news = HistoryNews
    last = or_(news.last_at < at, and_(news.last_at == at, news.case_id < case_id))
    return and_(news.last_at <= at, last)


def _counts(session: Session, person: int | None) -> Mapping[str, int]:
    """How many histories are in each standing; what was never reviewed is the rest."""
    looked = _looked(person)
    new, done = session.execute(
        select(
            func.count(case((HistoryNews.seq > looked.c.through, 1))),
            func.count(case((HistoryNews.seq <= looked.c.through, 1))),
        ).join(looked, looked.c.case_id == HistoryNews.case_id)
    ).one()
    every = session.scalars(select(HistoryTally.number)).one()
    return {NEW: new, NEVER: every - new - done, DONE: done}


def _through(person: int | None) -> tuple[Any, ...]:
    """That a mark is of a history up to an event, and of this person."""
    own = () if person is None else (Review.person_id == person,)
    return (Review.covers == THROUGH, *own)


def _looked(person: int | None) -> Any:
    """Up to which event each history was reviewed, of those that were."""
    return (
        select(Review.case_id, func.max(Review.seq).label("through"))
        .where(*_through(person))
        .group_by(Review.case_id)
        .subquery()
    )


def _lines(session: Session, ids: Collection[int], person: int | None) -> dict[int, Reviewed]:
    """How far each of these histories was reviewed, and how much is new since."""
    own = () if person is None else (Review.person_id == person,)
    looked = (
        select(
            Review.case_id,
            func.max(case((Review.covers == THROUGH, Review.seq))).label("through"),
            func.max(case((Review.covers == THROUGH, Review.at))).label("at"),
            func.count(case((Review.covers != THROUGH, Review.id))).label("singles"),
        )
        .where(Review.case_id.in_(ids), *own)
        .group_by(Review.case_id)
        .subquery()
    )
    through = func.coalesce(looked.c.through, 0)
    rows = session.execute(
        select(
            LifecycleCase.id.label("case_id"),
            LifecycleCase.ref,
            LifecycleCase.title,
            LifecycleCase.head_seq.label("events"),
            through.label("through"),
            looked.c.at,
            _new_since(through, looked).label("new"),
            func.coalesce(looked.c.singles, 0).label("singles"),
            HistoryNews.last_at.label("last"),
        )
        .join(HistoryNews, HistoryNews.case_id == LifecycleCase.id)
        .outerjoin(looked, looked.c.case_id == LifecycleCase.id)
        .where(LifecycleCase.id.in_(ids))
    )
    return {row["case_id"]: Reviewed(**row) for row in rows.mappings()}


def _new_since(through: Any, looked: Any) -> Any:
    """How many events of a history came after the last one that was reviewed, but for looks at it."""
    return (
        select(func.count())
        .where(
            EventFacet.case_id == HistoryNews.case_id,
            EventFacet.seq > through,
            EventFacet.type.not_in(READINGS),
        )
        .correlate(HistoryNews, looked)
        .scalar_subquery()
    )
