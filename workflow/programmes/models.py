"""Tables of programmes: what the lists and filters need of their texts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class Programme(Base):
    """The subject of a case: a projection of the proposal or of the imported record."""

    __tablename__ = "programme"
    __table_args__ = (Index("ix_programme_framework_id", "framework_id", "case_id"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), primary_key=True)
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("framework.id"))
    fund: Mapped[str] = mapped_column(String(120), default="")
    modality: Mapped[str] = mapped_column(String(60), default="")
    sector_code: Mapped[str] = mapped_column(String(5), default="")
    sector: Mapped[str] = mapped_column(String(120), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    starts: Mapped[str] = mapped_column(String(10), default="")
    ends: Mapped[str] = mapped_column(String(10), default="")
    budget_usd: Mapped[Decimal | None] = mapped_column(Numeric(16, 2))
    executing_agency: Mapped[str] = mapped_column(String(200), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")


class ProgrammeGoal(Base):
    """A development goal that a programme serves; `scheme` is sdg or mdg."""

    __tablename__ = "programme_goal"

    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(String(3), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)


class ListedBlocker(Base):
    """What blocks a programme, as it was told, and with whom it is; its page never reads it.

    `programme_id` is the case at the top under which it was raised. Its age is counted from `since`;
    `state` is entered at `entered_at`, and `owner_id` is whoever owns it now.
    """

    __tablename__ = "listed_blocker"
    __table_args__ = (
        Index("ix_listed_blocker_since", "ended", "since", "case_id"),
        Index("ix_listed_blocker_category", "ended", "category", "since", "case_id"),
        Index("ix_listed_blocker_owner", "ended", "owner_id", "since", "case_id"),
        Index("ix_listed_blocker_framework", "ended", "framework_id", "since", "case_id"),
        Index("ix_listed_blocker_programme", "programme_id", "ended", "since", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    programme_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    framework_id: Mapped[int | None]
    blocked: Mapped[str] = mapped_column(String(300))
    sort: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(40))
    decides: Mapped[str] = mapped_column(String(20))
    since: Mapped[date]
    owner_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(40))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    ended: Mapped[bool]


class ListedApproach(Base):
    """One asking of one country in one area, as it was put and last answered; its page never reads it.

    `answer` is what the country answered last (lead, support, later, no), from `answered_on` up to
    `valid_until`, or until it is asked again on `again_on`; before the first answer it is empty.
    `waits` while the country owes one; `state` is entered at `entered_at`. Everybody may know of one that is
    `open`; `asker_id` is who wrote what is asked.
    """

    __tablename__ = "listed_approach"
    __table_args__ = (
        Index("ix_listed_approach_open", "open", "case_id"),
        Index("ix_listed_approach_waits", "waits", "case_id"),
        Index("ix_listed_approach_party", "party_id", "case_id"),
        Index("ix_listed_approach_area", "area", "case_id"),
        Index("ix_listed_approach_framework", "framework_id", "case_id"),
        Index("ix_listed_approach_answer", "answer", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    area: Mapped[str] = mapped_column(String(60))
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("framework.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(20))
    asked_on: Mapped[date]
    answer: Mapped[str] = mapped_column(String(10))
    answered_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    again_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(40))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    ended: Mapped[bool]
    waits: Mapped[bool]
    open: Mapped[bool]


class ListedMeeting(Base):
    """One meeting as its texts tell it, by its day, with whom it brings together in figures; its page never reads it.

    `on_key` is the day on which it begins, 0 where the day or the month is not known. `invited`, `came`,
    `commitments` and `matches` are how many countries were invited and came, and how many commitments and
    matches its report has. `state` is entered at `entered_at`; everybody may know of one that is `open`.
    """

    __tablename__ = "listed_meeting"
    __table_args__ = (
        Index("ix_listed_meeting_open", "open", "on_key", "case_id"),
        Index("ix_listed_meeting_kind", "kind", "on_key", "case_id"),
        Index("ix_listed_meeting_region", "region", "on_key", "case_id"),
        Index("ix_listed_meeting_state", "state", "on_key", "case_id"),
        Index("ix_listed_meeting_framework", "framework_id", "on_key", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(20))
    region: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(120))
    on_key: Mapped[int]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    framework_id: Mapped[int | None] = mapped_column(ForeignKey("framework.id"))
    invited: Mapped[int]
    came: Mapped[int]
    commitments: Mapped[int]
    matches: Mapped[int]
    state: Mapped[str] = mapped_column(String(40))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    ended: Mapped[bool]
    open: Mapped[bool]


class CaseOrigin(Base):
    """For which other case somebody began a case: one in which something was committed to, or a meeting.

    `row` is the number of a match in the report of the meeting, empty of a commitment.
    """

    __tablename__ = "case_origin"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    origin_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    row: Mapped[str] = mapped_column(String(20))


class ImportedProgramme(Base):
    """The record a programme was imported from, whole, with its source and confidence."""

    __tablename__ = "imported_programme"

    external_key: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), unique=True)
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    confidence: Mapped[str] = mapped_column(String(10))
    imported_on: Mapped[date]


class ImportDifference(Base):
    """What a later file says of a programme that has moved on here, until an officer decides."""

    __tablename__ = "import_difference"
    __table_args__ = (
        UniqueConstraint("case_id", "digest"),
        CheckConstraint(
            "outcome in ('', 'accepted', 'declined', 'replaced')", name="outcome_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    found_at: Mapped[datetime] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(10), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
