"""The register of erasures: which text of which event was erased when, and never the text."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import LargeBinary, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflow.clock import read, written
from workflow.database import Base, Instant
from workflow.errors import Invalid
from workflow.phrase import phrase

FIELDS = ("event", "field", "at", "basis")


class Erasure(Base):
    """One text that was erased; `basis` is the salted commitment to why, as its event holds it."""

    __tablename__ = "erasure"
    __table_args__ = (UniqueConstraint("event_hash", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    field: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)
    basis: Mapped[str] = mapped_column(String(43))


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A line of the register as a file holds it."""

    event: bytes
    field: str
    at: datetime
    basis: str

    def line(self) -> str:
        """The entry as one line of text."""
        told = (self.event.hex(), self.field, written(self.at), self.basis)
        return json.dumps(dict(zip(FIELDS, told, strict=True)))


def entries(session: Session) -> tuple[RegisterEntry, ...]:
    """The whole register, the oldest entry first."""
    rows = session.scalars(select(Erasure).order_by(Erasure.id))
    return tuple(RegisterEntry(row.event_hash, row.field, row.at, row.basis) for row in rows)


def read_register(lines: Iterable[str]) -> Iterator[RegisterEntry]:
    """The entries of a register's file; refuses a line that is none."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _entry(number, line)


def keep_beside(file: Path, made: Iterable[RegisterEntry]) -> None:
    """Enter erasures in the file that no restore of the database touches."""
    with file.open("a", encoding="utf-8") as kept:
        kept.writelines(f"{entry.line()}\n" for entry in made)


def _entry(number: int, line: str) -> RegisterEntry:
    try:
        event, field, at, basis = (json.loads(line)[name] for name in FIELDS)
        return RegisterEntry(bytes.fromhex(event), field, read(at), basis)
    except (ValueError, KeyError, TypeError) as fault:
        raise Invalid(
            phrase("Line %(number)s is no entry of an erasure register.", number=number)
        ) from fault
