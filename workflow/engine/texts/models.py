"""Rows for the texts of published lifecycles in other languages."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class LifecycleTexts(Base):
    """The texts of one version in one language, named by the digest of their canonical bytes.

    Nothing of it changes: of two for one version and language the newer counts.
    """

    __tablename__ = "lifecycle_texts"
    __table_args__ = (
        CheckConstraint("language <> 'en'", name="not_english"),
        CheckConstraint("asked_by is null or asked_by <> person_id", name="four_eyes"),
        Index("ix_lifecycle_texts_newest", "language", "definition_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition_version.id"))
    language: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str] = mapped_column(Text, default="")
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
