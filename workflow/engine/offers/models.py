"""Rows for what was done to the register of lifecycles."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class LifecycleOffer(Base):
    """One act on a lifecycle: a version published or offered again, or retired, from a day on.

    `since` is the instant at which that day begins where the house is, or that of the act itself.
    Without a version the whole lifecycle is retired.
    """

    __tablename__ = "lifecycle_offer"
    __table_args__ = (
        CheckConstraint("act in ('publish', 'offer', 'retire')", name="act_known"),
        CheckConstraint("act = 'retire' or definition_id is not null", name="version_named"),
        CheckConstraint("asked_by is null or asked_by <> person_id", name="four_eyes"),
        Index("ix_lifecycle_offer_key", "key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(60))
    definition_id: Mapped[int | None] = mapped_column(
        ForeignKey("definition_version.id"), index=True
    )
    starts_on: Mapped[date]
    since: Mapped[datetime] = mapped_column(Instant)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str] = mapped_column(Text, default="")
