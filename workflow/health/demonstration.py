"""The mark of a demonstration: in a database that bears it everybody's password is known to everybody."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflow.database import Base, Instant


class Demonstration(Base):
    """That the people of the demonstration were entered here, and when."""

    __tablename__ = "demonstration"

    id: Mapped[int] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime] = mapped_column(Instant)


def mark(session: Session, at: datetime) -> None:
    """Mark the database for good."""
    session.add(Demonstration(marked_at=at))


def is_marked(session: Session) -> bool:
    """Whether this is the database of a demonstration."""
    return session.scalar(select(Demonstration.id).limit(1)) is not None
