"""Tables of notices: what is owed to whom, how the mail fared, and what each person chose."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class Notice(Base):
    """A message to one person about one event of a case, or about a deadline of it."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("case_id", "event_seq", "person_id", "kind"),
        UniqueConstraint("deadline_id", "person_id"),
        CheckConstraint("(event_seq is null) <> (deadline_id is null)", name="one_cause"),
        Index("ix_notice_person_id_id", "person_id", "id"),
        Index(
            "ix_notice_unread",
            "person_id",
            sqlite_where=text("read_at is null"),
            postgresql_where=text("read_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    event_seq: Mapped[int | None]
    deadline_id: Mapped[int | None] = mapped_column(ForeignKey("deadline.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(60))
    because: Mapped[str] = mapped_column(String(20))
    role: Mapped[str] = mapped_column(String(200))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)


class Delivery(Base):
    """The mail that carries one notice, from owed to what became of it."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("state in ('owed', 'sent', 'failed', 'bounced')", name="state_known"),
        CheckConstraint("way in ('at_once', 'daily')", name="way_known"),
        Index(
            "ix_delivery_owed",
            "due_at",
            sqlite_where=text("state = 'owed'"),
            postgresql_where=text("state = 'owed'"),
        ),
        Index(
            "ix_delivery_lost",
            "notice_id",
            sqlite_where=text("state in ('failed', 'bounced')"),
            postgresql_where=text("state in ('failed', 'bounced')"),
        ),
    )

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    way: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    due_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int]
    last_error: Mapped[str] = mapped_column(String(300))
    message_id: Mapped[str] = mapped_column(String(200))
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class NoticeChoice(Base):
    """How a person wants mail about one kind of notice; where none stands, at once."""

    __tablename__ = "notice_choice"
    __table_args__ = (CheckConstraint("way in ('at_once', 'daily', 'none')", name="way_known"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    way: Mapped[str] = mapped_column(String(10))


class LetterTemplate(Base):
    """One version of how letters of one kind are worded in one language; the latest is in force.

    Empty words give the standard ones back.
    """

    __tablename__ = "letter_template"
    __table_args__ = (UniqueConstraint("kind", "language", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))
    version: Mapped[int]
    subject: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime] = mapped_column(Instant)
