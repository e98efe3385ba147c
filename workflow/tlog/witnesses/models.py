"""Tables of what is outside: witnesses and their cosignatures, and checkpoints that left the house."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class Cosignature(Base):
    """A witness's signature line over a checkpoint of this size and root, as it was received."""

    __tablename__ = "cosignature"
    __table_args__ = (
        UniqueConstraint("witness", "origin", "size", "root", "cosigned_at"),
        Index("ix_cosignature_size", "size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    witness: Mapped[str] = mapped_column(String(300))
    origin: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    line: Mapped[str] = mapped_column(String(600))
    cosigned_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant)


class Contact(Base):
    """How the last call on a witness ended; `known_size` is what it said to have seen."""

    __tablename__ = "witness_contact"
    __table_args__ = (
        CheckConstraint(
            "outcome in ('cosigned', 'unreachable', 'refused', 'contradicts', 'ahead')",
            name="outcome_known",
        ),
    )

    witness: Mapped[str] = mapped_column(String(300), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(12))
    said: Mapped[str] = mapped_column(String(300))
    known_size: Mapped[int | None] = mapped_column(BigInteger)


class Anchor(Base):
    """A checkpoint of this size that somebody outside was handed; never an address in clear.

    `recipient` is the opaque id of a person, or the key string of a witness.
    """

    __tablename__ = "anchor"
    __table_args__ = (
        UniqueConstraint("kind", "recipient", "size", "root"),
        Index("ix_anchor_last_at", "last_at"),
        CheckConstraint(
            "kind in ('witness', 'export', 'dossier', 'report', 'mail', 'receipt', 'copy')",
            name="kind_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    recipient: Mapped[str] = mapped_column(String(300))
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    first_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
