"""Tables of what countries share: entries, how each is worded, who consented, and where it is used."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant
from workflow.people.models import TakesTwo


class SharedEntry(Base):
    """A solution, an institution or an expert that a country shares, as it is listed today.

    It is listed up to `holds_until`, and an expert up to the last day of the consent as well, both
    included. `wording` is the number of the wording that was confirmed last; title and words to search
    by repeat that one. `asked_at` is when the country was asked whether it still holds. An expert is in
    files to be taken away only where the consent says so.
    """

    __tablename__ = "shared_entry"
    __table_args__ = (
        CheckConstraint("kind in ('solution', 'institution', 'expert')", name="kind_known"),
        CheckConstraint(
            "state in ('waiting', 'listed', 'lapsed', 'withdrawn')", name="state_known"
        ),
        CheckConstraint(
            "(state = 'waiting') = (wording is null) or state = 'withdrawn'",
            name="listed_confirmed",
        ),
        CheckConstraint("(wording is null) = (holds_until is null)", name="holds_for_a_time"),
        CheckConstraint("state <> 'withdrawn' or title = ''", name="withdrawn_unnamed"),
        Index("ix_shared_entry_title", "state", "title_key", "id"),
        Index("ix_shared_entry_kind", "state", "kind", "title_key", "id"),
        Index("ix_shared_entry_party", "party_id", "state", "title_key", "id"),
        Index("ix_shared_entry_until", "state", "holds_until"),
        Index("ix_shared_entry_consent", "state", "consent_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    state: Mapped[str] = mapped_column(String(10))
    wording: Mapped[int | None]
    holds_until: Mapped[date | None]
    consent_until: Mapped[date | None]
    in_files: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("shared_entry.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), default="")
    title_key: Mapped[str] = mapped_column(String(400), default="")
    search_text: Mapped[str] = mapped_column(Text, default="")


class SharedWording(TakesTwo, Base):
    """How an entry is worded by one person and confirmed by a second one, or declined.

    `content` is what it says, as JSON, until it is erased. Of an expert the consent may stand beside it.
    """

    __tablename__ = "shared_wording"
    __table_args__ = (
        UniqueConstraint("entry_id", "number"),
        CheckConstraint("outcome in ('', 'confirmed', 'declined')", name="outcome_known"),
        CheckConstraint("decided_by is null or decided_by <> asked_by", name="four_eyes"),
        CheckConstraint("(consented_on is null) = (consented_until is null)", name="consent_dated"),
        CheckConstraint(
            "consented_until is null or consented_until >= consented_on", name="consent_lasts"
        ),
        Index("ix_shared_wording_open", "outcome", "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("shared_entry.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    consented_on: Mapped[date | None]
    consented_until: Mapped[date | None]
    consented_files: Mapped[bool] = mapped_column(default=False, server_default=false())
    consent: Mapped[str] = mapped_column(Text, default="")
    event_seq: Mapped[int] = mapped_column(sort_order=2)
    decision_seq: Mapped[int | None] = mapped_column(sort_order=4)


class SharedFacet(Base):
    """What a listed entry is found by: an area, a goal, a language or a form of cooperation."""

    __tablename__ = "shared_facet"
    __table_args__ = (Index("ix_shared_facet_value", "facet", "value", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("shared_entry.id"), primary_key=True)
    facet: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(60), primary_key=True)


class SharedAct(Base):
    """What was done about an entry beside its wordings; by nobody where time did it."""

    __tablename__ = "shared_act"
    __table_args__ = (
        CheckConstraint("act in ('asked', 'kept', 'lapsed', 'withdrawn')", name="act_known"),
        Index("ix_shared_act_entry_id", "entry_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("shared_entry.id"))
    act: Mapped[str] = mapped_column(String(10))
    until: Mapped[date | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]


class SharedUse(Base):
    """That a programme uses an entry, said by somebody who takes part; taken back, the row goes."""

    __tablename__ = "shared_use"
    __table_args__ = (Index("ix_shared_use_case_id", "case_id", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("shared_entry.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
