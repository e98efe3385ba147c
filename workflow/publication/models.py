"""Rows for drafts of lifecycles, and for acts on lifecycles that wait for a second administrator."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant
from workflow.people.models import TakesTwo


class LifecycleAct(StrEnum):
    """What takes two administrators: what is done to a lifecycle, cases moved to a version of it, and its texts."""

    PUBLISH = "publish"
    OFFER = "offer"
    RETIRE = "retire"
    MIGRATE = "migrate"
    TEXTS = "texts"


class LifecycleRequest(TakesTwo, Base):
    """An act on a lifecycle that an administrator asked for, and a second one decides on.

    What is to be published, which cases are to be moved how, or which texts are to be entered stands
    here whole, as it was when it was asked for.
    """

    __tablename__ = "lifecycle_request"
    __table_args__ = (
        CheckConstraint(
            "act in ('publish', 'offer', 'retire', 'migrate', 'texts')", name="act_known"
        ),
        CheckConstraint("outcome in ('', 'confirmed', 'declined')", name="outcome_known"),
        CheckConstraint("decided_by is null or decided_by <> asked_by", name="four_eyes"),
        CheckConstraint(
            "(act in ('publish', 'migrate', 'texts')) = (body is not null)", name="published_whole"
        ),
        Index("ix_lifecycle_request_open", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(60))
    version: Mapped[str | None] = mapped_column(String(20))
    digest: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    starts_on: Mapped[date | None]
    unless_drafts: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(Text)


class LifecycleDraft(Base):
    """A lifecycle that is being written, as text; nothing follows it before it is published.

    `revision` counts how often it was kept, so that nobody writes over what somebody else just kept.
    """

    __tablename__ = "lifecycle_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(default=1)
    begun_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime] = mapped_column(Instant)
    kept_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kept_at: Mapped[datetime] = mapped_column(Instant)
