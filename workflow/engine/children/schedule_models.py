"""The table of schedules: how far each schedule of a case has come, and when it opens its next case."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class ChildSchedule(Base):
    """A schedule of a case: since when it counts, what was dealt with, and what comes next.

    `kind` is its key in the lifecycle of the case. Nothing comes next where it is over, where a date of
    the facts that it needs is not there, or while the case stands in none of its states.
    `calendar_id` is the reporting calendar that this follows, if it follows one.
    """

    __tablename__ = "child_schedule"
    __table_args__ = (
        Index(
            "ix_child_schedule_opens_at",
            *("opens_at", "case_id", "kind"),
            sqlite_where=text("opens_at is not null"),
            postgresql_where=text("opens_at is not null"),
        ),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(60), primary_key=True)
    since: Mapped[date]
    dealt_with: Mapped[date | None]
    opens_at: Mapped[datetime | None] = mapped_column(Instant)
    opens_on: Mapped[date | None]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    due_on: Mapped[date | None]
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_calendar.id"))
