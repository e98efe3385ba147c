"""The table of programmes that lead groups lead."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant

_NOW = text("let_go_at is null")


class LedProgramme(Base):
    """A programme that a lead group took on, and let go where it did; a programme has one such group at once.

    `followed_at` is up to when the programme followed what changed in the group.
    """

    __tablename__ = "led_programme"
    __table_args__ = (
        Index(
            "ix_led_programme_now",
            "programme_id",
            unique=True,
            sqlite_where=_NOW,
            postgresql_where=_NOW,
        ),
        Index("ix_led_programme_group_id", "group_id", "programme_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    taken_on_at: Mapped[datetime] = mapped_column(Instant)
    followed_at: Mapped[datetime] = mapped_column(Instant)
    let_go_at: Mapped[datetime | None] = mapped_column(Instant)
