"""The table of clocks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class MachineClock(Base):
    """The clock of one machine: when it was last found right, and the doubt there is about it.

    `clock` and `expected` are what it said when the doubt came up and what it should have said.
    `ahead` is by how many seconds it may be ahead of the database's, because somebody confirmed it.
    """

    __tablename__ = "machine_clock"
    __table_args__ = (
        CheckConstraint("doubt in ('', 'database', 'leap', 'future', 'stop')", name="doubt_known"),
        CheckConstraint(
            "doubt = '' or (clock is not null and expected is not null)", name="doubt_says_why"
        ),
    )

    machine: Mapped[str] = mapped_column(String(120), primary_key=True)
    right_at: Mapped[datetime | None] = mapped_column(Instant)
    ahead: Mapped[int]
    doubt: Mapped[str] = mapped_column(String(10))
    clock: Mapped[datetime | None] = mapped_column(Instant)
    expected: Mapped[datetime | None] = mapped_column(Instant)
    confirmed: Mapped[int]
