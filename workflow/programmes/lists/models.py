"""Tables that lists go by: the database itself keeps them in step with cases, rounds and programmes."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class ListedProgramme(Base):
    """What a programme is ordered and narrowed by; its page never reads it.

    `urgency` is 2 while somebody is asked something, 1 before the end and 0 then; `cents` is -1
    where there is no budget; `private` ones are known to those who have part in them alone.
    """

    __tablename__ = "listed_programme"
    __table_args__ = (
        Index("ix_listed_programme_since", "private", "urgency", "entered_at", "case_id"),
        Index("ix_listed_programme_stage", "private", "stage", "urgency", "entered_at", "case_id"),
        Index(
            "ix_listed_programme_framework",
            "private", "framework_id", "stage", "urgency", "entered_at", "case_id",
        ),
        Index("ix_listed_programme_title", "private", "title_key", "case_id"),
        Index("ix_listed_programme_ref", "private", "ref", "case_id"),
        Index("ix_listed_programme_budget", "private", "cents", "case_id"),
    )  # fmt: skip

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    framework_id: Mapped[int | None]
    stage: Mapped[str] = mapped_column(String(20))
    urgency: Mapped[int] = mapped_column(SmallInteger)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    title_key: Mapped[str] = mapped_column(Text)
    ref: Mapped[str] = mapped_column(String(40))
    cents: Mapped[int] = mapped_column(BigInteger)
    private: Mapped[bool]


class PortfolioChange(Base):
    """By how many the programmes of a framework and stage grew; the sum of these is how many there are."""

    __tablename__ = "portfolio_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework_id: Mapped[int | None]
    stage: Mapped[str] = mapped_column(String(20))
    private: Mapped[bool]
    number: Mapped[int]


class PrivatePart(Base):
    """Through whom a private programme may be known: who proposed it, or a seat that was asked.

    `role` is that of the seat, empty for who proposed; `bench_id` is 0 on no bench. Where the programme
    stands is said once more, so that one index counts those of a party and has them in order.
    """

    __tablename__ = "private_part"
    __table_args__ = (
        Index(
            "ix_private_part_standing",
            "party_id", "urgency", "entered_at", "case_id", "role", "bench_id", "framework_id", "stage",
        ),
    )  # fmt: skip

    party_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
    bench_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    framework_id: Mapped[int | None]
    stage: Mapped[str] = mapped_column(String(20))
    urgency: Mapped[int] = mapped_column(SmallInteger)
    entered_at: Mapped[datetime] = mapped_column(Instant)


class PartyProposal(Base):
    """A proposal of a party, by what its list goes: how it stands, and the newest of its texts."""

    __tablename__ = "party_proposal"
    __table_args__ = (
        Index("ix_party_proposal_text", "party_id", "text_id"),
        Index("ix_party_proposal_state", "party_id", "definition_id", "state", "text_id"),
    )

    party_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    definition_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(40))
    text_id: Mapped[int]


class ClosingProgramme(Base):
    """A programme whose activities have ended and that is not closed, with since when.

    Those of the stage of evaluation; cases under others that came there are none.
    """

    __tablename__ = "closing_programme"
    __table_args__ = (Index("ix_closing_programme_ended", "ended_at", "case_id"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    ended_at: Mapped[datetime] = mapped_column(Instant)
