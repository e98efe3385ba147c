"""The table of heartbeats."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class Heartbeat(Base):
    """When one process began and last did one kind of work, and the fault that keeps it from it since when."""

    __tablename__ = "heartbeat"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    process: Mapped[str] = mapped_column(String(120), primary_key=True)
    worked_at: Mapped[datetime | None] = mapped_column(Instant)
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    failing_since: Mapped[datetime | None] = mapped_column(Instant)
    fault: Mapped[str] = mapped_column(String(300))
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
