"""A real notice for whoever words letters to see them on: the newest that they may know of."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import known_to_all
from workflow.notices.models import Notice
from workflow.notices.queries import NoticeLine, by_ids
from workflow.notices.vocabulary import Because, NoticeKind

OUTCOME = "…"
LOOKED_THROUGH = 200


def sample(session: Session, kind: NoticeKind) -> NoticeLine | None:
    """The newest notice of a kind about a programme that everybody may know of, if there is one.

    What came of the round is left out: it may be open to those alone who take part.
    """
    newest = select(Notice.id, Notice.case_id).where(Notice.kind == kind.value)
    rows = session.execute(newest.order_by(Notice.id.desc()).limit(LOOKED_THROUGH)).all()
    cases = {row.case_id for row in rows}
    open_ = set(
        session.scalars(select(LifecycleCase.id).where(LifecycleCase.id.in_(cases), known_to_all()))
    )
    found = next((row.id for row in rows if row.case_id in open_), None)
    return None if found is None else replace(by_ids(session, [found])[0], outcome=OUTCOME)


def unsent(kind: NoticeKind) -> NoticeLine:
    """A notice that says nothing but its own placeholders, for a kind of which none was sent."""
    return NoticeLine(
        id=0,
        kind=kind.value,
        ref="{ref}",
        title="{title}",
        label="{label}",
        outcome="{outcome}",
        because=Because.HOLDER.value,
        role="{role}",
        party="{party}",
        seat=None,
        due_at=None,
        created_at=datetime.fromtimestamp(0, UTC),
        read_at=None,
    )
