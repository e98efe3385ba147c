"""The table of what is written and not sent yet."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class WorkingCopy(Base):
    """One form as one person left it: what stands in its fields, where it would go, and when.

    `sent` is empty for what is being typed, of which a person has one for each form; what was sent
    and could not be taken has one for each sending, named by its digest. `page` is where the form
    stands. `key` names the opened page that wrote it last. Without `fields` it is finished: what
    that page may still send of itself is late.
    """

    __tablename__ = "working_copy"
    __table_args__ = (UniqueConstraint("person_id", "place", "sent"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    place: Mapped[str] = mapped_column(String(400))
    page: Mapped[str] = mapped_column(String(400))
    sent: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64))
    fields: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime] = mapped_column(Instant, index=True)
