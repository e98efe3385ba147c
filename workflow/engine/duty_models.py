"""Tables of duties at a seat: who has taken it, who declared an interest, which bar was lifted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class SeatClaim(Base):
    """A seat taken by one of those who may answer it, under the appointment they act under."""

    __tablename__ = "seat_claim"
    __table_args__ = (
        Index(
            "ix_seat_claim_standing",
            "seat_id",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        Index(
            "ix_seat_claim_appointment",
            "appointment_id",
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
        CheckConstraint("(ended_at is null) = (ended_as = '')", name="ended_says_how"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
    ended_as: Mapped[str] = mapped_column(String(20), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Declaration(Base):
    """What one person said of their interest in a case before its papers were shown."""

    __tablename__ = "declaration"
    __table_args__ = (UniqueConstraint("seat_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
    interest: Mapped[bool]


class LiftedBar(Base):
    """One bar that no longer keeps one person from one seat, and who answers for lifting it."""

    __tablename__ = "lifted_bar"
    __table_args__ = (UniqueConstraint("seat_id", "person_id", "bar"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
    bar: Mapped[str] = mapped_column(String(120))
