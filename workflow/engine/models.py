"""Tables of the engine: definitions, cases, rounds, seats and sign-offs."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant

# The status of what is open and the stage of what has ended, written out: were they values that come
# later, SQLite would plan each statement anew that a partial index could answer.
OPEN: ColumnElement[str] = literal_column("'open'")
END: ColumnElement[str] = literal_column("'end'")


class DefinitionVersion(Base):
    """One published lifecycle, immutable, named by the digest of everything in it."""

    __tablename__ = "definition_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), index=True)
    version: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    published_at: Mapped[datetime] = mapped_column(Instant)


class LifecycleCase(Base):
    """One run of a definition, with the state it stands in and the head of its trail."""

    __tablename__ = "lifecycle_case"
    __table_args__ = (
        Index("ix_lifecycle_case_subject_id", "subject", "id"),
        Index(
            "ix_lifecycle_case_parent_id",
            "parent_id",
            sqlite_where=text("parent_id is not null"),
            postgresql_where=text("parent_id is not null"),
        ),
        Index(
            "ix_lifecycle_case_under_way",
            "footing",
            "ref",
            sqlite_where=text("stage <> 'end'"),
            postgresql_where=text("stage <> 'end'"),
        ),
        CheckConstraint("footing in ('managed', 'record', 'kept')", name="footing_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(40), unique=True)
    subject: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("definition_version.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("lifecycle_case.id"))
    state: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(20), index=True)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)
    head_seq: Mapped[int] = mapped_column(default=0)
    head_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    head_at: Mapped[datetime | None] = mapped_column(Instant)
    footing: Mapped[str] = mapped_column(String(10), default="managed", server_default="managed")


class CaseParty(Base):
    """A party's part in one case, called as its lifecycle calls it."""

    __tablename__ = "case_party"
    __table_args__ = (
        UniqueConstraint("case_id", "capacity", "party_id"),
        Index("ix_case_party_party_capacity", "party_id", "capacity"),
        Index("ix_case_party_party_case", "party_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    capacity: Mapped[str] = mapped_column(String(40))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))


class CaseArea(Base):
    """A thematic area of a case; finders of a domain may go by it."""

    __tablename__ = "case_area"

    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class Round(Base):
    """One opening of a rule on a case, over one exact content.

    While its clock stands still a round has no due time, so that nobody can find it overdue;
    `paused_due` is what it was, and `paused_for` says why: the state of the case, or a delivery.
    `acts_at` is the next instant at which time does something to it by itself; null where it does not.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("case_id", "key", "turn"),
        CheckConstraint("status in ('open', 'settled', 'overtaken')", name="status_known"),
        Index(
            "ix_round_open_due",
            "due_at",
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index(
            "ix_round_acts_at_id",
            "acts_at",
            "id",
            sqlite_where=text("acts_at is not null"),
            postgresql_where=text("acts_at is not null"),
        ),
        Index(
            "ix_round_paused_by_state",
            "id",
            sqlite_where=text("paused_for = 'state'"),
            postgresql_where=text("paused_for = 'state'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    turn: Mapped[int]
    state: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20), default="open")
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    content_digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    outcome: Mapped[str | None] = mapped_column(String(60))
    explanation: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    effective_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_due: Mapped[datetime | None] = mapped_column(Instant)
    paused_for: Mapped[str] = mapped_column(String(20), server_default="")
    acts_at: Mapped[datetime | None] = mapped_column(Instant)


class Seat(Base):
    """One place in a round: asked of a role of a party, frozen when the round opens.

    Its due time and the key of its round stand here once more, so that one index answers the queue.
    `bench_id` is the bench on which it is, if on one: an appointment to another does not count there.
    """

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("round_id", "role", "party_id", "category"),
        CheckConstraint(
            "status in ('open', 'answered', 'recused', 'overtaken')", name="status_known"
        ),
        Index(
            "ix_seat_open",
            *("role", "party_id", "due_at", "id", "round_key", "round_id", "case_id", "bench_id"),
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index(
            "ix_seat_open_bench",
            *("role", "party_id", "bench_id"),
            sqlite_where=text("status = 'open' and bench_id is not null"),
            postgresql_where=text("status = 'open' and bench_id is not null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    part: Mapped[str] = mapped_column(String(20), default="decides")
    category: Mapped[str] = mapped_column(String(60), default="")
    because: Mapped[str] = mapped_column(String(300), default="")
    status: Mapped[str] = mapped_column(String(20), default="open")
    opened_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    round_key: Mapped[str] = mapped_column(String(60), server_default="")
    bench_id: Mapped[int | None] = mapped_column(ForeignKey("body.id"))


class SignOff(Base):
    """The answer on a seat: a person's (or the timer's) verdict, over which exact content."""

    __tablename__ = "sign_off"
    __table_args__ = (
        UniqueConstraint("seat_id", "turn"),
        Index(
            "ix_sign_off_standing_seat",
            "seat_id",
            unique=True,
            sqlite_where=text("standing = 1"),
            postgresql_where=text("standing"),
        ),
        Index(
            "ix_sign_off_standing_person",
            "round_id",
            "person_id",
            unique=True,
            sqlite_where=text("standing = 1"),
            postgresql_where=text("standing"),
        ),
        Index("ix_sign_off_case_id", "case_id", "person_id"),
        # Answers given in somebody's name are few, and each act looks for those of its person.
        Index(
            "ix_sign_off_mandated",
            "case_id",
            sqlite_where=text("mandate_id is not null"),
            postgresql_where=text("mandate_id is not null"),
        ),
        Index("ix_sign_off_person_id", "person_id", "id"),
        CheckConstraint("standing = (ended_as = '')", name="ended_says_how"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    turn: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    appointment_id: Mapped[int | None] = mapped_column(ForeignKey("appointment.id"))
    verdict: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    content_digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant)
    event_seq: Mapped[int]
    event_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    standing: Mapped[bool] = mapped_column(default=True)
    ended_as: Mapped[str] = mapped_column(String(20), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))


class CommandKey(Base):
    """What a person's request key was answered with, so that a repeat gets the same answer."""

    __tablename__ = "command_key"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)


class Deadline(Base):
    """An instant at which somebody is reminded of an open round, or told that it is late."""

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("round_id", "kind", "at", "role", "of"),
        CheckConstraint("kind in ('reminder', 'escalation')", name="kind_known"),
        Index(
            "ix_deadline_due",
            "at",
            sqlite_where=text("done_at is null"),
            postgresql_where=text("done_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)
    role: Mapped[str] = mapped_column(String(40), default="")
    of: Mapped[str] = mapped_column(String(120), default="")
    done_at: Mapped[datetime | None] = mapped_column(Instant)
