"""Tables of the log: what waits for a place, the places, the tree over them, and what was signed."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class LogPending(Base):
    """An event that has no place in the log yet; the database itself enters it with the event."""

    __tablename__ = "log_pending"

    event_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class LogEntry(Base):
    """The place of an event in the log, given once."""

    __tablename__ = "log_entry"

    log_index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)


class LogTile(Base):
    """Up to 256 hashes side by side (C2SP tlog-tiles): of leaves, or of full tiles one level below."""

    __tablename__ = "log_tile"

    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class LogState(Base):
    """The one row that says how large the tree is, and who may let it grow.

    `edge` holds the hashes of its complete subtrees, the largest first. `epoch` is the fence:
    whoever takes the lease raises it, and whoever held it before can write no more.
    """

    __tablename__ = "log_state"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    edge: Mapped[bytes] = mapped_column(LargeBinary)
    epoch: Mapped[int] = mapped_column(BigInteger)
    holder: Mapped[str] = mapped_column(String(120))
    lease_until: Mapped[datetime | None] = mapped_column(Instant)


class SignedCheckpoint(Base):
    """A checkpoint as it was signed and published; a heartbeat states the same tree anew."""

    __tablename__ = "checkpoint"
    __table_args__ = (Index("ix_checkpoint_size", "size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


class LogSigner(Base):
    """The one row in which the signer shows that it lives, and says why it signs no more."""

    __tablename__ = "log_signer"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str] = mapped_column(String(300))
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    refusal: Mapped[str] = mapped_column(Text)
