"""The table of files that people ordered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant

_UNFINISHED = text("state in ('waiting', 'making')")


class FileOrder(Base):
    """A file that somebody ordered: what it is to hold, how far it is, and where it lies.

    One person has one in the making. `wanted` says what is asked for and `made` what became of it,
    both as JSON; `ref` is the history of a dossier. Whoever makes it is at it at `alive_at`.
    """

    __tablename__ = "file_order"
    __table_args__ = (
        Index(
            "uq_file_order_unfinished",
            "person_id",
            unique=True,
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
        Index("ix_file_order_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    ref: Mapped[str] = mapped_column(String(40))
    wanted: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    tries: Mapped[int]
    ordered_at: Mapped[datetime] = mapped_column(Instant)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    alive_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    made: Mapped[str] = mapped_column(Text)
    problem: Mapped[str] = mapped_column(Text)
