"""The auditor's first page: whether everything verifies, and what there is to look at."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.oversight.checks.results import Check, last_checks, pending_check
from workflow.oversight.events.indexer import behind
from workflow.oversight.models import HistoryNews, HistoryTally, Review
from workflow.oversight.reviews.progress import ReviewsPage, reviews_page
from workflow.tlog.store.models import LogPending, LogState, SignedCheckpoint


@dataclass(frozen=True, slots=True)
class Figures:
    """How complete the record is: what was recorded, placed in the log, found, signed, marked."""

    histories: int
    events: int
    sequenced: int
    findable: int
    signed: int
    signed_at: datetime | None
    marks: int
    last_event: datetime | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """What an auditor sees first; `mine` is what that auditor reviewed."""

    figures: Figures
    checks: tuple[Check, ...]
    pending: Check | None
    mine: ReviewsPage
    behind: int


def home_page(session: Session, person: int, now: datetime) -> HomePage:
    """The state of all histories at this moment."""
    late = behind(session)
    return HomePage(
        figures=_figures(session, late),
        checks=last_checks(session),
        pending=pending_check(session, now),
        mine=reviews_page(session, person=person),
        behind=late,
    )


def _figures(session: Session, late: int) -> Figures:
    checkpoint = session.execute(
        select(SignedCheckpoint.size, SignedCheckpoint.at)
        .order_by(SignedCheckpoint.size.desc(), SignedCheckpoint.id.desc())
        .limit(1)
    ).first()
    # Every event waits for its place in the log or has it, so that none needs to be counted.
    counted = select(
        select(HistoryTally.number).scalar_subquery(),
        select(LogState.size).scalar_subquery(),
        select(func.count()).select_from(LogPending).scalar_subquery(),
        select(func.count()).select_from(Review).scalar_subquery(),
        select(func.max(HistoryNews.last_at)).scalar_subquery(),
    )
    histories, sequenced, waiting, marks, last = session.execute(counted).one()
    sequenced = sequenced or 0
    return Figures(
        histories=histories,
        events=sequenced + waiting,
        sequenced=sequenced,
        findable=sequenced + waiting - late,
        signed=checkpoint.size if checkpoint else 0,
        signed_at=checkpoint.at if checkpoint else None,
        marks=marks,
        last_event=last,
    )
