"""What a database says of itself, in one state of things, whatever release made its tables."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """The revision of the tables, the number of events, and the attached files by their digests."""

    revision: str
    events: int
    files: frozenset[str]


def facts(session: Session) -> DatabaseFacts:
    """The facts as this session sees them."""
    return DatabaseFacts(
        str(session.scalar(text("select version_num from alembic_version"))),
        int(session.scalar(text("select count(*) from event")) or 0),
        frozenset(session.scalars(text("select distinct digest from attachment"))),
    )
