"""The table of child cases: under which case each stands, as what, and for whom, for when or for what."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class ChildCase(Base):
    """A case under another one: the how manieth of it, of which kind, for which party, period or row.

    `kind` is its key in the lifecycle of the parent. `ended_at` is when it came to a final state, and
    `heard_at` when that was made known on the parent; nothing of the parent's is written before.
    `calendar_id` is the
    reporting calendar that its period and its due day follow, if they follow one. `changes` names what of the text signed there changed the facts of the parent, where not all of it did.
    """

    __tablename__ = "child_case"
    __table_args__ = (
        UniqueConstraint("parent_id", "number"),
        # What a schedule opens it opens once, whoever comes first.
        UniqueConstraint("parent_id", "kind", "period_from", "party_id"),
        Index(
            "ix_child_case_period",
            *("parent_id", "kind", "period_from"),
            unique=True,
            sqlite_where=text("party_id is null"),
            postgresql_where=text("party_id is null"),
        ),
        # So does a row of a table, whoever opens it again.
        Index(
            "ix_child_case_row",
            *("parent_id", "kind", "row_key"),
            unique=True,
            sqlite_where=text("row_key is not null"),
            postgresql_where=text("row_key is not null"),
        ),
        Index(
            "ix_child_case_owed",
            *("ended_at", "parent_id"),
            sqlite_where=text("ended_at is not null and heard_at is null"),
            postgresql_where=text("ended_at is not null and heard_at is null"),
        ),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    # No act on a child may wait for its parent, so an ended child touches no key of the parent's.
    parent_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    kind: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    due_on: Mapped[date | None]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    heard_at: Mapped[datetime | None] = mapped_column(Instant)
    row_key: Mapped[str | None] = mapped_column(String(40))
    changes: Mapped[str | None] = mapped_column(Text)
    calendar_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_calendar.id"))
