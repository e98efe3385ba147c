"""Tables of the forecasts, which a worker renews: what was learnt of each lifecycle, and how each open case will go."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class LifecycleForecast(Base):
    """What the closed cases of a lifecycle taught, and how cases of its newest version will go.

    `assumed` are the assumptions, `said` the simulation; both are computed and may be computed again.
    """

    __tablename__ = "lifecycle_forecast"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    closed_cases: Mapped[int]
    computed_at: Mapped[datetime] = mapped_column(Instant)
    assumed: Mapped[dict[str, Any]] = mapped_column(JSON)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)


class CaseForecast(Base):
    """How one open case will go from where it stood after this event; only who may read the case may read it."""

    __tablename__ = "case_forecast"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    case_version: Mapped[int]
    case_seq: Mapped[int]
    computed_at: Mapped[datetime] = mapped_column(Instant, index=True)
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
