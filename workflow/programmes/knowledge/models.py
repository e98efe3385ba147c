"""Tables of lessons: what lists, filters and searches need of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class ListedLesson(Base):
    """A lesson that was validated, as lists and searches go by it; its page never reads it.

    `programme_id` is the case at the top under which it was told. It is `shown` while it stands in a
    state in which its text is open to everybody; one that was withdrawn is not.
    """

    __tablename__ = "listed_lesson"
    __table_args__ = (Index("ix_listed_lesson_newest", "shown", "validated_at", "case_id"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    heading: Mapped[str] = mapped_column(String(300))
    validated_at: Mapped[datetime] = mapped_column(Instant)
    shown: Mapped[bool]
    search_text: Mapped[str] = mapped_column(Text)


class LessonWeighing(Base):
    """What somebody said of a lesson in a case: `used`, or `not_for_us`; the last of a case counts."""

    __tablename__ = "lesson_weighing"
    __table_args__ = (
        CheckConstraint("said in ('used', 'not_for_us')", name="said_known"),
        Index("ix_lesson_weighing_lesson", "lesson_id", "case_id", "event_seq"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    event_seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    said: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    weighed_at: Mapped[datetime] = mapped_column(Instant)


class LessonFacet(Base):
    """One thing by which a lesson is found: `area:health`, `goal:sdg-3`, `country:MOZ`, `year:2026`."""

    __tablename__ = "lesson_facet"
    __table_args__ = (Index("ix_lesson_facet_newest", "facet", "validated_at", "case_id"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("listed_lesson.case_id"), primary_key=True, autoincrement=False
    )
    facet: Mapped[str] = mapped_column(String(80), primary_key=True)
    validated_at: Mapped[datetime] = mapped_column(Instant)
