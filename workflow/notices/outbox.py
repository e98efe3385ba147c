"""The outbox: rows written for everybody concerned, in the transaction of their cause."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
)
from sqlalchemy.orm import Session

from workflow.database import Instant
from workflow.notices.models import Delivery, Notice, NoticeChoice
from workflow.notices.vocabulary import Because, MailPreference, NoticeKind, Sending
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Person

POST = "post"
MAIL = "mail"
DIGEST_AT = time(6, 0)
_CARRIED = ("person_id", "because", "role", "party_id", "seat_id")


class Post(Protocol):
    """Takes notices to people outside of the pages, once the transaction has committed."""

    def promise(self, session: Session, notices: list[int]) -> None:
        """Have these notices carried; undone if the transaction is."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a notice is about: an event of a case, or a deadline of one of its rounds."""

    kind: NoticeKind
    case_id: int
    round_id: int
    label: str
    at: datetime
    event_seq: int | None = None
    deadline_id: int | None = None
    outcome: str = ""


def owe(session: Session, cause: Cause, recipients: Select[Any]) -> None:
    """Write one notice for each person that `recipients` selects, and promise their mail.

    `recipients` has the columns person_id, because, role, party_id and seat_id; of several rows
    for one person, that of the first seat counts.
    """
    found = recipients.subquery()
    place = func.row_number().over(
        partition_by=found.c.person_id, order_by=(found.c.seat_id, found.c.because)
    )
    ranked = select(found, place.label("place")).subquery()
    chosen = select(
        *(ranked.c[name] for name in _CARRIED), *(value for _, value in _told(cause))
    ).where(ranked.c.place == 1)
    names = [*_CARRIED, *(name for name, _ in _told(cause))]
    session.execute(insert(Notice).from_select(names, chosen))
    post: Post | None = session.info.get(POST)
    if post is not None:
        _promise(session, cause, post)


def holders(
    role: SQLColumnExpression[str], party: SQLColumnExpression[int], at: datetime
) -> ColumnElement[Any]:
    """The condition that an appointment of a living account gives this office at an instant."""
    return (
        (Appointment.role == role)
        & (Appointment.party_id == party)
        & in_force(at.date())
        & Appointment.person_id.in_(select(Person.id).where(Person.disabled_at.is_(None)))
    )


def recipient(
    person: Any,
    because: Because,
    *,
    role: Any = "",
    party: Any = None,
    seat: Any = None,
) -> tuple[ColumnElement[Any], ...]:
    """The columns that say who is told, and why this person is."""
    return (
        _column(person, "person_id"),
        literal(because.value).label("because"),
        _column(role, "role"),
        _column(party, "party_id"),
        _column(seat, "seat_id"),
    )


def next_digest(at: datetime) -> datetime:
    """When the daily mail after `at` goes out."""
    today = datetime.combine(at.date(), DIGEST_AT, at.tzinfo)
    return today if at < today else today + timedelta(days=1)


def _column(value: Any, name: str) -> ColumnElement[Any]:
    if value is None:
        return cast(null(), Integer).label(name)
    column: ColumnElement[Any] = literal(value) if isinstance(value, str | int) else value
    return column.label(name)


def _told(cause: Cause) -> list[tuple[str, ColumnElement[Any]]]:
    """What is the same in every notice of one cause."""
    return [
        ("case_id", literal(cause.case_id)),
        ("event_seq", _or_null(cause.event_seq)),
        ("deadline_id", _or_null(cause.deadline_id)),
        ("round_id", literal(cause.round_id)),
        ("kind", literal(cause.kind.value)),
        ("label", literal(cause.label)),
        ("outcome", literal(cause.outcome)),
        ("created_at", literal(cause.at, Instant())),
    ]


def _or_null(value: int | None) -> ColumnElement[Any]:
    return cast(null(), Integer) if value is None else literal(value)


def _promise(session: Session, cause: Cause, post: Post) -> None:
    """Owe a mail for each of the cause's notices whose reader wants one, and have it carried."""
    way = func.coalesce(NoticeChoice.way, MailPreference.AT_ONCE.value)
    at_once, at_six = literal(cause.at, Instant()), literal(next_digest(cause.at), Instant())
    mails = (
        select(
            Notice.id,
            literal(MAIL),
            way,
            literal(Sending.OWED.value),
            case((way == MailPreference.DAILY.value, at_six), else_=at_once),
            literal(0),
            literal(""),
            literal(""),
        )
        .outerjoin(
            NoticeChoice,
            (NoticeChoice.person_id == Notice.person_id) & (NoticeChoice.kind == Notice.kind),
        )
        .where(_of(cause), way != MailPreference.NONE.value)
    )
    columns = (
        *("notice_id", "channel", "way", "state", "due_at", "tries", "last_error", "message_id"),
    )
    written = (
        insert(Delivery).from_select(columns, mails).returning(Delivery.notice_id, Delivery.way)
    )
    at_once_ids = [
        notice for notice, how in session.execute(written) if how == MailPreference.AT_ONCE.value
    ]
    if at_once_ids:
        post.promise(session, at_once_ids)


def _of(cause: Cause) -> ColumnElement[bool]:
    if cause.deadline_id is not None:
        return Notice.deadline_id == cause.deadline_id
    return (
        (Notice.case_id == cause.case_id)
        & (Notice.event_seq == cause.event_seq)
        & (Notice.kind == cause.kind.value)
    )
