"""Tables of money: movements with their two sides, who stands behind them, what was promised, and rates."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant
from workflow.transactions.exact_number import ExactNumber

LONGEST_LINE, LONGEST_CONDITION = 80, 200


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
    paper: Mapped[str] = mapped_column(String(120), server_default="")


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
    country: Mapped[str] = mapped_column(String(3), server_default="")
    earmark: Mapped[int] = mapped_column(server_default="0")


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


class MoneyEarmark(Base):
    """For what a source lets its money be spent, and on which condition, by its number in the case.

    `met_on` is the day on which the condition was met, told by event `met_seq`.
    """

    __tablename__ = "money_earmark"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    number: Mapped[int]
    source_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    output: Mapped[str] = mapped_column(String(LONGEST_LINE))
    country: Mapped[str] = mapped_column(String(3))
    category: Mapped[str] = mapped_column(String(LONGEST_LINE))
    condition: Mapped[str] = mapped_column(String(LONGEST_CONDITION))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
    met_on: Mapped[date | None]
    met_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    met_seq: Mapped[int | None]


class MoneyPayment(Base):
    """A payment that is expected of a source, or by an agency, by its number in the case.

    `open` says that it is neither withdrawn nor wholly paid by what counts.
    """

    __tablename__ = "money_payment"
    __table_args__ = (
        UniqueConstraint("case_id", "number"),
        CheckConstraint("act in ('receipt', 'disbursement')", name="act_known"),
        Index(
            "ix_money_payment_open",
            "due_on",
            "id",
            sqlite_where=text("open"),
            postgresql_where=text("open"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    earmark: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    amount: Mapped[Decimal] = mapped_column(ExactNumber)
    due_on: Mapped[date]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    open: Mapped[bool]


class ActColumns:
    """The sum of each act, and in dollars what is left and what is to come.

    Amounts are whole numbers of the smallest unit, of the currency or, where it is said, of dollars.
    """

    budget: Mapped[int] = mapped_column(BigInteger)
    pledge: Mapped[int] = mapped_column(BigInteger)
    commitment: Mapped[int] = mapped_column(BigInteger)
    receipt: Mapped[int] = mapped_column(BigInteger)
    in_kind: Mapped[int] = mapped_column(BigInteger)
    returned: Mapped[int] = mapped_column(BigInteger)
    disbursement: Mapped[int] = mapped_column(BigInteger)
    expenditure: Mapped[int] = mapped_column(BigInteger)
    budget_usd: Mapped[int] = mapped_column(BigInteger)
    pledge_usd: Mapped[int] = mapped_column(BigInteger)
    commitment_usd: Mapped[int] = mapped_column(BigInteger)
    receipt_usd: Mapped[int] = mapped_column(BigInteger)
    in_kind_usd: Mapped[int] = mapped_column(BigInteger)
    returned_usd: Mapped[int] = mapped_column(BigInteger)
    disbursement_usd: Mapped[int] = mapped_column(BigInteger)
    expenditure_usd: Mapped[int] = mapped_column(BigInteger)
    balance_usd: Mapped[int] = mapped_column(BigInteger)
    outstanding_usd: Mapped[int] = mapped_column(BigInteger)


class SourceMoney(ActColumns, Base):
    """What counts of a source in one currency in a case, repeated from its movements for sums over many cases.

    It is `hidden` while the case was sent to nobody, so that not everybody may know of it; the database keeps that.
    """

    __tablename__ = "source_money"
    __table_args__ = (
        Index("ix_source_money_source_id", "source_id", "case_id"),
        Index(
            "ix_source_money_hidden",
            "case_id",
            sqlite_where=text("hidden"),
            postgresql_where=text("hidden"),
        ),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    source_id: Mapped[int] = mapped_column(
        ForeignKey("party.id"), primary_key=True, autoincrement=False
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    hidden: Mapped[bool]


class SourceTotal(ActColumns, Base):
    """What counts of a source in one currency in all cases, hidden ones among them."""

    __tablename__ = "source_total"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("party.id"), primary_key=True, autoincrement=False
    )
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)


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
