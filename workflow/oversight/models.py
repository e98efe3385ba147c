"""Tables of oversight: what events are found by, what was reviewed, and how checks went."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant

READINGS = ("history.read", "history.exported", "history.reviewed")
_OF_ACCESS = text(f"type in ({', '.join(map(repr, READINGS))})")


class EventFacet(Base):
    """What one event is found by, derived from its bytes once it is there; never read as a fact."""

    __tablename__ = "event_facet"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        Index("ix_event_facet_at", "at", "event_id"),
        Index("ix_event_facet_type", "type", "at"),
        Index("ix_event_facet_person", "person_id", "at"),
        Index("ix_event_facet_party", "party", "at"),
        Index("ix_event_facet_stage", "stage", "at"),
        # With all that their events are narrowed and counted by, so that no row is looked at.
        *(
            Index(
                f"ix_event_facet_{name}",
                *(name, "at", "event_id", "case_id", "type", "stage", "party", other),
                *("late", "mandated", "overridden"),
                sqlite_where=text(f"{name} <> ''"),
                postgresql_where=text(f"{name} <> ''"),
            )
            for name, other in (("role", "verdict"), ("verdict", "role"))
        ),
        Index(
            "ix_event_facet_access",
            "at",
            "event_id",
            sqlite_where=_OF_ACCESS,
            postgresql_where=_OF_ACCESS,
        ),
        *(
            Index(
                f"ix_event_facet_{name}",
                "at",
                sqlite_where=text(name),
                postgresql_where=text(name),
            )
            for name in ("late", "mandated", "overridden")
        ),
        Index(
            "ix_event_facet_principal",
            "principal_id",
            "at",
            sqlite_where=text("principal_id is not null"),
            postgresql_where=text("principal_id is not null"),
        ),
    )

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id"), primary_key=True, autoincrement=False
    )
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    seq: Mapped[int]
    type: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int | None]
    principal_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Instant)
    role: Mapped[str] = mapped_column(String(40))
    party: Mapped[str] = mapped_column(String(80))
    verdict: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(Instant)
    late: Mapped[bool]
    mandated: Mapped[bool]
    overridden: Mapped[bool]


class FacetProgress(Base):
    """The one row that says up to which place in the log every event has its facet."""

    __tablename__ = "facet_progress"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    through: Mapped[int] = mapped_column(BigInteger)


class HistoryNews(Base):
    """How far a history has come: its newest event that is no reading, and when it was told last.

    `seq`, `act_at` and `act_id` are of that event: 0 and none while only readings can be found. The
    database keeps all of it in step with the facets of its events, and `HistoryTally` with it.
    """

    __tablename__ = "history_news"
    __table_args__ = (
        Index("ix_history_news_last", "last_at", "case_id"),
        Index("ix_history_news_act", "act_at", "act_id", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    seq: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant)
    act_at: Mapped[datetime | None] = mapped_column(Instant)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))


class HistoryTally(Base):
    """The one row that says how many histories have events that can be found."""

    __tablename__ = "history_tally"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]


class Review(Base):
    """An auditor's mark: one event, or a history up to one, was looked at; its event tells the note."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("case_id", "event_seq"),
        UniqueConstraint("person_id", "case_id", "covers", "seq"),
        CheckConstraint("covers in ('event', 'through')", name="covers_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    covers: Mapped[str] = mapped_column(String(10))
    seq: Mapped[int]
    sample: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]


class Verification(Base):
    """One check of one case or of everything: asked for, begun, and what it found."""

    __tablename__ = "verification"
    __table_args__ = (
        CheckConstraint("way in ('command', 'worker', 'page')", name="way_known"),
        Index("ix_verification_ended", "case_id", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(String(10))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("lifecycle_case.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    begun_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    cases: Mapped[int] = mapped_column(default=0)
    events: Mapped[int] = mapped_column(default=0)
    rows: Mapped[int] = mapped_column(default=0)
    erased: Mapped[int] = mapped_column(default=0)
    differences: Mapped[int] = mapped_column(default=0)
    first_ref: Mapped[str] = mapped_column(String(80), default="")
    first_seq: Mapped[int | None]
    first_sentence: Mapped[str] = mapped_column(Text, default="")
