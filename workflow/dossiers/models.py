"""The table of dossiers that people ordered."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant

_UNFINISHED = text("state in ('waiting', 'making')")


class DossierOrder(Base):
    """A dossier that somebody ordered: what it is to hold, how far it is, and where it lies.

    One person has one in the making. `log_size` and `log_root` are of the checkpoint it stands on.
    """

    __tablename__ = "dossier_order"
    __table_args__ = (
        Index(
            "uq_dossier_order_unfinished",
            "person_id",
            unique=True,
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
        Index("ix_dossier_order_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    ref: Mapped[str] = mapped_column(String(40))
    bare: Mapped[bool]
    since: Mapped[int | None] = mapped_column(BigInteger)
    language: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    tries: Mapped[int]
    ordered_at: Mapped[datetime] = mapped_column(Instant)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    log_size: Mapped[int] = mapped_column(BigInteger)
    log_root: Mapped[bytes] = mapped_column(LargeBinary(32))
    problem: Mapped[str] = mapped_column(Text)
