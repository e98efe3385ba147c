"""The outbox: rows written for everybody concerned, in the transaction of their cause."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    null,
    select,
)

from workflow.database import Base, Instant
from workflow.notices.models import Delivery, Notice, NoticeChoice
from workflow.notices.vocabulary import Because, MailPreference, NoticeKind, Sending
from workflow.people.appointments import in_force
from workflow.people.models import Appointment, Person
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction

# In what goes along with a transaction: whether letters are owed with its notices.
OWES_MAIL = "owes_mail"
MAIL = "mail"
DIGEST_AT = time(6, 0)
NOBODY = 0
_NOTICES = Base.metadata.tables[Notice.__tablename__]
_DELIVERIES = Base.metadata.tables[Delivery.__tablename__]
_CARRIED = ("person_id", "because", "role", "party_id", "seat_id")
# What is the same in every notice of one cause, by its column.
_TOLD = tuple(
    (name, bindparam(told, type_=_NOTICES.c[name].type))
    for name, told in (
        *(("case_id", "told_case"), ("event_seq", "told_seq"), ("deadline_id", "told_deadline")),
        *(("round_id", "told_round"), ("kind", "told_kind"), ("label", "told_label")),
        *(("outcome", "told_outcome"), ("created_at", "told_at")),
    )
)


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


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a notice goes to: what writes it to each of them, and the values that choose them."""

    notices: PreparedStatement
    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def but(self, person: int | None) -> "Recipients":
        """The same without the person whose act it was."""
        return replace(self, values={**self.values, "but": person})


def told_by(recipients: Select[Any]) -> PreparedStatement:
    """What writes one notice of a cause for each person that `recipients` selects.

    `recipients` has the columns person_id, because, role, party_id and seat_id; of several rows
    for one person, that of the first seat counts.
    """
    found = recipients.subquery()
    place = func.row_number().over(
        partition_by=found.c.person_id, order_by=(found.c.seat_id, found.c.because)
    )
    ranked = select(found, place.label("place")).subquery()
    chosen = select(*(ranked.c[name] for name in _CARRIED), *(value for _, value in _TOLD)).where(
        ranked.c.place == 1, ranked.c.person_id != bindparam("but", type_=Integer)
    )
    names = [*_CARRIED, *(name for name, _ in _TOLD)]
    return PreparedStatement(insert(_NOTICES).from_select(names, chosen).inline())


def owe(transaction: Transaction, cause: Cause, told: Recipients) -> None:
    """Write one notice of the cause to each of its recipients, and owe them their mail."""
    but = told.values.get("but") or NOBODY
    transaction.write(told.notices, **{**told.values, **_values(cause), "but": but})
    if transaction.info.get(OWES_MAIL):
        _owe_mail(transaction, cause)


def holders(
    role: SQLColumnExpression[str], party: SQLColumnExpression[int], on: date | ColumnElement[Any]
) -> ColumnElement[Any]:
    """The condition that an appointment of a living account gives this office on a day."""
    return (
        (Appointment.role == role)
        & (Appointment.party_id == party)
        & in_force(on)
        & exists().where(Person.id == Appointment.person_id, Person.disabled_at.is_(None))
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


def _values(cause: Cause) -> dict[str, Any]:
    """What is the same in every notice of one cause."""
    return {
        "told_case": cause.case_id,
        "told_seq": cause.event_seq,
        "told_deadline": cause.deadline_id,
        "told_round": cause.round_id,
        "told_kind": cause.kind.value,
        "told_label": cause.label,
        "told_outcome": cause.outcome,
        "told_at": cause.at,
    }


def _owe_mail(transaction: Transaction, cause: Cause) -> None:
    """Owe a mail for each of the cause's notices whose reader wants one; the row is the promise."""
    if cause.deadline_id is not None:
        mails = (_OF_DEADLINE, {"told_deadline": cause.deadline_id})
    else:
        values = _values(cause)
        mails = (_OF_EVENT, {name: values[name] for name in ("told_case", "told_seq", "told_kind")})
    statement, of = mails
    at = {"at_once": cause.at, "at_six": next_digest(cause.at)}
    transaction.write(statement, **of, **at)


def _mails(of: ColumnElement[bool]) -> PreparedStatement:
    """What owes a mail for each of some notices whose reader wants one."""
    way = func.coalesce(NoticeChoice.way, MailPreference.AT_ONCE.value)
    at_once, at_six = bindparam("at_once", type_=Instant()), bindparam("at_six", type_=Instant())
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
        .where(of, way != MailPreference.NONE.value)
    )
    columns = (
        *("notice_id", "channel", "way", "state", "due_at", "tries", "last_error", "message_id"),
    )
    written = insert(_DELIVERIES).from_select(columns, mails)
    return PreparedStatement(written.inline())


_OF_DEADLINE = _mails(Notice.deadline_id == bindparam("told_deadline"))
_OF_EVENT = _mails(
    (Notice.case_id == bindparam("told_case"))
    & (Notice.event_seq == bindparam("told_seq"))
    & (Notice.kind == bindparam("told_kind"))
)
