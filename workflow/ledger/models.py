"""Tables of money: movements with their two sides, who stands behind them, and rates; closed to change but for what waits."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant
from workflow.transactions.exact_number import ExactNumber

LONGEST_LINE = 80


class MoneyMovement(Base):
    """An act of money in a case, by its number there, with the rate at which it came to dollars."""

    __tablename__ = "money_movement"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("corrects is null or corrects < number", name="corrects_an_earlier_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(20))
    moved_on: Mapped[date]
    rate: Mapped[Decimal] = mapped_column(ExactNumber)
    rate_on: Mapped[date]
    usd: Mapped[Decimal] = mapped_column(ExactNumber)
    corrects: Mapped[int | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]


class MoneyEntry(Base):
    """One side of a movement: what came to an account, or left it with an amount below zero."""

    __tablename__ = "money_entry"
    __table_args__ = (
        Index("ix_money_entry_case_id", "case_id"),
        Index("ix_money_entry_source_id", "source_id", "movement_id"),
        Index("ix_money_entry_holder_id", "holder_id", "movement_id"),
    )

    movement_id: Mapped[int] = mapped_column(ForeignKey("money_movement.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    account: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    year: Mapped[int]
    output: Mapped[str] = mapped_column(String(LONGEST_LINE))
    category: Mapped[str] = mapped_column(String(LONGEST_LINE))
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(ExactNumber)


class MoneyVerdict(Base):
    """That a movement was certified, or not, and by whom; without one it waits and does not count."""

    __tablename__ = "money_verdict"
    __table_args__ = (
        CheckConstraint("outcome in ('certified', 'declined')", name="outcome_known"),
        Index("ix_money_verdict_case_id", "case_id"),
    )

    movement_id: Mapped[int] = mapped_column(
        ForeignKey("money_movement.id"), primary_key=True, autoincrement=False
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    outcome: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]


class WaitingMovement(Base):
    """A movement without a verdict, so that whoever certifies finds it; kept by the database itself."""

    __tablename__ = "money_waiting"

    movement_id: Mapped[int] = mapped_column(
        ForeignKey("money_movement.id"), primary_key=True, autoincrement=False
    )


class RateFile(Base):
    """A file of rates that was entered; the digest is of those of its rates that were new."""

    __tablename__ = "rate_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ExchangeRate(Base):
    """So many units of a currency are one dollar from a day on; never replaced."""

    __tablename__ = "exchange_rate"

    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    units: Mapped[Decimal] = mapped_column(ExactNumber)
    file_id: Mapped[int] = mapped_column(ForeignKey("rate_file.id"))
