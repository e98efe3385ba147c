"""Mail that was lost: the round whose opening it told of is looked at again by whoever settles deadlines."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    column,
    literal_column,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.orm import Session

from workflow.database import Instant
from workflow.notices.models import Notice
from workflow.notices.vocabulary import NoticeKind, Sending

LOST = (Sending.BOUNCED.value, Sending.FAILED.value)
# The engine stands above the notices; they need these columns of its tables and no more.
_CASE = table("lifecycle_case", column("id", Integer))
_ROUND = table(
    "round",
    column("id", Integer),
    column("status", String),
    column("paused_at", Instant),
    column("acts_at", Instant),
)
# Written out, since a partial index answers for no value that comes later.
_OPEN: ColumnElement[str] = literal_column("'open'")


def have_looked_at(session: Session, notices: Collection[int], at: datetime) -> None:
    """Have time act on the running rounds whose opening these notices told of.

    Their cases are locked first: whoever moves a round meanwhile would not know of the loss.
    """
    opened = Notice.id.in_(notices) & (Notice.kind == NoticeKind.SILENCE_OPENED.value)
    cases = select(Notice.case_id).where(opened)
    session.execute(select(_CASE).where(_CASE.c.id.in_(cases)).order_by("id").with_for_update())
    session.execute(
        update(_ROUND)
        .where(_ROUND.c.id.in_(select(Notice.round_id).where(opened)))
        .where(_ROUND.c.status == _OPEN, _ROUND.c.paused_at.is_(None))
        .where(or_(_ROUND.c.acts_at.is_(None), _ROUND.c.acts_at > at))
        .values(acts_at=at)
    )
