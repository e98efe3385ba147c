"""Tables of groupings and of who belongs to them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base


class Grouping(Base):
    """A grouping of countries, called by its key in addresses and in lifecycles."""

    __tablename__ = "grouping"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(200))


class GroupingMembership(Base):
    """A country in a grouping from one day to another, both included.

    Without a first day nobody here knows since when; without a last one it belongs to it still.
    `to_the_day` is false where only the years are known: then it counts from the first day of its
    first year to the last day of its last. `confidence` is that of whoever entered it.
    """

    __tablename__ = "grouping_membership"
    __table_args__ = (
        CheckConstraint(
            "until is null or since is null or until >= since", name="ends_after_start"
        ),
        CheckConstraint("confidence in ('high', 'medium', 'low')", name="confidence_known"),
        Index("ix_grouping_membership_grouping_id_iso3", "grouping_id", "iso3"),
        Index("ix_grouping_membership_iso3", "iso3"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    grouping_id: Mapped[int] = mapped_column(ForeignKey("grouping.id"))
    iso3: Mapped[str] = mapped_column(String(3))
    since: Mapped[date | None]
    until: Mapped[date | None]
    to_the_day: Mapped[bool]
    confidence: Mapped[str] = mapped_column(String(10))
