"""The table of reporting calendars: the financial year of a party, and how long after a period it reports."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base
from workflow.people.models import TakesTwo


class ReportingCalendar(TakesTwo, Base):
    """A reporting calendar of a party, once it is confirmed: for periods that begin `since` a day.

    Never changed then: what is kept later stands beside it. The financial year begins with the first
    day of the month `begins_in`; reports are due `within` so many days after the end of their period.
    """

    __tablename__ = "reporting_calendar"
    __table_args__ = (
        CheckConstraint("begins_in between 1 and 12", name="month_of_a_year"),
        CheckConstraint("within between 1 and 366", name="within_a_year"),
        CheckConstraint("outcome in ('', 'confirmed', 'declined')", name="outcome_known"),
        CheckConstraint("decided_by is null or decided_by <> asked_by", name="four_eyes"),
        Index("ix_reporting_calendar_party_id_since", "party_id", "since"),
        Index("ix_reporting_calendar_open", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    since: Mapped[date]
    begins_in: Mapped[int]
    within: Mapped[int]
