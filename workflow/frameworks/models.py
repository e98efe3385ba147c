"""Tables of cooperation frameworks."""

from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base


class Framework(Base):
    """A cooperation framework or a fund, called by its title and its years."""

    __tablename__ = "framework"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    symbol: Mapped[str] = mapped_column(String(60), default="")
    first_year: Mapped[int]
    last_year: Mapped[int]
    board_step: Mapped[str] = mapped_column(Text, default="")
    themes: Mapped[str] = mapped_column(Text, default="")
    resources_usd_per_year: Mapped[int | None]
    confidence: Mapped[str] = mapped_column(String(10), default="high")
    note: Mapped[str] = mapped_column(Text, default="")


class FrameworkArea(Base):
    """A thematic area of a framework."""

    __tablename__ = "framework_area"

    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(60), primary_key=True)


class FrameworkTerms(Base):
    """When a framework is in force, both days included, with which envelope, and who decides.

    Without a last day it is in force until it is followed by another. Its envelope is in one
    currency, and its body decides on what is proposed under it; its own committees appraise that,
    and steer its delivery.
    """

    __tablename__ = "framework_terms"
    __table_args__ = (
        CheckConstraint("kind in ('framework', 'fund')", name="kind_known"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("envelope is null or currency <> ''", name="envelope_in_a_currency"),
    )

    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), default="framework", server_default="framework")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    currency: Mapped[str] = mapped_column(String(3), default="", server_default="")
    envelope: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    appraisal_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))
    steering_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))


class FrameworkCase(Base):
    """Under which framework a case stands, and under which one area with its money; the database keeps it.

    That is the first of its areas by its key, or of those of the case above it; nothing where there is none.
    """

    __tablename__ = "framework_case"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    framework_id: Mapped[int]
    area: Mapped[str] = mapped_column(String(60))


class FrameworkAreaChange(Base):
    """By how many the programmes of an area and stage under a framework grew; their sum is how many there are.

    A programme of several areas is counted in each.
    """

    __tablename__ = "framework_area_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(index=True)
    area: Mapped[str] = mapped_column(String(60))
    stage: Mapped[str] = mapped_column(String(20))
    private: Mapped[bool]
    number: Mapped[int]


class FrameworkMoneyChange(Base):
    """By how much the money of a source grew in an area of a framework, in cents; their sum is what there is."""

    __tablename__ = "framework_money_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int] = mapped_column(index=True)
    area: Mapped[str] = mapped_column(String(60))
    source_id: Mapped[int]
    budget_usd: Mapped[int] = mapped_column(BigInteger)
    commitment_usd: Mapped[int] = mapped_column(BigInteger)
    receipt_usd: Mapped[int] = mapped_column(BigInteger)
    expenditure_usd: Mapped[int] = mapped_column(BigInteger)


class FrameworkEnvelope(Base):
    """What was adopted of one source for one area of a framework, in dollars, repeated from its text."""

    __tablename__ = "framework_envelope"
    __table_args__ = (CheckConstraint("amount > 0", name="more_than_nothing"),)

    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(60), primary_key=True)
    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(16, 2))


class FrameworkCourse(Base):
    """By which case a framework came about; one that was entered alone has none."""

    __tablename__ = "framework_course"

    framework_id: Mapped[int] = mapped_column(
        ForeignKey("framework.id"), primary_key=True, autoincrement=False
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
