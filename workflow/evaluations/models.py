"""Tables of evaluations, derived from filed texts and cases and kept in step with them, by which figures and lists go.

A row is `open` while its evaluation stands in a state in which everybody reads its texts; the database keeps that.
"""

from datetime import date

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base


class Recommendation(Base):
    """A recommendation of an evaluation, by its place there: to whom, how it was answered, and of which year's report."""

    __tablename__ = "recommendation"
    __table_args__ = (
        Index(
            "ix_recommendation_year", *("open", "year", "party_id", "answer", "case_id", "place")
        ),
        Index("ix_recommendation_newest", "open", "case_id", "place", "year"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    number: Mapped[str] = mapped_column(String(20))
    statement: Mapped[str] = mapped_column(Text)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    answer: Mapped[str] = mapped_column(String(40))
    year: Mapped[int] = mapped_column(SmallInteger)
    open: Mapped[bool]


class CriterionRating(Base):
    """The points that an evaluation gave for one criterion, from 1 to 6, and of which year's report."""

    __tablename__ = "criterion_rating"
    __table_args__ = (
        Index("ix_criterion_rating_year", "open", "year", "criterion", "points", "case_id"),
        Index("ix_criterion_rating_newest", "open", "case_id", "criterion", "year", "points"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    criterion: Mapped[str] = mapped_column(String(20), primary_key=True)
    points: Mapped[int] = mapped_column(SmallInteger)
    year: Mapped[int] = mapped_column(SmallInteger)
    open: Mapped[bool]


class KeyAction(Base):
    """What is done about an evaluation, in a case of its own: by whom, by when, and where it stands.

    `above_id` is the evaluation; its `year` is that of its day, or in which it was written down.
    """

    __tablename__ = "key_action"
    __table_args__ = (
        Index(
            "ix_key_action_year",
            *("open", "year", "party_id", "ended", "state", "due", "case_id"),
        ),
        Index("ix_key_action_newest", "open", "case_id", "year"),
        Index("ix_key_action_above_id", "above_id"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    above_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    action: Mapped[str] = mapped_column(Text)
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    due: Mapped[date | None]
    year: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[str] = mapped_column(String(40))
    ended: Mapped[bool]
    open: Mapped[bool]
