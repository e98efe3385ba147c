"""Tables of discussions: what was said about which section, in answer to what, and whom it names."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class DiscussionMessage(Base):
    """One message in the discussion of a case.

    `about` is empty where it is about the case as a whole, else `document:section`. It `answers` a
    message that answers none itself. `event_seq` told of it and `retraction_seq` that it was taken
    back, with when; what it says stays for auditors. A form sent twice has the same `key`.
    """

    __tablename__ = "discussion_message"
    __table_args__ = (
        UniqueConstraint("case_id", "key"),
        CheckConstraint(
            "(retracted_at is null) = (retraction_seq is null)", name="retraction_told"
        ),
        Index("ix_discussion_message_thread", "case_id", "answers_id", "about", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    about: Mapped[str] = mapped_column(String(90))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("discussion_message.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
    retracted_at: Mapped[datetime | None] = mapped_column(Instant)
    retraction_seq: Mapped[int | None]
    key: Mapped[str] = mapped_column(String(40))


class DiscussionNaming(Base):
    """Somebody whom a message names, and who was told of it."""

    __tablename__ = "discussion_naming"

    message_id: Mapped[int] = mapped_column(ForeignKey("discussion_message.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
