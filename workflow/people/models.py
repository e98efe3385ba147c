"""Tables of parties, persons, their appointments and their sessions."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class Party(Base):
    """A country, organisation or office that can hold a role.

    `executes` says that it may be a programme's executing agency, and `gives` that it may be a
    donor to one beside the donor countries; `sort` is what kind of organisation it is, where that
    is known; `languages` are codes, separated by blanks.
    """

    __tablename__ = "party"
    __table_args__ = (
        CheckConstraint("kind in ('country', 'organisation', 'office')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    iso3: Mapped[str | None] = mapped_column(String(3), unique=True)
    executes: Mapped[bool] = mapped_column(default=False, server_default=false())
    gives: Mapped[bool] = mapped_column(default=False, server_default=false())
    languages: Mapped[str] = mapped_column(String(40), default="", server_default="")
    contact: Mapped[str] = mapped_column(Text, default="", server_default="")
    sort: Mapped[str] = mapped_column(String(20), default="", server_default="")


class PartyCalendar(Base):
    """The week that a party works and the days on which it rests, in force from a day on.

    Never changed: what is kept later stands beside it. `closed` are days as they were read when it
    was kept, so that no later release of holidays moves an end; `through` is the last day up to
    which they are known. `source` is the country whose holidays they are, perhaps with a
    region of it (IND-KA), `edition` whose list.
    """

    __tablename__ = "party_calendar"
    __table_args__ = (Index("ix_party_calendar_party_id_since", "party_id", "since"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    since: Mapped[date]
    weekend: Mapped[str] = mapped_column(String(70))
    zone: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(24), default="", server_default="")
    edition: Mapped[str] = mapped_column(String(40), default="", server_default="")
    through: Mapped[date | None]
    closed: Mapped[str] = mapped_column(Text, default="", server_default="")


class PivotalStatus(Base):
    """A country named as pivotal for a time, with the evidence for it and for its end."""

    __tablename__ = "pivotal_status"
    __table_args__ = (CheckConstraint("until is null or until >= since", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text)
    ended_for: Mapped[str] = mapped_column(Text, default="", server_default="")


class LeadInterest(Base):
    """A pivotal country's answer to the question in which areas it wants to lead.

    `asked_on` is the day on which it was last asked; an answer that came unasked has none. Before
    the first answer `answer` is empty and `registered_on` is none. `until` is the last day on which the
    answer holds; one without holds until another is given.
    """

    __tablename__ = "lead_interest"
    __table_args__ = (
        UniqueConstraint("party_id", "area"),
        CheckConstraint(
            "answer in ('', 'leads', 'supports', 'later', 'declines')", name="answer_known"
        ),
        CheckConstraint("(answer = '') = (registered_on is null)", name="answer_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    area: Mapped[str] = mapped_column(String(60), index=True)
    registered_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    asked_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(String(10), default="leads", server_default="leads")
    until: Mapped[date | None]


class Person(Base):
    """Somebody who can sign in; what they may do comes from appointments alone."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10), default="en")
    purpose: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC", server_default="UTC")
    password_temporary: Mapped[bool] = mapped_column(default=False, server_default=false())


class Appointment(Base):
    """A person holds a role for a party from one day to another, both included.

    `body_id` is the one body on which alone it counts; one that is tied to none counts wherever the
    party sits, as all did before bodies were records.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index(
            "ix_appointment_one_term",
            *("person_id", "role", "party_id", "starts_on"),
            unique=True,
            sqlite_where=text("body_id is null"),
            postgresql_where=text("body_id is null"),
        ),
        UniqueConstraint("person_id", "role", "party_id", "body_id", "starts_on"),
        Index("ix_appointment_role_party", "role", "party_id"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    letter: Mapped[str] = mapped_column(Text, default="", server_default="")
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), index=True)


class TakesTwo:
    """What an administrator asked for and a second one decides on: by whom, when, and what came of it.

    The columns stand behind those of their table, in the order that tables have had.
    """

    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), sort_order=1)
    asked_at: Mapped[datetime] = mapped_column(Instant, sort_order=1)
    outcome: Mapped[str] = mapped_column(String(10), default="", sort_order=3)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), sort_order=3)
    decided_at: Mapped[datetime | None] = mapped_column(Instant, sort_order=3)
    reason: Mapped[str] = mapped_column(Text, default="", sort_order=3)


class OfficeAct(TakesTwo, Base):
    """An act on an office that an administrator asked for and a second one has to confirm."""

    __tablename__ = "office_act"
    __table_args__ = (
        CheckConstraint("act in ('make', 'end', 'extend')", name="act_known"),
        CheckConstraint("outcome in ('', 'confirmed', 'declined')", name="outcome_known"),
        CheckConstraint("decided_by is null or decided_by <> asked_by", name="four_eyes"),
        Index("ix_office_act_open", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(40))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    letter: Mapped[str] = mapped_column(Text, default="")
    body_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"), sort_order=4)


class AccountAct(TakesTwo, Base):
    """An act on the account of somebody who holds an office: a link to a password, or a new address.

    A second administrator confirms it. Where there is none, a new address waits for a letter to the
    address that is known, which only whoever reads there can open; a hash of what opens it is kept.
    """

    __tablename__ = "account_act"
    __table_args__ = (
        CheckConstraint("act in ('link', 'address')", name="act_known"),
        CheckConstraint("outcome in ('', 'confirmed', 'declined')", name="outcome_known"),
        CheckConstraint("(act = 'address') = (email <> '')", name="address_named"),
        CheckConstraint(
            "decided_by is null or decided_by <> asked_by or token_hash is not null",
            name="four_eyes",
        ),
        Index("ix_account_act_open", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), default="")
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True, sort_order=2)


class Invitation(Base):
    """A link that lets somebody choose a password once; only a hash of what opens it is kept.

    `shown` says that an administrator saw it; otherwise a letter brought it.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    shown: Mapped[bool] = mapped_column(default=False, server_default=false())


class Mandate(Base):
    """Somebody may answer for the holder of an appointment, from one day to another, both included.

    `scope` is `all`, `round:<key>` or `case:<ref>`. A mandate is never deleted: revoked, it stays
    on record as what it was.
    """

    __tablename__ = "mandate"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    scope: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    granted_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class WebSession(Base):
    """One signed-in browser; the row is the session and dies at sign-out."""

    __tablename__ = "web_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    authenticated_at: Mapped[datetime] = mapped_column(Instant)
    authenticated_by: Mapped[str] = mapped_column(String(20))


class SignInFailure(Base):
    """One failed sign-in, counted by account and by address to slow down guessing."""

    __tablename__ = "sign_in_failure"

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(String(120), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
