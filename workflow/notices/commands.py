"""Verbs of a notice's reader; each takes the session of somebody else's transaction."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from workflow.notices.models import Notice, NoticeChoice
from workflow.notices.vocabulary import CHOSEN, MailPreference, NoticeKind


def mark_read(session: Session, person: int, upto: int, *, now: datetime) -> int:
    """Note that a person has read their notices up to one; returns how many were new to them."""
    unread = (Notice.person_id == person) & (Notice.id <= upto) & Notice.read_at.is_(None)
    found = session.scalars(
        update(Notice).where(unread).values(read_at=now).returning(Notice.id),
        execution_options={"synchronize_session": False},
    ).all()
    return len(found)


def choose(session: Session, person: int, ways: Mapping[NoticeKind, MailPreference]) -> None:
    """Keep how a person wants mail about each kind of notice that may be chosen."""
    session.execute(delete(NoticeChoice).where(NoticeChoice.person_id == person))
    rows = [
        {"person_id": person, "kind": kind.value, "way": way.value}
        for kind, way in ways.items()
        if kind in CHOSEN
    ]
    session.execute(insert(NoticeChoice), rows)
