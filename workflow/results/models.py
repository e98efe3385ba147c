"""Tables of results, derived from filed texts and kept in step with them: what pages read instead of the texts."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base
from workflow.transactions.exact_number import ExactNumber


class IndicatorRow(Base):
    """An indicator of a case, by its place in the text of `kind` that event `event_seq` filed."""

    __tablename__ = "indicator"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    event_seq: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    statement: Mapped[str] = mapped_column(Text)
    output: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(String(10))
    baseline: Mapped[Decimal] = mapped_column(ExactNumber)
    baseline_on: Mapped[date]
    disaggregated: Mapped[str] = mapped_column(Text)
    means: Mapped[str] = mapped_column(Text)
    together: Mapped[str] = mapped_column(String(10))


class IndicatorTarget(Base):
    """What the indicator at a place of a case should have come to by a day."""

    __tablename__ = "indicator_target"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    by: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[Decimal] = mapped_column(ExactNumber)


class ReportedPeriod(Base):
    """A period that the text of `kind` of a reporting case tells of, by the event that filed it.

    `support` is how well whoever reports finds itself supported by the office, from 1 to 6.
    """

    __tablename__ = "reported_period"
    __table_args__ = (Index("ix_reported_period_support", "period_to", "support", "case_id"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(40))
    event_seq: Mapped[int]
    period_from: Mapped[date]
    period_to: Mapped[date]
    support: Mapped[int | None] = mapped_column(SmallInteger)


class ReportedActual(Base):
    """What a reporting case says of an indicator at the end of its period, by its place there."""

    __tablename__ = "reported_actual"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    place: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(Text)
    value: Mapped[Decimal] = mapped_column(ExactNumber)
    of_which: Mapped[Decimal | None] = mapped_column(ExactNumber)
    means: Mapped[str] = mapped_column(Text)
    verified_by: Mapped[str] = mapped_column(Text)
    verified_on: Mapped[date | None]
